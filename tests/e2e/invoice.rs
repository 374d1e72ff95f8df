//! From an invoice to a booked payment: a PDF with a PAY by square code is dropped, looked at, handed over, approved at the bank, and
//! found again among the transactions.

use crate::desktop::{self, Browser, Opener};
use crate::story;
use crate::window::Window;
use chrono::TimeDelta;
use sandbox::Sandbox;

/// The page of an invoice as a scanner makes it.
const PAGE: &[u8] = include_bytes!("../../src-tauri/bank/invoices/vectors/img/bysquare_page.jpg");
const SIZE: (u32, u32) = (1240, 1754);

/// Longer than until the day for which the invoice asks, and shorter than a session may rest.
const DUE_BY_THEN: TimeDelta = TimeDelta::days(5);

/// A PDF of that one page.
fn invoice() -> Vec<u8> {
    let (width, height) = SIZE;
    let content = "q 595 0 0 842 0 0 cm /X Do Q";
    let picture = format!(
        "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8\
         /Filter/DCTDecode/Length {}>>\nstream\n",
        PAGE.len()
    );
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>".to_vec(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()).into_bytes(),
        [picture.as_bytes(), PAGE, b"\nendstream"].concat(),
    ];
    let (mut file, mut places) = (b"%PDF-1.7\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(b"xref\n0 6\n0000000000 65535 f \n");
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

#[tokio::test]
async fn an_invoice_that_is_dropped_is_paid() {
    let everifin = Sandbox::builder().start().await.unwrap();
    let window = Window::open().await;
    let mut person = story::connect(&window, &everifin, Opener::XdgOpen).await;
    let mut browser = Browser::new();

    window.press("Payments").await;
    window.press("New payment").await;
    window.sees("Drop an invoice").await;
    window.drop_file("faktura.pdf", &invoice()).await;
    window.sees("What was read").await;
    window.sees("PAY by square code on page 1").await;
    window.pictures("invoice-1-read").await;
    assert_eq!(window.written("Amount").await, "", "nothing is filled in by itself");

    window.press("Use this").await;
    window.sees("Filled in from faktura.pdf").await;
    assert_ne!(window.written("Amount").await, "");
    // The account on this invoice does not pass its national check, as the window has said: she asks, and writes the right one.
    window.sees("does not pass its national check").await;
    window.write("Account number or IBAN", "SK49 7500 0000 0031 8402 7753").await;
    window.sees_no_more("does not pass its national check").await;
    window.pictures("invoice-2-used").await;
    window.press("Review payment").await;
    window.sees("Check the payment").await;
    window.pictures("invoice-3-review").await;
    window.press("Continue to").await;
    window.sees("Waiting for approval").await;
    let page = person.visit(&browser.next().await).await.page();
    let link = person.submit(&page, "decision=approve", &[]).await.link();
    desktop::open(&link, Opener::XdgOpen).await;
    window.sees("Done").await;

    // It is to be paid within days: after the sync that finds it booked, the transaction and the payment lead to each other.
    everifin.advance(DUE_BY_THEN);
    window.chord("r").await;
    window.sees("Show the transaction").await;
    window.pictures("invoice-4-booked").await;
    window.press("Show the transaction").await;
    window.sees("Show the payment made with Saldo").await;
    window.pictures("invoice-5-paired").await;
    window.press("Show the payment made with Saldo").await;
    window.sees("Show the transaction").await;
    assert_eq!(everifin.counts().get("POST /v1/payments/single"), Some(&1));
    assert_eq!(window.refused_by_policy().await, Vec::<String>::new(), "the policy refused something of our own");
    window.close().await;
}
