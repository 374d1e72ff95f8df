//! The main job: from the first screen, through the demo's sign-in, to the balances and one payment to its end.

use crate::desktop::{self, Browser, Opener};
use crate::person::Person;
use crate::story;
use crate::window::Window;
use sandbox::{OWNER_LOGIN, OWNER_PASSWORD};
use serde_json::Value;

/// Reads the list of accounts as it is drawn: bank, account, balance.
const ACCOUNTS: &str = r#"
    const part = document.getElementById('t-acc').closest('section');
    return [...part.querySelectorAll('section')].flatMap(group =>
        [...group.querySelectorAll('button.acc')].map(row =>
            [group.querySelector('h3'), row.querySelector('.nm'), row.querySelector('.amt')].map(e => e.innerText.trim())));
"#;

#[tokio::test]
async fn tour() {
    let mut browser = Browser::new();
    let window = Window::open().await;
    window.sees("All your company").await;
    window.picture("01-welcome").await;
    window.press("Try it with demo data").await;
    let address = browser.next().await;
    window.sees("Continue in your browser").await;
    window.picture("02-waiting").await;

    let mut person = Person::new();
    let login = person.visit(&address).await.page();
    login.picture("03-everifin-sign-in");
    let consent = person.submit(&login, "", &[("username", OWNER_LOGIN), ("password", OWNER_PASSWORD)]).await.page();
    consent.picture("04-everifin-consent");
    let link = person.submit(&consent, "decision=accept", &[]).await.link();
    desktop::open(&link, Opener::XdgOpen).await;
    window.sees_one_of(&["Everifin is connected", "Total balance"]).await;
    window.picture("05-connected").await;
    story::arrive(&window).await;
    window.picture("06-overview").await;
    let accounts: Vec<[String; 3]> = serde_json::from_value(window.run(ACCOUNTS, vec![]).await).unwrap();
    assert_eq!(accounts.len(), 12, "the demo's owner has twelve accounts");

    window.press("Transactions").await;
    window.sees("Counterparty").await;
    window.picture("07-transactions").await;
    window.press("Connections").await;
    window.picture("08-connections").await;
    window.press("Settings").await;
    window.picture("09-settings").await;

    pay(&window, &mut browser, &mut person).await;

    window.press("Overview").await;
    window.sees("Total balance").await;
    let total = window.run("return document.querySelector('.double-rule').innerText", vec![]).await;
    table(&accounts, &total);
    assert_eq!(window.refused_by_policy().await, Vec::<String>::new(), "the policy refused something of our own");
    window.close().await;
}

/// Pays an invoice at a demo bank, up to the state "Done", with a picture of each step.
async fn pay(window: &Window, browser: &mut Browser, person: &mut Person) {
    story::write_payment(window).await;
    window.picture("10-payment").await;
    window.press("Review payment").await;
    window.sees("Check the payment").await;
    window.picture("11-review").await;
    window.press("Continue to").await;
    let page = person.visit(&browser.next().await).await.page();
    page.picture("12-bank-approval");
    window.sees("Waiting for approval").await;
    window.picture("13-waiting-for-approval").await;
    let link = person.submit(&page, "decision=approve", &[]).await.link();
    desktop::open(&link, Opener::XdgOpen).await;
    window.sees("Done").await;
    window.picture("14-done").await;
}

fn table(accounts: &[[String; 3]], total: &Value) {
    println!("\nWhat the window shows:\n");
    for [bank, account, balance] in accounts {
        println!("  {bank:<24} {account:<28} {balance:>20}");
    }
    println!("  {:<53} {:>20}\n", "Total balance", total.as_str().unwrap_or_default());
}
