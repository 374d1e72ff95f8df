//! Trying out from Settings whether Everifin enforces PKCE: at one that does, and then at one that does not any more.

use crate::desktop::{self, Browser, Opener};
use crate::person::Person;
use crate::story;
use crate::window::Window;
use sandbox::Sandbox;

/// Settings stand open where she comes back to.
const AT_DIAGNOSTICS: &str = "
    const top = document.getElementById('set-diagnostics')?.getBoundingClientRect().top;
    const read = ['set-rules', 'set-paying'].every(id => document.getElementById(id));
    return read && top > 0 && top < innerHeight - 200
        && document.querySelector('.side [aria-current]').innerText.trim() === 'Diagnostics'";

#[tokio::test]
async fn pkce_is_tried_out() {
    let everifin = Sandbox::builder().start().await.unwrap();
    found(&everifin, "Everifin checks PKCE", "pkce-1-enforced").await;
}

#[tokio::test]
async fn pkce_is_missing() {
    let everifin = Sandbox::builder().enforce_pkce(false).start().await.unwrap();
    found(&everifin, "PKCE is not enforced", "pkce-2-missing").await;
}

/// Tries it out, and sees what was found; the owner stays signed in.
async fn found(everifin: &Sandbox, found: &str, picture: &str) {
    let window = Window::open().await;
    story::connect(&window, everifin, Opener::XdgOpen).await;
    let mut browser = Browser::new();
    window.press("Settings").await;
    window.press("Diagnostics").await;
    window.sees("To find out, you sign in once more").await;
    window.press("Try it").await;
    window.sees("Sign in once more in your browser").await;
    window.pictures(&format!("{picture}-asked")).await;
    // Another browser: a session that ends at Everifin ends for all sign-ins that came from the same one.
    let link = story::allow_again(&mut Person::new(), &browser.next().await).await;
    desktop::open(&link, Opener::XdgOpen).await;
    window.sees(found).await;
    window.pictures(&format!("{picture}-found")).await;
    window.press("Back to Diagnostics").await;
    window.sees(found).await;
    window.holds(AT_DIAGNOSTICS).await;
    window.pictures(&format!("{picture}-kept")).await;
    window.press("Overview").await;
    window.press("Sync").await;
    window.sees_no_more("Syncing").await;
    window.sees_one_of(&["Synced today", "Synced just now"]).await;
    assert!(!window.text().await.contains("Sign in to Everifin again"), "the probe has not touched the session");
    window.close().await;
}
