//! Every call the window can make. Thin: a body is one call into the open book.

use crate::window::{Happened, SignInStatus, Start};
use bank::auth::{CredentialsInput, CredentialsView, SignedOut, Via};
use bank::failure::{FailureKind, Result};
use bank::iban::AccountCheck;
use bank::insights::{BalanceHistory, Connections, Overview, Range};
use bank::money::Currency;
use bank::payments::{Draft, DraftCheck, DraftInput, PaymentDetail, PaymentId, PaymentLine, Review};
use bank::settings::Settings;
use bank::store::accounts::Account;
use bank::store::transactions::{
    Annotation, Payee, Section, SectionTotals, TransactionDetail, TransactionFilter, TransactionId, TransactionPage,
};
use bank::sync::{Progress, Report};
use tauri::ipc::Channel;

macro_rules! commands {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),*) -> $out:ty;)*) => { $(
        $(#[$doc])*
        #[tauri::command]
        #[specta::specta]
        pub async fn $name($($arg: $ty),*) -> Result<$out> {
            $(let _ = $arg;)*
            Err(FailureKind::NotFound.into())
        }
    )* };
}

commands! {
    /// Says what to show first: asked once when the window opens and after a change of book.
    fn start() -> Start;
    /// Listens to what comes from outside (a deep link, a sync in the background). Called once when the window opens; a channel
    /// and not an event, so that the window needs no right to listen to events, among which deep links travel.
    fn listen(happened: Channel<Happened>) -> ();
    /// The owner's settings.
    fn settings() -> Settings;
    /// Keeps the owner's settings.
    fn save_settings(settings: Settings) -> Settings;
    /// The client credentials entered, without the secret; none before the first time.
    fn credentials() -> Option<CredentialsView>;
    /// Keeps the client credentials; the secret goes to the keychain.
    fn save_credentials(credentials: CredentialsInput) -> CredentialsView;
    /// Connects (or reconnects) the owner's own Everifin: opens the system browser.
    fn connect(via: Via) -> SignInStatus;
    /// Opens the demo: starts the demo Everifin and opens its sign-in page in the system browser.
    fn try_demo() -> SignInStatus;
    /// Where the sign-in stands.
    fn sign_in() -> SignInStatus;
    /// Opens the sign-in page again.
    fn open_sign_in_again() -> SignInStatus;
    /// Copies the sign-in address, for another browser of this computer.
    fn copy_sign_in_link() -> ();
    /// Takes the address that the browser ended at, typed or pasted by the owner.
    fn paste_address(address: String) -> SignInStatus;
    /// Gives the sign-in up.
    fn cancel_sign_in() -> SignInStatus;
    /// Signs out: ends the session at Everifin where it can be reached, and forgets the tokens here in any case.
    fn sign_out() -> SignedOut;
    /// Leaves the demo and removes its data; the owner's own book, if any, opens.
    fn leave_demo() -> Start;
    /// The overview.
    fn overview() -> Overview;
    /// The chart of one currency.
    fn balance_history(currency: Currency, range: Range) -> BalanceHistory;
    /// All accounts.
    fn accounts() -> Vec<Account>;
    /// Which sections the list of transactions has under a filter, newest first, with their counts and sums.
    fn transaction_sections(filter: TransactionFilter) -> Vec<SectionTotals>;
    /// A page of one section, newest first, at most 200 rows.
    fn transactions(filter: TransactionFilter, section: Section, after: Option<String>) -> TransactionPage;
    /// Everything known of one transaction.
    fn transaction(id: TransactionId) -> TransactionDetail;
    /// Writes the owner's note and category on a transaction.
    fn annotate(id: TransactionId, annotation: Annotation) -> TransactionDetail;
    /// Reads all accounts anew. Reports each account on the channel.
    fn sync(progress: Channel<Progress>) -> Report;
    /// Banks with their consents, and the sync log.
    fn connections() -> Connections;
    /// Opens Everifin's web application in the browser, where banks are added and consents renewed.
    fn open_everifin() -> ();
    /// Checks an account number while it is typed.
    fn check_account(text: String) -> AccountCheck;
    /// Payees known from before whose name or account contains the text, most paid first, at most 8.
    fn payees(text: String) -> Vec<Payee>;
    /// Checks the payment form while it is filled in; keeps nothing.
    fn check_draft(id: Option<PaymentId>, input: DraftInput) -> DraftCheck;
    /// Keeps the payment form as a draft: a new one without an id.
    fn save_draft(id: Option<PaymentId>, input: DraftInput) -> Draft;
    /// A draft as it was kept.
    fn draft(id: PaymentId) -> Draft;
    /// Throws a draft away.
    fn delete_draft(id: PaymentId) -> ();
    /// The review sheet of a draft; fails with `draftInvalid` while there are problems.
    fn review_payment(id: PaymentId) -> Review;
    /// Hands the reviewed payment over to the bank and opens its approval page. `hash` is the review's.
    fn hand_over(id: PaymentId, hash: String) -> PaymentDetail;
    /// Opens the bank's approval page again.
    fn approve_payment(id: PaymentId) -> PaymentDetail;
    /// All payments, drafts too, newest change first.
    fn payments() -> Vec<PaymentLine>;
    /// Everything about one payment.
    fn payment(id: PaymentId) -> PaymentDetail;
    /// Asks the bank now where the payment stands.
    fn check_payment(id: PaymentId) -> PaymentDetail;
}
