//! Fifty payments chosen with the keyboard and approved at once: the bank refuses two of them, which are named and offered anew.

use crate::desktop::{self, Browser, Opener};
use crate::story;
use crate::window::Window;
use rust_decimal::Decimal;
use sandbox::Sandbox;
use serde_json::{Value, json};

const MANY: u32 = 50;
/// Which of them go to an account that its bank has closed.
const REFUSED: [u32; 2] = [6, 33];
const CLOSED: &str = "SK6002000000002995869378";
/// What all of them say, so that they are found again.
const MESSAGE: &str = "Odmena november 2026";

/// Who gets the others.
const PAYEES: [(&str, &str); 8] = [
    ("Zuzana Hriňáková", "SK0211000000002166400214"),
    ("Peter Ľalík", "SK8209000000002071420044"),
    ("Mária Šťastná", "SK8575000000002837245412"),
    ("Ondrej Kubiš", "SK1611110000002673209924"),
    ("Katarína Môťovská", "SK9011000000002917671681"),
    ("Jozef Ďurčanský", "SK5609000000002093113010"),
    ("Lucia Vráblová", "SK2475000000002878195060"),
    ("Tomáš Žilinčík", "SK9211110000002046426954"),
];

/// Writes drafts with the form's own call, and answers what stood in the way.
const WRITE: &str = "const [drafts, done] = arguments;
    const ask = window.__TAURI_INTERNALS__.invoke;
    (async () => {
        const [from] = (await ask('accounts')).filter(each => each.canPay && each.currency === 'EUR');
        for (const draft of drafts) await ask('save_draft', { id: null, input: { ...draft, from: from.id } });
    })().then(() => done(null), error => done(JSON.stringify(error)));";

/// How each line of the bulk stands, as the panel shows it.
const LINES: &str = "return [...document.querySelectorAll('#bulk-lines + ul > li')]
    .map(line => [line.querySelector('.clip').innerText, line.querySelector('.state').innerText.trim()])";

/// Goes to the row that Tab comes to.
const FIRST_ROW: &str = "document.querySelector('tr[tabindex=\"0\"]').focus()";

/// The keys for Shift and the arrow down, in WebDriver's alphabet.
const SHIFT: &str = "\u{E008}";
const DOWN: &str = "\u{E015}";

fn amount(number: u32) -> Decimal {
    Decimal::new(i64::from(12_000 + number), 2)
}

fn drafts() -> Vec<Value> {
    let draft = |number: u32| {
        let (payee, iban) =
            if REFUSED.contains(&number) { ("Milan Odišiel", CLOSED) } else { PAYEES[number as usize % PAYEES.len()] };
        json!({
            "payee": payee, "account": iban, "amount": amount(number).to_string(), "currency": "EUR", "payOn": null,
            "variableSymbol": (1000 + number).to_string(), "specificSymbol": "", "constantSymbol": "", "message": MESSAGE,
        })
    };
    (0..MANY).map(draft).collect()
}

#[tokio::test]
async fn fifty_payments_with_one_approval() {
    let now = chrono::Utc::now();
    let everifin = Sandbox::builder().seed(7).clock(move || now).start().await.unwrap();
    everifin.close(CLOSED);
    let window = Window::open().await;
    let mut person = story::connect(&window, &everifin, Opener::XdgOpen).await;
    let mut browser = Browser::new();
    let money = everifin.sums().totals["EUR"];
    window.press("Payments").await;
    window.press("New payment").await;
    window.sees("Message for the payee").await;
    assert_eq!(window.measure(WRITE, json!(drafts())).await, Value::Null);

    // Chosen with the keyboard alone: the first row, then each below it.
    window.press("Payments").await;
    window.sees("Milan Odišiel").await;
    window.run(FIRST_ROW, vec![]).await;
    window.key(" ").await;
    window.key(&format!("{SHIFT}{}", DOWN.repeat(MANY as usize - 1))).await;
    window.sees("50 checked").await;
    // What they come to, by Rust's word; until then they cannot be paid.
    window.sees("6,012.25").await;
    window.pictures("many-1-chosen").await;
    window.press("Pay 50 together").await;
    window.sees("Check the 50 payments").await;
    window.pictures("many-2-review").await;
    window.press("Continue to").await;
    let page = person.visit(&browser.next().await).await.page();
    window.sees("Waiting for approval").await;
    window.pictures("many-3-waiting").await;
    let link = person.submit(&page, "decision=approve", &[]).await.link();
    desktop::open(&link, Opener::XdgOpen).await;

    // Line by line what became of them.
    window.sees("Partly paid").await;
    window.sees("accepted 48 of the payments and refused 2").await;
    let lines: Vec<(String, String)> = serde_json::from_value(window.run(LINES, vec![]).await).unwrap();
    assert_eq!(lines.len(), MANY as usize);
    assert_eq!([&lines[0].0, &lines[1].0], ["Milan Odišiel"; 2], "what was refused stands first");
    for (payee, state) in &lines {
        let expected = if payee == "Milan Odišiel" { "Rejected by the bank" } else { "Done" };
        assert_eq!(state, expected, "{payee}");
    }
    window.pictures("many-4-results").await;

    // Each has a panel of its own, and leads back.
    window.press("Tomáš Žilinčík").await;
    window.sees("Show the transaction").await;
    window.pictures("many-5-line").await;
    window.run(FIRST_ROW, vec![]).await;
    window.sees("refused 2").await;

    // At the bank each of the 48 went through once.
    let counts = everifin.counts();
    assert_eq!((counts.get("POST /v1/payments/bulk"), counts.get("POST /v1/payments/single")), (Some(&1), None));
    let paid: Decimal = (0..MANY).filter(|number| !REFUSED.contains(number)).map(amount).sum();
    assert_eq!(money - everifin.sums().totals["EUR"], paid);

    // The refused ones are drafts again, to be corrected.
    window.press("Correct the refused ones").await;
    window.sees("2 new drafts of what was refused").await;
    window.pictures("many-6-anew").await;

    // And the others stand among the transactions, each once.
    window.press("Transactions").await;
    window.write("Search", MESSAGE).await;
    window.sees("1 of 48").await;
    window.sees("Show the payment made with Saldo").await;
    window.pictures("many-7-booked").await;
    window.press("Show the payment made with Saldo").await;
    window.sees("Show the transaction").await;
    assert_eq!(window.refused_by_policy().await, Vec::<String>::new(), "the policy refused something of our own");
    window.close().await;
}
