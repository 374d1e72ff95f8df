//! The browser's other ways back from a bank: a port on this computer, and none at all.

use super::office::Office;
use super::person::Page;
use bank::payments::{self, Next, PaymentId, PaymentState, ReturnPort, ReturnTo, Tickets};
use chrono::TimeDelta;
use rand::SeedableRng;
use rand::rngs::StdRng;

impl Office {
    /// Hands a reviewed invoice over, and approves it at the bank; the page on which the browser ends.
    async fn approve_on_the_way(&mut self, to: ReturnTo) -> (PaymentId, Page) {
        let (id, hash) = self.reviewed();
        let (desk, tickets) = (&self.desk, Tickets::draw(&mut StdRng::seed_from_u64(1), to));
        let everifin = &desk.line().everifin;
        let handed = payments::hand_over(&desk.store, everifin, &desk.clock, tickets, id, &hash).await.unwrap();
        let Next::Open(page) = handed.next else { panic!("{:?}", handed.next) };
        let page = self.person.visit(page.as_str()).await.page();
        (id, self.person.submit(&page, "decision=approve", &[]).await.page())
    }
}

#[tokio::test]
async fn the_browser_comes_back_to_a_port_on_this_computer() {
    let mut office = Office::connected().await;
    let (port, mut returns) = ReturnPort::open(&office.desk.store).await.unwrap();
    let (id, page) = office.approve_on_the_way(ReturnTo::Port(port.number)).await;
    assert!(page.html.contains("go back to Saldo"), "{}", page.html);
    let back = returns.recv().await.unwrap();
    assert_eq!(office.returned(&back).await, Some(id));
    office.becomes(id, PaymentState::Finished).await;
    assert_eq!(office.returned(&back).await, None, "once");
    assert_eq!(office.created(), 1);
}

#[tokio::test]
async fn where_nothing_comes_back_the_owner_pastes_where_her_browser_ended() {
    let mut office = Office::connected().await;
    // The sandbox has no web application: what stands there ends the browser's way.
    let everifin = office.everifin.idp_url().to_owned();
    let (id, end) = office.approve_on_the_way(ReturnTo::Everifin(everifin)).await;
    let desk = &office.desk;
    let line = desk.line();
    office.hands.pass(TimeDelta::minutes(5));
    let check = payments::check(&desk.store, &line.everifin, &desk.clock, id).await.unwrap();
    assert_eq!(
        check.line.state,
        PaymentState::AwaitingBank,
        "asking alone does not bring what the bank gave the browser"
    );
    payments::pasted(&desk.store, &line.everifin, &desk.clock, id, end.address.as_str()).await.unwrap();
    office.becomes(id, PaymentState::Finished).await;
    assert_eq!(office.created(), 1);
}
