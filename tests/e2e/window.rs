//! Saldo's real window, driven by WebDriver the way a person uses it: by what is written on it.

use crate::desktop;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything on the screen may take before the test fails. Generous: the computers are small and shared.
const PATIENCE: Duration = Duration::from_secs(40);

/// Finds what a person means by "the button Sync": by kind and accessible name, on top of everything else, visible. Exact
/// names win over beginnings, beginnings over parts.
const FIND: &str = r#"
    const [kind, name] = arguments;
    const kinds = {
        button: 'button, summary, [role=button], [role=tab], [role=menuitem], [role=menuitemradio], [role=radio], input[type=submit]',
        link: 'a[href], [role=link]',
        field: 'input, textarea, select, [role=combobox], [role=textbox], [role=searchbox]',
        choice: 'input[type=radio], input[type=checkbox], [role=radio], [role=checkbox], [role=switch], [role=option], option',
        row: '[role=row], tr, [role=option], li, a, button',
    };
    const clean = text => (text || '').replace(/\s+/g, ' ').trim();
    const by = ids => clean((ids || '').split(' ').map(id => document.getElementById(id)?.innerText).join(' '));
    const names = e => [
        by(e.getAttribute('aria-labelledby')), clean(e.getAttribute('aria-label')),
        clean(e.labels && [...e.labels].map(label => label.innerText).join(' ')), clean(e.innerText), clean(e.title), clean(e.placeholder),
    ].filter(Boolean);
    const shown = e => { const box = e.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
    const dialogs = [...document.querySelectorAll('dialog[open], [role=dialog], [role=alertdialog]')].filter(shown);
    const place = dialogs.at(-1) || document;
    const all = [...place.querySelectorAll(kinds[kind])].filter(e => shown(e) || e.type === 'radio' || e.type === 'checkbox');
    const lower = name.toLowerCase();
    const fit = test => all.find(e => names(e).some(each => test(each.toLowerCase())));
    return fit(each => each === lower) || fit(each => each.startsWith(lower)) || fit(each => each.includes(lower)) || null;
"#;

/// Two painted frames: a picture taken earlier may show the state before.
const TWO_FRAMES: &str =
    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";

/// Drops a file on the page, as a file manager does.
const DROP: &str = r#"
    const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], arguments[1]));
    for (const type of ["dragenter", "dragover", "drop"])
        document.querySelector("main").dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
"#;

/// An open window of Saldo.
pub(crate) struct Window {
    driver: Child,
    client: Client,
}

impl Window {
    /// Starts Saldo as by a double click.
    pub(crate) async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// Starts Saldo where no session bus is, so that nobody can be asked for a keychain.
    pub(crate) async fn open_without_a_bus() -> Self {
        Self::start(&[], Some("unix:path=/nonexistent")).await
    }

    /// Starts Saldo with arguments, as the desktop does for a link.
    pub(crate) async fn open_with(arguments: &[&str]) -> Self {
        Self::start(arguments, None).await
    }

    async fn start(arguments: &[&str], bus: Option<&str>) -> Self {
        let port = desktop::free_port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .envs([("TAURI_AUTOMATION", "true"), ("TAURI_WEBVIEW_AUTOMATION", "true")])
            .envs(bus.map(|bus| ("DBUS_SESSION_BUS_ADDRESS", bus)))
            .stdout(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver starts: package webkit2gtk-driver");
        let wanted = json!({ "webkitgtk:browserOptions": { "binary": desktop::saldo(), "args": arguments } });
        let Value::Object(wanted) = wanted else { unreachable!("an object") };
        let began = Instant::now();
        let address = format!("http://127.0.0.1:{port}");
        let client = loop {
            let mut session = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
            session.capabilities(wanted.clone());
            match tokio::time::timeout(PATIENCE, session.connect(&address)).await.expect("the driver answers in time") {
                Ok(client) => break client,
                Err(error) => assert!(began.elapsed() < PATIENCE, "no window: {error}"),
            }
            pause().await;
        };
        let window = Self { driver, client };
        window.watch_policy().await;
        window
    }

    /// Keeps a list of what the content security policy refuses from now on.
    async fn watch_policy(&self) {
        let watch = "window.refused = window.refused || []; document.addEventListener('securitypolicyviolation', \
                     event => window.refused.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile));";
        self.run(watch, vec![]).await;
    }

    /// What the content security policy has refused: nothing, in a window that loads only its own files.
    pub(crate) async fn refused_by_policy(&self) -> Vec<String> {
        serde_json::from_value(self.run("return window.refused || ['not watched']", vec![]).await).unwrap()
    }

    /// Drops a file on the page.
    pub(crate) async fn drop_file(&self, name: &str, bytes: &[u8]) {
        self.run(DROP, vec![json!(BASE64_STANDARD.encode(bytes)), json!(name)]).await;
    }

    /// All that can be read in the window.
    pub(crate) async fn text(&self) -> String {
        let text = self.run("return document.body ? document.body.innerText : ''", vec![]).await;
        text.as_str().unwrap_or_default().replace('\u{a0}', " ")
    }

    /// Keeps every answer that the page gets from Rust from now on.
    pub(crate) async fn record_answers(&self) {
        let record = "const real = window.fetch; window.heard = []; \
            window.fetch = async (...asked) => { const answer = await real(...asked); \
            answer.clone().text().then(text => window.heard.push(text)); return answer; };";
        self.run(record, vec![]).await;
    }

    /// All answers that were kept.
    pub(crate) async fn answers(&self) -> String {
        self.run("return window.heard.join('\\n')", vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until `text` can be read in the window.
    pub(crate) async fn sees(&self, text: &str) {
        self.sees_one_of(&[text]).await;
    }

    /// Waits until one of `texts` can be read, and says which.
    pub(crate) async fn sees_one_of<'a>(&self, texts: &[&'a str]) -> &'a str {
        let began = Instant::now();
        loop {
            let all = self.text().await;
            if let Some(found) = texts.iter().find(|text| all.contains(*text)) {
                return found;
            }
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("{texts:?} is not there")).await;
            }
            pause().await;
        }
    }

    /// Waits until `text` cannot be read any more.
    pub(crate) async fn sees_no_more(&self, text: &str) {
        let began = Instant::now();
        while self.text().await.contains(text) {
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("{text:?} is still there")).await;
            }
            pause().await;
        }
    }

    /// Waits until a script answers true.
    pub(crate) async fn holds(&self, script: &str) {
        let began = Instant::now();
        while self.run(script, vec![]).await != json!(true) {
            if began.elapsed() > PATIENCE {
                self.give_up(script).await;
            }
            pause().await;
        }
    }

    /// Presses the button, tab or menu entry with this name.
    pub(crate) async fn press(&self, name: &str) {
        self.click("button", name).await;
    }

    /// Takes one of several choices: a radio button, a check box, an option.
    pub(crate) async fn choose(&self, name: &str) {
        self.click("choice", name).await;
    }

    /// Writes into the field with this label, in place of what was there.
    pub(crate) async fn write(&self, label: &str, value: &str) {
        let field = self.find("field", label).await;
        bounded(label, field.click()).await;
        // Select all and type over it, as a person does: `clear` would skip the field's own key handling.
        bounded(label, field.send_keys("\u{E009}a\u{E000}")).await;
        bounded(label, field.send_keys(if value.is_empty() { "\u{E017}" } else { value })).await;
    }

    /// What stands in the field with this label.
    pub(crate) async fn written(&self, label: &str) -> String {
        bounded(label, self.find("field", label).await.prop("value")).await.unwrap_or_default()
    }

    /// Types keys into whatever has the focus, e.g. an Escape.
    pub(crate) async fn key(&self, key: &str) {
        let focused = bounded("the focus", self.client.active_element()).await;
        bounded("a key", focused.send_keys(key)).await;
    }

    /// Presses Ctrl and a key.
    pub(crate) async fn chord(&self, key: &str) {
        self.key(&format!("\u{E009}{key}\u{E000}")).await;
    }

    async fn click(&self, kind: &str, name: &str) {
        let began = Instant::now();
        loop {
            let found = self.find(kind, name).await;
            let clicked = tokio::time::timeout(PATIENCE, found.click()).await;
            let refused = match clicked.expect("the driver answers a click") {
                Ok(()) => return,
                Err(error) => error,
            };
            // Something moved over it, or it was drawn anew: look again.
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("{kind} {name:?} cannot be pressed: {refused}")).await;
            }
            pause().await;
        }
    }

    async fn find(&self, kind: &str, name: &str) -> Element {
        let began = Instant::now();
        loop {
            let found = self.run(FIND, vec![json!(kind), json!(name)]).await;
            if let Some(id) = found.as_object().and_then(|reference| reference.values().next()).and_then(Value::as_str)
            {
                return Element::from_element_id(self.client.clone(), id.to_owned().into());
            }
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("there is no {kind} {name:?}")).await;
            }
            pause().await;
        }
    }

    /// Runs a script in the page, as a person at the web inspector could.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let asked = self.client.execute(script, arguments);
        bounded("a script", asked).await
    }

    /// Calls one of Saldo's commands exactly as the page does.
    pub(crate) async fn call(&self, command: &str, arguments: Value) -> Value {
        let script = "const [command, given, done] = arguments; \
            window.__TAURI_INTERNALS__.invoke(command, given).then(ok => done({ ok }), error => done({ error }));";
        let asked = self.client.execute_async(script, vec![json!(command), arguments]);
        bounded(command, asked).await
    }

    /// Runs a script that says by itself when it has ended.
    pub(crate) async fn run_to_its_end(&self, script: &str) -> Value {
        let asked = self.client.execute_async(script, vec![]);
        bounded("a script", asked).await
    }

    /// Runs a script that measures something for a while and says by itself when it has ended.
    pub(crate) async fn measure(&self, script: &str, argument: Value) -> Value {
        bounded("a measurement", self.client.execute_async(script, vec![argument])).await
    }

    /// Gives the window this size on the screen.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        bounded("a size", self.client.set_window_size(width, height)).await;
        let began = Instant::now();
        loop {
            let inner = self.run("return [innerWidth, innerHeight]", vec![]).await;
            if inner == json!([width, height]) {
                return;
            }
            if began.elapsed() > PATIENCE {
                self.give_up(&format!("asked for {width}x{height}, it is {inner}")).await;
            }
            pause().await;
        }
    }

    /// Keeps a picture of the window as `name`.png.
    pub(crate) async fn picture(&self, name: &str) -> PathBuf {
        let painted = self.client.execute_async(TWO_FRAMES, vec![]);
        bounded("two frames", painted).await;
        let png = bounded("a picture", self.client.screenshot()).await;
        let file = desktop::screens().join(format!("{name}.png"));
        std::fs::write(&file, png).unwrap();
        file
    }

    /// Keeps pictures of the window as it is in both themes, `name`-light.png and `name`-dark.png. The theme is put where the owner's
    /// setting puts it, so that what is open stays open.
    pub(crate) async fn pictures(&self, name: &str) {
        let put = "const page = document.documentElement.dataset, before = page.theme; page.theme = arguments[0]; return before";
        // What fades from one colour to the other has arrived.
        let settled = "return !document.getAnimations().some(one => /color/.test(one.transitionProperty) && one.playState === 'running')";
        let before = self.run(put, vec![json!("light")]).await;
        self.holds(settled).await;
        self.picture(&format!("{name}-light")).await;
        self.run(put, vec![json!("dark")]).await;
        self.holds(settled).await;
        self.picture(&format!("{name}-dark")).await;
        self.run(put, vec![before]).await;
    }

    async fn give_up(&self, why: &str) -> ! {
        let picture = self.picture("failed").await;
        panic!("{why}. See {}. The window says:\n{}", picture.display(), self.text().await);
    }

    /// Closes the window: Saldo ends.
    pub(crate) async fn close(mut self) {
        desktop::close_window().await;
        self.driver.kill().unwrap();
        self.driver.wait().unwrap();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // After a failed test the desktop ends Saldo itself.
        let _ = self.driver.kill();
    }
}

/// Waits for an answer of the driver, but not for ever: it has been seen to hang.
async fn bounded<T, E: std::fmt::Debug>(what: &str, asked: impl Future<Output = Result<T, E>>) -> T {
    let answer = tokio::time::timeout(PATIENCE, asked).await;
    answer
        .unwrap_or_else(|_| panic!("the driver does not answer: {what}"))
        .unwrap_or_else(|error| panic!("{what}: {error:?}"))
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(60)).await;
}
