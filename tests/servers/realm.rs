//! The realm that all three servers serve: `realm.json`, as Keycloak imports it.

use serde_json::Value;
use std::sync::LazyLock;

/// The file.
pub(crate) static REALM: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(include_str!("realm.json")).unwrap());

/// The realm's name.
pub(crate) fn name() -> &'static str {
    text("/realm")
}

/// The one client's identifier.
pub(crate) fn client_id() -> &'static str {
    text("/clients/0/clientId")
}

/// Its secret, made up.
pub(crate) fn client_secret() -> &'static str {
    text("/clients/0/secret")
}

/// Saldo's own redirect address.
pub(crate) fn deep_link() -> &'static str {
    text("/clients/0/redirectUris/0")
}

/// Everybody's password.
pub(crate) fn password() -> &'static str {
    text("/users/0/credentials/0/value")
}

fn text(place: &str) -> &'static str {
    REALM.pointer(place).and_then(Value::as_str).unwrap_or_else(|| panic!("realm.json has no {place}"))
}
