//! The answer to a payment is lost: the window says that nobody knows, offers nothing that would pay again, and finds out by reading.

use crate::desktop::{self, Browser, Opener};
use crate::story;
use crate::window::Window;
use sandbox::{Fault, Sandbox};

/// Creating payments and reading them.
const PAYMENTS: &str = "/v1/payments/single";

#[tokio::test]
async fn a_lost_answer_is_found_out() {
    let everifin = Sandbox::builder().start().await.unwrap();
    let window = Window::open().await;
    let mut person = story::connect(&window, &everifin, Opener::XdgOpen).await;
    let mut browser = Browser::new();
    story::write_payment(&window).await;
    window.press("Review payment").await;
    window.sees("Check the payment").await;

    // Everifin creates it, but its answer does not arrive; and for now it cannot be read either.
    everifin.arm(Fault::Lost, 1, PAYMENTS);
    everifin.arm(Fault::ServerError, u64::MAX, PAYMENTS);
    window.press("Continue to").await;
    window.sees("Outcome unknown").await;
    window.sees("Please do not pay it again").await;
    window.pictures("lost-1-unknown").await;
    let text = window.text().await;
    assert!(!text.contains("Use as a new payment") && !text.contains("Approve at"), "{text}");
    window.press("Check now").await;
    window.sees("no more is known than before").await;
    window.pictures("lost-2-not-readable").await;

    // The same invoice once more: the sheet says why not to.
    story::write_payment(&window).await;
    window.sees("The outcome of an earlier payment of this amount to this account is unknown").await;
    window.press("Review payment").await;
    window.sees("Check the payment").await;
    window.sees("Please do not pay it again until we know").await;
    window.pictures("lost-3-warned").await;
    window.press("Back to edit").await;
    window.press("Payments").await;
    assert_eq!(everifin.counts().get(&format!("POST {PAYMENTS}")), Some(&1));

    // Read at last, it is the same payment, and goes on from where it stands.
    everifin.disarm();
    window.press("Check now").await;
    window.sees("Approve at").await;
    window.pictures("lost-4-found").await;
    window.press("Approve at").await;
    let page = person.visit(&browser.next().await).await.page();
    let link = person.submit(&page, "decision=approve", &[]).await.link();
    desktop::open(&link, Opener::XdgOpen).await;
    window.sees("Show the transaction").await;
    window.pictures("lost-5-paid").await;
    let counts = everifin.counts();
    assert_eq!((counts.get(&format!("POST {PAYMENTS}")), counts.get("payment FINISHED")), (Some(&1), Some(&1)));
    assert_eq!(everifin.payments_created().into_values().collect::<Vec<_>>(), [1]);
    assert_eq!(browser.waiting(), 0);
    window.close().await;
}
