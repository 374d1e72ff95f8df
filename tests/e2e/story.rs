//! What an owner does in Saldo, in the pieces of which the tests are made.

use crate::desktop::{self, Browser, Opener};
use crate::person::{Page, Person, Reached};
use crate::window::Window;
use sandbox::{OWNER_LOGIN, OWNER_PASSWORD, Sandbox};

/// The key that goes to the next field, in WebDriver's alphabet.
pub(crate) const TAB: &str = "\u{E004}";

/// Signs in at the login page and allows what Saldo asks for. Gives the address that belongs to Saldo.
pub(crate) async fn allow(person: &mut Person, address: &str) -> String {
    let consent = person.sign_in(address).await;
    person.submit(&consent, "decision=accept", &[]).await.link()
}

impl Person {
    /// Opens the sign-in page and signs in as the owner, up to the question whether Saldo may.
    pub(crate) async fn sign_in(&mut self, address: &str) -> Page {
        let login = self.visit(address).await.page();
        self.submit(&login, "", &[("username", OWNER_LOGIN), ("password", OWNER_PASSWORD)]).await.page()
    }
}

/// Allows Saldo with a browser that is signed in already: where she has allowed it before, she is sent back at once.
pub(crate) async fn allow_again(person: &mut Person, address: &str) -> String {
    match person.visit(address).await {
        Reached::Saldo(link) => link,
        Reached::Page(page) if page.html.contains("login-actions/consent") => {
            person.submit(&page, "decision=accept", &[]).await.link()
        }
        Reached::Page(login) => {
            let owner = [("username", OWNER_LOGIN), ("password", OWNER_PASSWORD)];
            match person.submit(&login, "", &owner).await {
                Reached::Saldo(link) => link,
                Reached::Page(consent) => person.submit(&consent, "decision=accept", &[]).await.link(),
            }
        }
    }
}

/// Fills in the service credentials on the first screen, for an Everifin of the test's own.
pub(crate) async fn enter_credentials(window: &Window, everifin: &Sandbox, secret: &str) {
    window.press("Service credentials").await;
    window.choose("Custom").await;
    window.write("Sign-in address", everifin.idp_url()).await;
    window.write("API address", everifin.api_url()).await;
    window.write("Realm", everifin.realm()).await;
    window.write("Client ID", everifin.client_id()).await;
    window.write("Client secret", secret).await;
}

/// Connects Saldo to an Everifin of the test's own, through every step, up to the overview with all accounts read.
pub(crate) async fn connect(window: &Window, everifin: &Sandbox, opener: Opener) -> Person {
    let mut browser = Browser::new();
    window.sees("All your company").await;
    enter_credentials(window, everifin, everifin.client_secret()).await;
    window.press("Connect Everifin").await;
    let mut person = Person::new();
    let link = allow(&mut person, &browser.next().await).await;
    desktop::open(&link, opener).await;
    arrive(window).await;
    person
}

/// From the answer of the browser to the overview, with everything read.
pub(crate) async fn arrive(window: &Window) {
    if window.sees_one_of(&["Go to Overview", "Total balance"]).await == "Go to Overview" {
        window.press("Go to Overview").await;
    }
    window.sees("Total balance").await;
    window.sees_one_of(&["Synced today", "Synced just now"]).await;
    // The accounts were read; now they are drawn.
    window
        .holds("const total = document.querySelector('.total .double-rule'); return /\\d/.test(total?.innerText ?? '')")
        .await;
}

/// Fills in the payment form with an invoice.
pub(crate) async fn write_payment(window: &Window) {
    window.press("Payments").await;
    window.press("New payment").await;
    window.write("To", "Kovostav Hron s.r.o.").await;
    window.key(TAB).await;
    window.write("Account number or IBAN", "SK49 7500 0000 0031 8402 7753").await;
    window.write("Amount", "184,20").await;
    window.write("Variable symbol or RF", "2026104418").await;
    window.write("Message for the payee", "Faktura 2026104418").await;
}
