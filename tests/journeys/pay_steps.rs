//! A bank that asks for its approval in Saldo's own window, over real HTTP: a way, a code, the telephone, its page.

use super::office::Office;
use bank::failure::{FailureKind, Result};
use bank::payments::{self, Asked, HandedOver, Next, PaymentId, PaymentState, Typed};
use bank::vault::Secret;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sandbox::Fault;

const STEPS: &str = "/v1/payments/single/";

impl Office {
    /// A payment whose bank asks how it is to be approved.
    async fn at_the_question(&self) -> PaymentId {
        self.everifin.ask_in_place("tatrskbx");
        let (id, hash) = self.reviewed();
        let handed = self.hand_over(id, &hash).await.unwrap();
        assert_eq!((handed.next, handed.detail.line.state), (Next::Answer, PaymentState::AwaitingBank));
        id
    }

    pub(crate) fn question(&self, id: PaymentId) -> Option<Asked> {
        payments::payment(&self.desk.store, &self.desk.clock, id).unwrap().asked
    }

    pub(crate) async fn types(&self, id: PaymentId, answers: &[(&str, &str)]) -> Result<HandedOver> {
        let typed =
            answers.iter().map(|(name, value)| Typed { name: (*name).into(), value: Secret::new((*value).into()) });
        let (everifin, rng) = (&self.desk.line().everifin, StdRng::seed_from_u64(3));
        payments::answer(&self.desk.store, everifin, &self.desk.clock, rng, id, typed.collect()).await
    }

    /// Chooses a text message; the answer with that code.
    async fn code(&self, id: PaymentId) -> [(&'static str, String); 3] {
        assert_eq!(self.types(id, &[("scaMethod", "sms")]).await.unwrap().next, Next::Answer);
        [("picture", "oak".into()), ("otp", self.everifin.code().unwrap()), ("device", "Saldo".into())]
    }
}

fn texts<'a>(answers: &'a [(&'static str, String); 3]) -> Vec<(&'static str, &'a str)> {
    answers.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test]
async fn a_way_is_chosen_and_a_sealed_code_approves() {
    let office = Office::connected().await;
    let id = office.at_the_question().await;
    let code = office.code(id).await;
    // Asked before Saldo was closed, answered after it was started again.
    let office = office.restart().await;
    payments::recover(&office.desk.store, &office.desk.clock).unwrap();
    let question = office.question(id).unwrap();
    assert_eq!((question.fields.len(), question.can_answer), (3, true));
    assert!(question.fields[0].picture.is_some() && question.fields[1].sealed);
    let done = office.types(id, &texts(&code)).await.unwrap();
    assert_eq!((done.next, done.detail.line.state), (Next::Wait, PaymentState::Finished));
    assert_eq!(office.created(), 1);
}

#[tokio::test]
async fn a_telephone_and_a_page_are_two_other_ways() {
    let mut office = Office::connected().await;
    let id = office.at_the_question().await;
    let done = office.types(id, &[("scaMethod", "push")]).await.unwrap();
    assert_eq!(done.next, Next::Wait);
    office.becomes(id, PaymentState::Finished).await;

    let id = office.at_the_question().await;
    let done = office.types(id, &[("scaMethod", "page")]).await.unwrap();
    let Next::Open(page) = done.next else { panic!("{:?}", done.next) };
    let page = office.person.visit(page.as_str()).await.page();
    let link = office.person.submit(&page, "decision=approve", &[]).await.link();
    assert_eq!(office.returned(&link).await, Some(id));
    office.becomes(id, PaymentState::Finished).await;
}

#[tokio::test]
async fn a_wrong_code_may_be_typed_again_after_the_owner_asks_for_it() {
    let office = Office::connected().await;
    let id = office.at_the_question().await;
    let mut code = office.code(id).await;
    let right = std::mem::replace(&mut code[1].1, "no code".into());
    let done = office.types(id, &texts(&code)).await.unwrap();
    assert!(matches!(&done.next, Next::Stopped(why) if why.kind == FailureKind::PaymentRefused), "{:?}", done.next);
    assert!(done.detail.asked.is_none() && done.detail.can_approve);
    let everifin = &office.desk.line().everifin;
    let again = payments::approve(&office.desk.store, everifin, &office.desk.clock, id).await.unwrap();
    assert_eq!(again.next, Next::Answer);
    code[1].1 = right;
    assert_eq!(office.types(id, &texts(&code)).await.unwrap().detail.line.state, PaymentState::Finished);
}

#[tokio::test]
async fn p24_the_lost_answer_to_a_code_is_found_out_by_reading() {
    let office = Office::connected().await;
    let before = office.everifin.sums().totals;
    let id = office.at_the_question().await;
    let code = office.code(id).await;
    office.everifin.arm(Fault::Lost, 1, STEPS);
    let done = office.types(id, &texts(&code)).await.unwrap();
    assert_eq!((done.next, done.detail.line.state), (Next::Wait, PaymentState::Unknown));
    assert!(done.detail.asked.is_none() && !done.detail.can_approve);
    let steps = office.everifin.counts().get(&format!("PATCH {STEPS}12")).copied();
    assert_eq!(office.types(id, &texts(&code)).await.unwrap().next, Next::Wait, "the question is used up");
    assert_eq!(office.everifin.counts().get(&format!("PATCH {STEPS}12")).copied(), steps);
    office.becomes(id, PaymentState::Finished).await;
    assert_eq!(office.created(), 1);
    assert_eq!(office.everifin.payments_created().into_values().collect::<Vec<_>>(), [1]);
    assert_ne!(office.everifin.sums().totals, before);
}
