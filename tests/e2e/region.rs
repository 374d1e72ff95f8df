//! An invoice that is only seen: a region of the screen, marked with the desktop's own tool.

use crate::desktop::{self, Opener};
use crate::story;
use crate::window::Window;
use sandbox::Sandbox;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, Value};

/// What the owner sees on her screen.
const SEEN: &[u8] = include_bytes!("../../src-tauri/bank/invoices/vectors/img/bysquare.png");

/// The desktop's portal, with an owner who marks the same region each time.
struct Portal {
    picture: PathBuf,
}

#[zbus::interface(name = "org.freedesktop.portal.Screenshot")]
impl Portal {
    async fn screenshot(
        &self,
        _parent: &str,
        options: HashMap<&str, Value<'_>>,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
    ) -> OwnedObjectPath {
        assert_eq!(options.get("interactive"), Some(&Value::from(true)), "she is asked which region");
        let sender = header.sender().unwrap();
        let (name, token) = (sender.trim_start_matches(':').replace('.', "_"), options["handle_token"].to_string());
        let request = format!("/org/freedesktop/portal/desktop/request/{name}/{}", token.trim_matches('"'));
        let answer = HashMap::from([("uri", Value::from(format!("file://{}", self.picture.display())))]);
        let to = Some(sender.clone());
        bus.emit_signal(to, &*request, "org.freedesktop.portal.Request", "Response", &(0_u32, answer)).await.unwrap();
        request.try_into().unwrap()
    }

    #[zbus(property)]
    fn version(&self) -> u32 {
        2
    }
}

async fn portal(picture: &Path) -> zbus::Connection {
    let portal = Portal { picture: picture.to_owned() };
    let bus = zbus::connection::Builder::session().unwrap().serve_at("/org/freedesktop/portal/desktop", portal);
    bus.unwrap().name("org.freedesktop.portal.Desktop").unwrap().build().await.unwrap()
}

#[tokio::test]
async fn a_region_of_the_screen_fills_the_form() {
    let everifin = Sandbox::builder().start().await.unwrap();
    let window = Window::open().await;
    story::connect(&window, &everifin, Opener::XdgOpen).await;
    window.press("Payments").await;
    window.press("New payment").await;
    window.press("From the screen").await;
    window.sees("lets Saldo ask for no picture of the screen").await;

    let picture = desktop::folder().join("region.png");
    fs::write(&picture, SEEN).unwrap();
    let _portal = portal(&picture).await;
    window.press("From the screen").await;
    window.sees("PAY by square code").await;
    window.picture("44-region-read").await;
    window.press("Use this").await;
    window.sees("Filled in from the screen").await;
    assert_ne!(window.written("Amount").await, "");
    desktop::until("the picture is gone", || !picture.exists()).await;
    window.close().await;
}
