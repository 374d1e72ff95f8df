//! Four eyes at an owner's desk: what is above her limit reaches Everifin only after the second passphrase.

use super::office::Office;
use bank::failure::FailureKind;
use bank::money::Currency;
use bank::payments::{self, NewRule, PaymentState};
use bank::settings::Language;
use bank::vault::{Cost, Secret};

fn second() -> Secret<String> {
    Secret::new("the second person".to_owned())
}

#[tokio::test]
async fn a_payment_above_the_limit_goes_out_once_and_only_released() {
    let mut office = Office::connected().await;
    let rule = NewRule { above: "10".into(), currency: Currency::EUR, passphrase: Some(second()) };
    let (store, clock) = (&office.desk.store, &office.desk.clock);
    payments::change_release_rule(store, clock, Cost::TEST, Language::En, None, Some(rule)).unwrap();
    let (id, hash) = office.reviewed();
    assert_eq!(office.hand_over(id, &hash).await.unwrap_err().kind, FailureKind::ReleaseNeeded);
    assert_eq!((office.created(), office.state(id)), (0, PaymentState::Draft));

    // A restart forgets neither the rule nor what was released.
    office = office.restart().await;
    payments::release(&office.desk.store, &office.desk.clock, id, &hash, &second()).unwrap();
    office = office.restart().await;
    let link = office.decide(id, &hash, "decision=approve").await;
    office.returned(&link).await;
    office.becomes(id, PaymentState::Finished).await;
    assert_eq!(office.created(), 1);
}
