//! Every call the window can make. Thin: a body is one call into the open book.

mod backup;
mod diagnostics;
mod invoices;
mod ledger;
mod lock;
mod orders;
mod remembered;
mod rules;
mod statements;

pub use backup::*;
pub use diagnostics::*;
pub use invoices::*;
pub use ledger::*;
pub use lock::*;
pub use orders::*;
pub use remembered::*;
pub use rules::*;
pub use statements::*;

use crate::books::Saldo;
use crate::window::{Happened, SignInStatus, Start};
use bank::auth::{CredentialsInput, CredentialsView, SignedOut, Via};
use bank::failure::Result;
use bank::iban::{self, AccountCheck};
use bank::insights::{self, BalanceHistory, Connections, Overview, Range};
use bank::money::Currency;
use bank::payments::{
    self, BulkOffer, BulkReview, Draft, DraftCheck, DraftInput, OrderFormat, PaymentDetail, PaymentId, PaymentLine,
    Review, Typed, WayBack, WaySeen,
};
use bank::settings::Settings;
use bank::store::accounts::Account;
use bank::store::payees::Payee;
use bank::store::transactions::{
    Annotation, Section, SectionTotals, TransactionDetail, TransactionFilter, TransactionId, TransactionPage,
    TransactionRow,
};
use bank::sync::{Progress, Report};
use std::collections::BTreeMap;
use std::sync::Arc;
use tauri::ipc::Channel;

type State<'a> = tauri::State<'a, Arc<Saldo>>;

/// Says what to show first: asked when the window opens and after a change of book.
#[tauri::command]
#[specta::specta]
pub async fn start(saldo: State<'_>) -> Result<Start> {
    Ok(saldo.start().await)
}

/// Listens to what comes from outside (a deep link, a sync in the background). Called once when the window opens; a channel
/// and not an event, so that the window needs no right to listen to events, among which deep links travel.
#[tauri::command]
#[specta::specta]
pub async fn listen(saldo: State<'_>, happened: Channel<Happened>) -> Result<()> {
    saldo.listen(happened);
    Ok(())
}

/// The owner's settings.
#[tauri::command]
#[specta::specta]
pub async fn settings(saldo: State<'_>) -> Result<Settings> {
    saldo.ledger(|desk| desk.store.settings()).await
}

/// Keeps the owner's settings.
#[tauri::command]
#[specta::specta]
pub async fn save_settings(saldo: State<'_>, settings: Settings) -> Result<Settings> {
    saldo.save_settings(settings).await
}

/// The client credentials entered, without the secret; none before the first time.
#[tauri::command]
#[specta::specta]
pub async fn credentials(saldo: State<'_>) -> Result<Option<CredentialsView>> {
    saldo.credentials().await
}

/// Keeps the client credentials; the secret goes to the keychain.
#[tauri::command]
#[specta::specta]
pub async fn save_credentials(saldo: State<'_>, credentials: CredentialsInput) -> Result<CredentialsView> {
    saldo.save_credentials(credentials).await
}

/// Connects (or reconnects) the owner's own Everifin, whichever book is open: opens the system browser.
#[tauri::command]
#[specta::specta]
pub async fn connect(saldo: State<'_>, via: Via) -> Result<SignInStatus> {
    saldo.connect(via).await
}

/// Opens the demo: starts the demo Everifin and opens its sign-in page in the system browser.
#[tauri::command]
#[specta::specta]
pub async fn try_demo(saldo: State<'_>) -> Result<SignInStatus> {
    saldo.try_demo().await
}

/// Where the sign-in stands.
#[tauri::command]
#[specta::specta]
pub async fn sign_in(saldo: State<'_>) -> Result<SignInStatus> {
    saldo.sign_in().await
}

/// Opens the sign-in page again.
#[tauri::command]
#[specta::specta]
pub async fn open_sign_in_again(saldo: State<'_>) -> Result<SignInStatus> {
    saldo.open_sign_in_again().await
}

/// Copies the sign-in address, for another browser of this computer.
#[tauri::command]
#[specta::specta]
pub async fn copy_sign_in_link(saldo: State<'_>) -> Result<()> {
    saldo.copy_sign_in_link().await
}

/// Takes the address that the browser ended at, typed or pasted by the owner.
#[tauri::command]
#[specta::specta]
pub async fn paste_address(saldo: State<'_>, address: String) -> Result<SignInStatus> {
    saldo.paste_address(&address).await
}

/// Gives the sign-in up.
#[tauri::command]
#[specta::specta]
pub async fn cancel_sign_in(saldo: State<'_>) -> Result<SignInStatus> {
    saldo.cancel_sign_in().await
}

/// Signs out: ends the session at Everifin where it can be reached, and forgets the tokens here in any case.
#[tauri::command]
#[specta::specta]
pub async fn sign_out(saldo: State<'_>) -> Result<SignedOut> {
    saldo.sign_out().await
}

/// Leaves the demo and removes its data; the owner's own book opens.
#[tauri::command]
#[specta::specta]
pub async fn leave_demo(saldo: State<'_>) -> Result<Start> {
    saldo.leave_demo().await
}

/// The overview.
#[tauri::command]
#[specta::specta]
pub async fn overview(saldo: State<'_>) -> Result<Overview> {
    saldo.ledger(|desk| insights::overview(&desk.store, desk.clock.today(), desk.clock.now())).await
}

/// The chart of one currency.
#[tauri::command]
#[specta::specta]
pub async fn balance_history(saldo: State<'_>, currency: Currency, range: Range) -> Result<BalanceHistory> {
    saldo.ledger(move |desk| insights::balance_history(&desk.store, currency, range, desk.clock.today())).await
}

/// All accounts.
#[tauri::command]
#[specta::specta]
pub async fn accounts(saldo: State<'_>) -> Result<Vec<Account>> {
    saldo.ledger(|desk| desk.store.accounts(desk.clock.now())).await
}

/// Which sections the list of transactions has under a filter, newest first, with their counts and sums; null where they were asked
/// for once more in the meantime.
#[tauri::command]
#[specta::specta]
pub async fn transaction_sections(saldo: State<'_>, filter: TransactionFilter) -> Result<Option<Vec<SectionTotals>>> {
    saldo.ledger(move |desk| desk.store.sections(&filter)).await
}

/// The newest transactions under a filter, pending ones first, at most 100: there at once, also where counting them takes longer.
/// With words of one letter or two only those of the newest month.
#[tauri::command]
#[specta::specta]
pub async fn find_transactions(saldo: State<'_>, filter: TransactionFilter) -> Result<Vec<TransactionRow>> {
    saldo.ledger(move |desk| desk.store.first(&filter, 100)).await
}

/// A page of one section, newest first, at most 200 rows.
#[tauri::command]
#[specta::specta]
pub async fn transactions(
    saldo: State<'_>,
    filter: TransactionFilter,
    section: Section,
    after: Option<String>,
) -> Result<TransactionPage> {
    saldo.ledger(move |desk| desk.store.page(&filter, &section, after.as_deref(), 200)).await
}

/// Everything known of one transaction.
#[tauri::command]
#[specta::specta]
pub async fn transaction(saldo: State<'_>, id: TransactionId) -> Result<TransactionDetail> {
    saldo.ledger(move |desk| desk.store.transaction(id)).await
}

/// Writes the owner's note and category on a transaction.
#[tauri::command]
#[specta::specta]
pub async fn annotate(saldo: State<'_>, id: TransactionId, annotation: Annotation) -> Result<TransactionDetail> {
    saldo.ledger(move |desk| desk.store.annotate(id, &annotation)).await
}

/// Reads all accounts anew. Reports each account on the channel.
#[tauri::command]
#[specta::specta]
pub async fn sync(saldo: State<'_>, progress: Channel<Progress>) -> Result<Report> {
    saldo.ask_keychain_again();
    // A window that is gone needs no progress; the sync goes on.
    saldo.desk().await?.sync(|step| drop(progress.send(step))).await
}

/// Banks with their consents, and the sync log.
#[tauri::command]
#[specta::specta]
pub async fn connections(saldo: State<'_>) -> Result<Connections> {
    saldo.ledger(|desk| insights::connections(&desk.store, desk.clock.now())).await
}

/// Opens Everifin's web application in the browser, where banks are added and consents renewed.
#[tauri::command]
#[specta::specta]
pub async fn open_everifin(saldo: State<'_>) -> Result<()> {
    saldo.open_everifin().await
}

/// Checks an account number while it is typed.
#[tauri::command]
#[specta::specta]
pub async fn check_account(text: String) -> Result<AccountCheck> {
    Ok(iban::check_account(&text))
}

/// Payees known from before whose name or account contains the text, most paid first, at most 8.
#[tauri::command]
#[specta::specta]
pub async fn payees(saldo: State<'_>, text: String) -> Result<Vec<Payee>> {
    saldo.ledger(move |desk| desk.store.payees(&text, 8)).await
}

/// Checks the payment form while it is filled in; keeps nothing.
#[tauri::command]
#[specta::specta]
pub async fn check_draft(saldo: State<'_>, id: Option<PaymentId>, input: DraftInput) -> Result<DraftCheck> {
    saldo.ledger(move |desk| payments::check_draft(&desk.store, &desk.clock, id, &input, desk.language()?)).await
}

/// Keeps the payment form as a draft: a new one without an id.
#[tauri::command]
#[specta::specta]
pub async fn save_draft(saldo: State<'_>, id: Option<PaymentId>, input: DraftInput) -> Result<Draft> {
    saldo.ledger(move |desk| payments::save_draft(&desk.store, &desk.clock, id, &input, desk.language()?)).await
}

/// A draft as it was kept.
#[tauri::command]
#[specta::specta]
pub async fn draft(saldo: State<'_>, id: PaymentId) -> Result<Draft> {
    saldo.ledger(move |desk| payments::draft(&desk.store, &desk.clock, id)).await
}

/// Throws a draft away.
#[tauri::command]
#[specta::specta]
pub async fn delete_draft(saldo: State<'_>, id: PaymentId) -> Result<()> {
    saldo.ledger(move |desk| payments::delete_draft(&desk.store, id)).await
}

/// The review sheet of a draft; fails with `draftInvalid` while there are problems.
#[tauri::command]
#[specta::specta]
pub async fn review_payment(saldo: State<'_>, id: PaymentId) -> Result<Review> {
    saldo.ledger(move |desk| payments::review(&desk.store, &desk.clock, id)).await
}

/// The account number that was copied, where it is another than the one to be paid.
#[tauri::command]
#[specta::specta]
pub async fn copied_otherwise(saldo: State<'_>, iban: String) -> Result<Option<String>> {
    saldo.copied_otherwise(iban).await
}

/// What chosen drafts come to, and whether they can be paid with one signature.
#[tauri::command]
#[specta::specta]
pub async fn bulk_offer(saldo: State<'_>, ids: Vec<PaymentId>) -> Result<BulkOffer> {
    saldo.ledger(move |desk| payments::bulk_offer(&desk.store, &desk.clock, &ids)).await
}

/// Keeps drafts as a file for a bank's own portal where the owner says; false where she does not.
#[tauri::command]
#[specta::specta]
pub async fn save_order(saldo: State<'_>, ids: Vec<PaymentId>, format: OrderFormat) -> Result<bool> {
    saldo.save_order(ids, format).await
}

/// Puts drafts into a new bulk, to be paid with one signature; its id. They are of one account, currency and day.
#[tauri::command]
#[specta::specta]
pub async fn make_bulk(saldo: State<'_>, ids: Vec<PaymentId>) -> Result<PaymentId> {
    saldo.ledger(move |desk| payments::make_bulk(&desk.store, &desk.clock, &ids)).await
}

/// The review sheet of a bulk with all its lines; fails with `draftInvalid` while one has problems.
#[tauri::command]
#[specta::specta]
pub async fn review_bulk(saldo: State<'_>, id: PaymentId) -> Result<BulkReview> {
    saldo.ledger(move |desk| payments::review_bulk(&desk.store, &desk.clock, id)).await
}

/// Hands the reviewed payment or bulk over to the bank and opens its approval page. `hash` is the review's.
#[tauri::command]
#[specta::specta]
pub async fn hand_over(saldo: State<'_>, id: PaymentId, hash: String) -> Result<PaymentDetail> {
    saldo.hand_over(id, &hash).await
}

/// Opens the bank's approval page again.
#[tauri::command]
#[specta::specta]
pub async fn approve_payment(saldo: State<'_>, id: PaymentId) -> Result<PaymentDetail> {
    saldo.approve_payment(id).await
}

/// Sends what the owner typed to her bank, which asked for it.
#[tauri::command]
#[specta::specta]
pub async fn answer_payment(saldo: State<'_>, id: PaymentId, typed: Vec<Typed>) -> Result<PaymentDetail> {
    saldo.answer_payment(id, typed).await
}

/// Takes the address at which the browser ended, which the owner pasted for a payment.
#[tauri::command]
#[specta::specta]
pub async fn paste_return(saldo: State<'_>, id: PaymentId, address: String) -> Result<PaymentDetail> {
    saldo.paste_return(id, &address).await
}

/// What payments have shown of each way back from a bank.
#[tauri::command]
#[specta::specta]
pub async fn ways_back(saldo: State<'_>) -> Result<BTreeMap<WayBack, WaySeen>> {
    saldo.ledger(|desk| payments::ways_back(&desk.store)).await
}

/// Keeps the journal of payments as a file where the owner says; false where she does not.
#[tauri::command]
#[specta::specta]
pub async fn save_payment_journal(saldo: State<'_>) -> Result<bool> {
    saldo.save_payment_journal().await
}

/// All payments, drafts too, newest change first.
#[tauri::command]
#[specta::specta]
pub async fn payments(saldo: State<'_>) -> Result<Vec<PaymentLine>> {
    saldo.ledger(|desk| payments::payments(&desk.store, &desk.clock)).await
}

/// Everything about one payment.
#[tauri::command]
#[specta::specta]
pub async fn payment(saldo: State<'_>, id: PaymentId) -> Result<PaymentDetail> {
    saldo.ledger(move |desk| payments::payment(&desk.store, &desk.clock, id)).await
}

/// Asks the bank now where the payment stands.
#[tauri::command]
#[specta::specta]
pub async fn check_payment(saldo: State<'_>, id: PaymentId) -> Result<PaymentDetail> {
    saldo.check_payment(id).await
}
