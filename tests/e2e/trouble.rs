//! Bad input and bad days: each gives a plain sentence and a way on, and changes nothing.

use crate::desktop::{self, Browser, Opener};
use crate::person::Person;
use crate::story;
use crate::window::Window;
use sandbox::{Fault, Sandbox};

#[tokio::test]
async fn trouble() {
    let now = chrono::Utc::now();
    let everifin = Sandbox::builder().seed(7).clock(move || now).start().await.unwrap();
    let mut browser = Browser::new();
    let window = Window::open().await;
    window.sees("All your company").await;

    // An address that is none, then one where nobody listens.
    story::enter_credentials(&window, &everifin, "wrong-secret").await;
    window.write("Sign-in address", "ftp://example.org").await;
    window.press("Connect Everifin").await;
    window.sees("A server address is not usable").await;
    window.write("Sign-in address", &format!("http://127.0.0.1:{}", desktop::free_port())).await;
    window.press("Connect Everifin").await;
    window.sees_one_of(&["There is no connection", "There is no Everifin at this address"]).await;
    window.write("Sign-in address", everifin.idp_url()).await;

    // She says no.
    window.press("Connect Everifin").await;
    let mut person = Person::new();
    let consent = person.sign_in(&browser.next().await).await;
    let link = person.submit(&consent, "decision=cancel", &[]).await.link();
    desktop::open(&link, Opener::XdgOpen).await;
    window.sees("Access was not allowed").await;
    window.picture("trouble-denied").await;
    window.press("Try again").await;

    // A wrong secret shows when the code is to be redeemed.
    let link = story::allow_again(&mut person, &browser.next().await).await;
    desktop::open(&link, Opener::Gio).await;
    window.sees("Everifin does not accept this client ID or secret").await;
    window.picture("trouble-wrong-secret").await;
    window.press("Open service credentials").await;
    window.write("Client secret", everifin.client_secret()).await;
    window.press("Connect Everifin").await;

    // An old link, and one that was never ours.
    let address = browser.next().await;
    desktop::open(&link, Opener::XdgOpen).await;
    window.sees("That link belongs to another sign-in").await;
    window.picture("trouble-wrong-link").await;
    let link = story::allow_again(&mut person, &address).await;
    desktop::open(&link, Opener::XdgOpen).await;
    story::arrive(&window).await;

    // A proxy's page instead of an answer: said, and the balances stay.
    let total = window.run("return document.querySelector('.double-rule').innerText", vec![]).await;
    everifin.arm(Fault::Html, 100, "/v1");
    window.press("Sync").await;
    window.sees_one_of(&["Everifin or a bank did not answer properly", "Did not answer"]).await;
    window.picture("trouble-proxy").await;
    assert_eq!(window.run("return document.querySelector('.double-rule').innerText", vec![]).await, total);
    everifin.disarm();

    // An amount that can be read in two ways, an account number with a wrong digit.
    window.press("New payment").await;
    window.write("Account number or IBAN", "SK49 7500 0000 0031 8402 7754").await;
    window.key(story::TAB).await;
    window.sees("This IBAN has a wrong digit somewhere").await;
    window.write("Amount", "12,3456").await;
    // Past the currency, which belongs to the field.
    window.key(story::TAB).await;
    window.key(story::TAB).await;
    window.sees_one_of(&["more decimals than EUR has", "Write the amount in digits"]).await;
    window.picture("trouble-payment").await;

    // Whether Everifin checks PKCE is tried in the browser, and changes nothing.
    window.press("Settings").await;
    window.press("Try it").await;
    window.sees("Nothing is kept of this sign-in").await;
    let link = story::allow_again(&mut person, &browser.next().await).await;
    desktop::open(&link, Opener::Gio).await;
    window.sees("Everifin refused the wrong proof").await;
    window.picture("trouble-pkce").await;
    window.press("Back to Diagnostics").await;
    window.sees("a stolen sign-in code is worth nothing").await;
    window.close().await;
}
