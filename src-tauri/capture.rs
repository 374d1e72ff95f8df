//! A region of the screen, which the owner marks with her system's own tool, as a picture. Saldo itself never looks at the screen.

use std::path::PathBuf;
use std::pin::Pin;

/// How asking for a region ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Region {
    /// The picture, in a file.
    Pictured(PathBuf),
    /// She marked none.
    Left,
    /// This system has no tool that a program may ask.
    Unavailable,
}

/// The answer to come.
pub type Marked = Pin<Box<dyn Future<Output = Region> + Send>>;

/// Asks the desktop's portal (org.freedesktop.portal.Screenshot), which asks the owner.
#[cfg(target_os = "linux")]
pub(crate) async fn region() -> Region {
    use ashpd::desktop::{ResponseError, screenshot::Screenshot};
    let asked = Screenshot::request().interactive(true).modal(true).send().await;
    match asked.and_then(|request| request.response()) {
        Ok(picture) => match tauri::Url::parse(picture.uri().as_str()).map(|address| address.to_file_path()) {
            Ok(Ok(path)) => Region::Pictured(path),
            _ => Region::Unavailable,
        },
        Err(ashpd::Error::Response(ResponseError::Cancelled)) => Region::Left,
        Err(_) => Region::Unavailable,
    }
}

/// Starts the system's own tool.
#[cfg(target_os = "macos")]
pub(crate) async fn region() -> Region {
    let path = std::env::temp_dir().join(format!("saldo-{}.png", std::process::id()));
    // Left by an attempt before, it would be taken for the answer to this one.
    let _ = std::fs::remove_file(&path);
    let mut tool = std::process::Command::new("/usr/sbin/screencapture");
    tool.args(["-i", "-t", "png"]).arg(&path);
    match tokio::task::spawn_blocking(move || tool.status()).await {
        Ok(Ok(_)) if path.exists() => Region::Pictured(path),
        Ok(Ok(_)) => Region::Left,
        _ => Region::Unavailable,
    }
}

/// The snipping tool gives its picture to the clipboard only; from there it is pasted.
#[cfg(windows)]
pub(crate) async fn region() -> Region {
    Region::Unavailable
}
