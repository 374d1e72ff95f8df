//! The OS keychain, and the type that keeps a secret from being printed.

/// A value that is never printed and never serialised.
#[derive(Clone, serde::Deserialize)]
#[serde(transparent)]
pub struct Secret<T>(T);

impl<T> std::fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<redacted>")
    }
}
