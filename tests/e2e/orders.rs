//! Payments out of a file that is dropped: each line is shown, a broken one cannot be chosen, and the others go with one approval.

use crate::desktop::{self, Browser, Opener};
use crate::story;
use crate::window::Window;
use sandbox::Sandbox;

/// Three payments; the second has a wrong digit.
const FILE: &str = "Príjemca;IBAN;Suma;Mena;VS;Správa\n\
    Zuzana Hriňáková;SK0211000000002166400214;812,40;EUR;1001;Mzda november\n\
    Peter Ľalík;SK8209000000002071420045;640,00;EUR;1002;Mzda november\n\
    Mária Šťastná;SK8575000000002837245412;705,10;EUR;1003;Mzda november\n";

/// Chooses the account to pay from, as a click in the list of the select does.
const CHOOSE: &str = "const select = document.getElementById('orders-from');
    select.value = [...select.options].find(option => option.text.startsWith('Operating account')).value;
    select.dispatchEvent(new Event('change', { bubbles: true }));";

#[tokio::test]
async fn a_file_of_payments_is_dropped_and_paid() {
    let everifin = Sandbox::builder().start().await.unwrap();
    let window = Window::open().await;
    let mut person = story::connect(&window, &everifin, Opener::XdgOpen).await;
    let mut browser = Browser::new();
    let money = everifin.sums().totals["EUR"];

    window.press("Payments").await;
    window.sees("New payment").await;
    window.drop_file("mzdy.csv", FILE.as_bytes()).await;
    window.sees("Payments from a file").await;
    window.sees("1 line needs a change in the file").await;
    window.sees("This IBAN has a wrong digit").await;
    window.sees("2 chosen").await;
    window.sees("1,517.50").await;
    window.pictures("orders-1-read").await;
    // Several accounts could pay: none is chosen for her.
    window.press("Prepare 2 payments").await;
    window.holds("return document.activeElement?.id === 'orders-from'").await;
    window.run(CHOOSE, vec![]).await;
    window.sees("would remain").await;
    window.press("Prepare 2 payments").await;
    window.sees("2 checked").await;
    // They are drafts like all others: nothing has left.
    assert_eq!(everifin.counts().get("POST /v1/payments/bulk"), None);
    window.pictures("orders-2-prepared").await;
    window.sees("1,517.50").await;
    window.press("Pay 2 together").await;
    window.sees("Check the 2 payments").await;
    window.press("Continue to").await;
    let page = person.visit(&browser.next().await).await.page();
    let link = person.submit(&page, "decision=approve", &[]).await.link();
    desktop::open(&link, Opener::XdgOpen).await;
    window.sees("Done").await;
    window.pictures("orders-3-paid").await;
    assert_eq!((money - everifin.sums().totals["EUR"]).to_string(), "1517.50");
    assert_eq!(everifin.counts().get("POST /v1/payments/bulk"), Some(&1));

    // The same file once more proposes nothing: both have gone.
    window.drop_file("mzdy.csv", FILE.as_bytes()).await;
    window.sees("0 chosen").await;
    assert_eq!(window.refused_by_policy().await, Vec::<String>::new(), "the policy refused something of our own");
    window.close().await;
}
