//! Paying one invoice, from the form to the bank's answer; and the answers that are lost.

use super::office::Office;
use bank::failure::FailureKind;
use bank::payments::{self, DraftInput, Next, PaymentId, PaymentState, ReturnTo, Scope, Tickets};
use bank::settings::Language;
use bank::store::transactions::{Direction, TransactionFilter};
use chrono::TimeDelta;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sandbox::Fault;

/// The payee of these tests; the check digits hold.
const PAYEE_IBAN: &str = "SK6807200002891987426353";

impl Office {
    /// An invoice as the owner types it.
    pub(crate) fn invoice(&self) -> DraftInput {
        let accounts = self.desk.store.accounts(self.hands.now()).unwrap();
        let from = accounts.iter().find(|account| account.can_pay && account.currency.to_string() == "EUR").unwrap();
        DraftInput {
            from: Some(from.id),
            payee: "Kovostav Hron s.r.o.".into(),
            account: PAYEE_IBAN.into(),
            amount: "18.40".into(),
            currency: "EUR".into(),
            variable_symbol: "2026104418".into(),
            message: "Faktúra 2026104418".into(),
            ..DraftInput::default()
        }
    }

    /// The draft of the invoice, and the hash of its review.
    pub(crate) fn reviewed(&self) -> (PaymentId, String) {
        let draft =
            payments::save_draft(&self.desk.store, &self.desk.clock, None, &self.invoice(), Language::En).unwrap();
        assert_eq!(draft.check.problems, []);
        (draft.id, payments::review(&self.desk.store, &self.desk.clock, draft.id).unwrap().hash)
    }

    pub(crate) async fn hand_over(&self, id: PaymentId, hash: &str) -> bank::failure::Result<payments::HandedOver> {
        let tickets = Tickets::draw(&mut StdRng::seed_from_u64(u64::from(id.0)), ReturnTo::Link);
        payments::hand_over(&self.desk.store, &self.desk.line().everifin, &self.desk.clock, tickets, id, hash).await
    }

    /// Hands over, and decides at the bank's page; where the browser comes back to.
    pub(crate) async fn decide(&mut self, id: PaymentId, hash: &str, decision: &str) -> String {
        let handed = self.hand_over(id, hash).await.unwrap();
        assert_eq!(handed.detail.line.state, PaymentState::AwaitingBank);
        let Next::Open(page) = handed.next else { panic!("the bank wants to be opened: {:?}", handed.next) };
        let page = self.person.visit(page.as_str()).await.page();
        self.person.submit(&page, decision, &[]).await.link()
    }

    pub(crate) async fn returned(&self, link: &str) -> Option<PaymentId> {
        payments::returned(&self.desk.store, &self.desk.line().everifin, &self.desk.clock, link).await.unwrap()
    }

    /// Asks as the shell does, as time goes by, until the payment is in that state.
    pub(crate) async fn becomes(&self, id: PaymentId, state: PaymentState) {
        for _ in 0..20 {
            if self.state(id) == state {
                return;
            }
            self.hands.pass(TimeDelta::minutes(1));
            payments::reconcile(&self.desk.store, &self.desk.line().everifin, &self.desk.clock, Scope::All)
                .await
                .unwrap();
        }
        panic!("{:?} never became {state:?}", self.state(id));
    }

    pub(crate) fn state(&self, id: PaymentId) -> PaymentState {
        payments::payment(&self.desk.store, &self.desk.clock, id).unwrap().line.state
    }

    /// How many payments Everifin was asked to create.
    pub(crate) fn created(&self) -> u64 {
        self.everifin.counts().get("POST /v1/payments/single").copied().unwrap_or_default()
    }
}

#[tokio::test]
async fn an_approved_payment_is_done_and_stands_in_the_next_sync() {
    let mut office = Office::connected().await;
    let (id, hash) = office.reviewed();
    let link = office.decide(id, &hash, "decision=approve").await;
    assert!(payments::is_payment_return(&link), "{link}");
    assert_eq!(office.returned(&link).await, Some(id));
    office.becomes(id, PaymentState::Finished).await;

    office.hands.pass(TimeDelta::days(1));
    assert_eq!(office.sync().await.failed, 0);
    let filter = TransactionFilter {
        text: "2026104418".into(),
        direction: Some(Direction::Out),
        ..TransactionFilter::default()
    };
    let sections = office.desk.store.sections(&filter).unwrap().unwrap();
    let row = &office.desk.store.page(&filter, &sections[0].section, None, 200).unwrap().rows[0];
    assert_eq!((row.amount.amount.to_string(), row.counterparty.as_str()), ("-18.40".into(), "Kovostav Hron s.r.o."));
    assert_eq!(office.created(), 1);
}

#[tokio::test]
async fn a_rejected_payment_has_failed_and_moves_no_money() {
    let mut office = Office::connected().await;
    let before = office.everifin.sums().totals;
    let (id, hash) = office.reviewed();
    let link = office.decide(id, &hash, "decision=reject").await;
    assert_eq!(office.returned(&link).await, Some(id));
    office.becomes(id, PaymentState::Failed).await;
    assert_eq!(office.everifin.sums().totals, before);
}

#[tokio::test]
async fn a_return_link_counts_once_and_only_for_its_payment() {
    let mut office = Office::connected().await;
    let (id, hash) = office.reviewed();
    let link = office.decide(id, &hash, "decision=approve").await;
    let forged = link.replace("payment.return/", "payment.return/A");
    assert_eq!(office.returned(&forged).await, None);
    assert_eq!(office.returned("app.saldo.desktop:/oauth/callback?code=c&state=s").await, None);
    assert_eq!(office.returned(&link).await, Some(id));
    office.becomes(id, PaymentState::Finished).await;
    assert_eq!(office.returned(&link).await, None);
    assert_eq!(office.state(id), PaymentState::Finished);
}

#[tokio::test]
async fn a_double_click_is_one_payment() {
    let office = Office::connected().await;
    let (id, hash) = office.reviewed();
    let (first, second) = tokio::join!(office.hand_over(id, &hash), office.hand_over(id, &hash));
    let refused = [first, second].into_iter().filter_map(Result::err).map(|failure| failure.kind).collect::<Vec<_>>();
    assert_eq!(refused, [FailureKind::AlreadyHandedOver]);
    assert_eq!(office.created(), 1);
}

#[tokio::test]
async fn a_lost_answer_is_found_out_by_reading_and_never_sent_again() {
    let office = Office::connected().await;
    let (id, hash) = office.reviewed();
    office.everifin.arm(Fault::Lost, 1, "/v1/payments/single");
    let handed = office.hand_over(id, &hash).await.unwrap();
    assert_eq!(handed.detail.line.state, PaymentState::Unknown);

    // Saldo is closed and started again before anything is known.
    let office = office.restart().await;
    payments::recover(&office.desk.store, &office.desk.clock).unwrap();
    assert_eq!(office.state(id), PaymentState::Unknown);
    office.hands.pass(TimeDelta::minutes(5));
    payments::reconcile(&office.desk.store, &office.desk.line().everifin, &office.desk.clock, Scope::All)
        .await
        .unwrap();
    assert_ne!(office.state(id), PaymentState::Unknown, "Everifin's list has it");
    assert_eq!(office.created(), 1);
}

#[tokio::test]
async fn what_changed_after_the_review_is_reviewed_again() {
    let office = Office::connected().await;
    let (id, hash) = office.reviewed();
    let changed = DraftInput { amount: "1840.00".into(), ..office.invoice() };
    payments::save_draft(&office.desk.store, &office.desk.clock, Some(id), &changed, Language::En).unwrap();
    assert_eq!(office.hand_over(id, &hash).await.unwrap_err().kind, FailureKind::DraftChanged);
    assert_eq!(office.created(), 0);
}

#[tokio::test]
async fn without_the_right_to_pay_nothing_leaves() {
    let office = Office::open().await;
    office.enter(bank::auth::CredentialsInput { payments: false, ..office.credentials() }).await;
    let mut office = office;
    office.sign_in().await;
    office.sync().await;
    let (id, hash) = office.reviewed();
    assert_eq!(office.hand_over(id, &hash).await.unwrap_err().kind, FailureKind::PaymentsNotAllowed);
    assert_eq!(office.state(id), PaymentState::Draft, "the draft is kept");
}

/// How many payments the bulk of these tests has, and which of them the bank refuses.
const MANY: u32 = 50;
const REFUSED: [usize; 2] = [6, 33];

impl Office {
    /// A bulk of many drafts, two of them to an account that is closed at its bank.
    fn bulk(&self) -> (PaymentId, Vec<PaymentId>) {
        let (desk, invoice) = (&self.desk, self.invoice());
        let closed = "SK3112000000198742637541";
        self.everifin.close(closed);
        let drafts: Vec<PaymentId> = (0..MANY)
            .map(|number| {
                let refused = REFUSED.contains(&(number as usize));
                let one = DraftInput {
                    account: if refused { closed } else { PAYEE_IBAN }.into(),
                    amount: format!("1.{number:02}"),
                    variable_symbol: (1000 + number).to_string(),
                    ..invoice.clone()
                };
                payments::save_draft(&desk.store, &desk.clock, None, &one, Language::En).unwrap().id
            })
            .collect();
        (payments::make_bulk(&desk.store, &desk.clock, &drafts).unwrap(), drafts)
    }

    fn bulk_hash(&self, id: PaymentId) -> String {
        payments::review_bulk(&self.desk.store, &self.desk.clock, id).unwrap().hash
    }

    /// How many bulk payments Everifin was asked to create.
    fn bulks_created(&self) -> u64 {
        self.everifin.counts().get("POST /v1/payments/bulk").copied().unwrap_or_default()
    }
}

#[tokio::test]
async fn fifty_payments_are_approved_once_and_the_two_that_the_bank_refused_are_named() {
    let mut office = Office::connected().await;
    let (id, lines) = office.bulk();
    let hash = office.bulk_hash(id);
    let link = office.decide(id, &hash, "decision=approve").await;
    assert_eq!(office.returned(&link).await, Some(id));
    // The bank has ended it, and is asked at once what became of each.
    let desk = &office.desk;
    payments::reconcile(&desk.store, &desk.line().everifin, &desk.clock, Scope::Due).await.unwrap();
    assert_eq!(office.state(id), PaymentState::PartiallyPaid);
    for (place, line) in lines.iter().enumerate() {
        let expected = if REFUSED.contains(&place) { PaymentState::Failed } else { PaymentState::Finished };
        assert_eq!(office.state(*line), expected, "line {place}");
    }
    assert_eq!((office.bulks_created(), office.created()), (1, 0));

    office.hands.pass(TimeDelta::days(1));
    assert_eq!(office.sync().await.failed, 0);
    let filter = TransactionFilter {
        text: "Kovostav Hron".into(),
        direction: Some(Direction::Out),
        ..TransactionFilter::default()
    };
    let sections = office.desk.store.sections(&filter).unwrap().unwrap();
    let rows = sections.iter().flat_map(|one| office.desk.store.page(&filter, &one.section, None, 200).unwrap().rows);
    let ours = rows.filter(|row| row.amount.amount.to_string().starts_with("-1.")).count();
    assert_eq!(ours, MANY as usize - REFUSED.len());
}

#[tokio::test]
async fn a_rejected_bulk_has_failed_line_by_line() {
    let mut office = Office::connected().await;
    let before = office.everifin.sums().totals;
    let (id, lines) = office.bulk();
    let hash = office.bulk_hash(id);
    let link = office.decide(id, &hash, "decision=reject").await;
    assert_eq!(office.returned(&link).await, Some(id));
    office.becomes(id, PaymentState::Failed).await;
    assert!(lines.iter().all(|line| office.state(*line) == PaymentState::Failed));
    assert_eq!(office.everifin.sums().totals, before);
}

#[tokio::test]
async fn a_bulk_whose_answer_is_lost_is_found_by_reading_and_never_sent_again() {
    let office = Office::connected().await;
    let (id, lines) = office.bulk();
    let hash = office.bulk_hash(id);
    office.everifin.arm(Fault::Lost, 1, "/v1/payments/bulk");
    assert_eq!(office.hand_over(id, &hash).await.unwrap().detail.line.state, PaymentState::Unknown);
    let office = office.restart().await;
    payments::recover(&office.desk.store, &office.desk.clock).unwrap();
    assert_eq!(office.hand_over(id, &hash).await.unwrap_err().kind, FailureKind::AlreadyHandedOver);
    office.becomes(id, PaymentState::Created).await;
    assert!(lines.iter().all(|line| office.state(*line) == PaymentState::Created));
    assert_eq!(office.bulks_created(), 1);
}
