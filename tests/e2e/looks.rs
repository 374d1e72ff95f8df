//! Every screen in the real window, in both themes and in the three sizes of the design, for the eye and for what a machine can
//! see: nothing scrolls sideways, nothing is refused by the policy.

use crate::desktop::{self, Browser, Opener};
use crate::person::Person;
use crate::story;
use crate::window::Window;
use serde_json::json;

const SIZES: [(u32, u32); 3] = [(960, 640), (1280, 800), (1600, 1000)];
/// A page and what can be read on it once it is there.
const PAGES: [(&str, &str); 6] = [
    ("Overview", "Total balance"),
    ("Transactions", "Counterparty"),
    ("Payments", "To approve"),
    ("New payment", "Message for the payee"),
    ("Connections", "Sync log"),
    ("Settings", "Language"),
];

#[tokio::test]
async fn looks() {
    let mut browser = Browser::new();
    let window = Window::open().await;
    window.sees("All your company").await;
    for size in SIZES {
        look(&window, size, "welcome", "light").await;
    }
    window.resize(1280, 800).await;
    window.press("Try it with demo data").await;
    let mut person = Person::new();
    let link = story::allow(&mut person, &browser.next().await).await;
    desktop::open(&link, Opener::XdgOpen).await;
    story::arrive(&window).await;
    // A payment that waits at its bank, so that the screens have something to say.
    story::write_payment(&window).await;
    window.press("Review payment").await;
    window.press("Continue to").await;
    browser.next().await;
    window.sees("Waiting for approval").await;
    for theme in ["Light", "Dark"] {
        window.press("Settings").await;
        window.press(theme).await;
        for (page, sign) in PAGES {
            // A new payment is begun on the page before it in the list, the payments.
            window.press(page).await;
            window.sees(sign).await;
            for size in SIZES {
                look(&window, size, page, theme).await;
            }
        }
    }
    assert_eq!(window.refused_by_policy().await, Vec::<String>::new());
    window.close().await;
}

async fn look(window: &Window, (width, height): (u32, u32), page: &str, theme: &str) {
    window.resize(width, height).await;
    let wide = window.run("return document.documentElement.scrollWidth > innerWidth", vec![]).await;
    assert_eq!(wide, json!(false), "{page} scrolls sideways at {width}x{height}");
    let name = format!("{page}-{width}x{height}-{theme}").to_lowercase().replace(' ', "-");
    window.picture(&name).await;
}
