//! Standing payments, templates and payees at an owner's desk: what is prepared waits for her, and nothing leaves by itself.

use super::office::Office;
use bank::payments::{
    self, DraftInput, Every, PaymentLine, PaymentState, Rhythm, Template, TemplateInput, Warning, prepare_due,
};
use bank::settings::Language;
use chrono::{NaiveDate, TimeDelta};

/// An account that was never paid; its check digits hold.
const NEW_IBAN: &str = "SK9611000000002918599669";

impl Office {
    fn keep(&self, rhythm: Option<Rhythm>) -> Template {
        let input = TemplateInput { name: "Rent".into(), payment: self.invoice(), rhythm };
        payments::save_template(&self.desk.store, &self.desk.clock, None, &input, Language::En).unwrap()
    }

    fn lines(&self) -> Vec<PaymentLine> {
        payments::payments(&self.desk.store, &self.desk.clock).unwrap()
    }

    /// How many requests that concern payments have reached Everifin.
    fn asked_about_payments(&self) -> u64 {
        self.everifin.counts().iter().filter(|(path, _)| path.contains("/v1/payments")).map(|(_, times)| times).sum()
    }
}

fn monthly(next: NaiveDate) -> Rhythm {
    Rhythm { every: Every::Month, next, until: None, paused: false }
}

#[tokio::test]
async fn a_standing_payment_is_prepared_once_and_sent_only_by_the_owner() {
    let mut office = Office::connected().await;
    let day = office.desk.clock.today() + TimeDelta::days(2);
    office.keep(Some(monthly(day)));
    assert_eq!(prepare_due(&office.desk.store, &office.desk.clock).unwrap(), 0);

    office.hands.pass(TimeDelta::days(2));
    assert_eq!(prepare_due(&office.desk.store, &office.desk.clock).unwrap(), 1);
    office.sync().await;
    office = office.restart().await;
    payments::recover(&office.desk.store, &office.desk.clock).unwrap();
    assert_eq!(prepare_due(&office.desk.store, &office.desk.clock).unwrap(), 0);
    let lines = office.lines();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((line.state, line.standing), (PaymentState::Draft, Some(day)));
    assert_eq!(office.asked_about_payments(), 0);

    // Three days later it says which day was missed, and goes the way of every payment.
    office.hands.pass(TimeDelta::days(3));
    let line = office.lines().remove(0);
    assert_eq!((line.missed, line.pay_on), (Some(day), office.desk.clock.today()));
    let hash = payments::review(&office.desk.store, &office.desk.clock, line.id).unwrap().hash;
    let link = office.decide(line.id, &hash, "decision=approve").await;
    office.returned(&link).await;
    office.becomes(line.id, PaymentState::Finished).await;
    assert_eq!(office.created(), 1);
}

#[tokio::test]
async fn a_template_makes_a_payment_like_any_other() {
    let mut office = Office::connected().await;
    let kept = office.keep(None);
    let id = payments::use_template(&office.desk.store, &office.desk.clock, kept.id).unwrap();
    assert_eq!(payments::draft(&office.desk.store, &office.desk.clock, id).unwrap().input, office.invoice());
    assert_eq!(office.asked_about_payments(), 0);
    let hash = payments::review(&office.desk.store, &office.desk.clock, id).unwrap().hash;
    let link = office.decide(id, &hash, "decision=approve").await;
    office.returned(&link).await;
    office.becomes(id, PaymentState::Finished).await;
}

#[tokio::test]
async fn a_payee_with_another_account_warns() {
    let office = Office::connected().await;
    let book = office.desk.store.payee_book().unwrap();
    let paid = book.iter().find(|payee| payee.times > 0 && payee.accounts.len() == 1).unwrap();
    let told = office.desk.store.paid_to(&[paid.accounts[0].iban.clone()]).unwrap();
    assert_eq!(told.first().map(|row| row.day), paid.last.map(|last| last.day));

    let changed = DraftInput { payee: paid.written.name.clone(), account: NEW_IBAN.into(), ..office.invoice() };
    let draft = payments::save_draft(&office.desk.store, &office.desk.clock, None, &changed, Language::En).unwrap();
    let review = payments::review(&office.desk.store, &office.desk.clock, draft.id).unwrap();
    let before = &paid.accounts[0].iban;
    assert!(
        review
            .warnings
            .iter()
            .any(|warning| matches!(warning, Warning::OtherAccount { last_iban, .. } if last_iban == before)),
        "{:?}",
        review.warnings
    );
}
