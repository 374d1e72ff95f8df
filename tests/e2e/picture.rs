//! Pictures of the browser's pages.

use super::desktop;
use super::person::Page;
use std::process::{Command, Stdio};

impl Page {
    /// Keeps a picture of the page as `name`.png, drawn by a real browser.
    pub(crate) fn picture(&self, name: &str) {
        let folder = desktop::folder().join("chromium");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("page.html");
        let head = format!("<head><base href=\"{}\">", self.address);
        std::fs::write(&file, self.html.replacen("<head>", &head, 1)).unwrap();
        let picture = desktop::screens().join(format!("{name}.png"));
        let drawn = Command::new("timeout")
            .args([
                "60",
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
            ])
            .args(["--disable-background-networking", "--disable-component-update", "--window-size=1280,800"])
            .arg(format!("--user-data-dir={}", folder.display()))
            .arg(format!("--screenshot={}", picture.display()))
            .arg(format!("file://{}", file.display()))
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(drawn.success(), "chromium draws the page");
    }
}
