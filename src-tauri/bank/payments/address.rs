//! The bank's approval address: what may be handed to the system browser, and nothing else.

use crate::auth::is_loopback;
use url::{Host, Url};

/// Everifin's own limit for addresses (everifin-api.md 6.1); nothing longer is opened.
pub(super) const LONGEST: usize = 5_000;

/// An address that has been checked and may be opened in the system browser. Made by [`ApprovalAddress::check`] only.
#[derive(Clone, PartialEq, Eq)]
pub struct ApprovalAddress(String);

/// The address is not one that may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address that may be opened")]
pub(crate) struct AddressRefused;

impl ApprovalAddress {
    /// Checks an address that Everifin gave.
    ///
    /// A bank's page can be at any host, so any host is allowed under https on the default port, without user information.
    /// Plain http is allowed on loopback only, and only where the API itself is on loopback (`api_on_loopback`): the demo, a
    /// test. The raw text is looked at before it is parsed, because a parser forgives what a person would stumble over.
    ///
    /// Everifin's documentation shows its own redirector with `http:` (everifin-api.md 6.2); that one is opened under https.
    pub(crate) fn check(raw: &str, api_on_loopback: bool) -> Result<Self, AddressRefused> {
        if let Some(rest) = raw.strip_prefix("http://app.everifin.com/") {
            return Self::check(&format!("https://app.everifin.com/{rest}"), api_on_loopback);
        }
        let plain = !raw.is_empty() && raw.len() <= LONGEST && raw.bytes().all(|byte| byte.is_ascii_graphic());
        let strange =
            raw.bytes().any(|byte| matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'|' | b'^'));
        let spelled_out = raw.starts_with("https://") || raw.starts_with("http://");
        if !plain || strange || !spelled_out {
            return Err(AddressRefused);
        }
        let url = Url::parse(raw).map_err(|_| AddressRefused)?;
        let bare = url.username().is_empty() && url.password().is_none() && !authority(raw).contains('@');
        let allowed = match url.scheme() {
            // A name without a dot is one of this computer's own network, where no bank is.
            "https" if !is_loopback(&url) => {
                // The parser passes over slashes too many and decodes a host: it must be the one that stands there.
                let written = authority(raw).split(':').next().unwrap_or_default();
                let named = |name: &str| name.eq_ignore_ascii_case(written) && name.trim_matches('.').contains('.');
                url.port().is_none() && matches!(url.host(), Some(Host::Domain(name)) if named(name))
            }
            "http" | "https" => api_on_loopback && is_loopback(&url),
            _ => false,
        };
        if bare && allowed { Ok(Self(raw.to_owned())) } else { Err(AddressRefused) }
    }

    /// The address, to be handed to the system browser.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An approval address opens one person's payment: it is not for a log.
impl std::fmt::Debug for ApprovalAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApprovalAddress")
    }
}

/// The part between `//` and the path, as written.
fn authority(raw: &str) -> &str {
    let rest = raw.split_once("//").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p10_only_https_addresses_of_named_hosts_are_opened() {
        for good in [
            "https://moja.tatrabanka.sk/approve?state=a51048c5",
            "https://xn--bank-1ra.cz/p",
            "https://app.everifin.com/api/v1/ef/router?state=a51048c5f5f4487c935d70cc058d46ed#x",
        ] {
            assert!(ApprovalAddress::check(good, false).is_ok(), "{good}");
        }
        let long = format!("https://bank.sk/{}", "a".repeat(5_000));
        for bad in [
            "",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "app.saldo.desktop://payment.return/x",
            "http://bank.sk/p",
            "http://localhost:8080/p",
            "http://127.0.0.1/p",
            "https://127.0.0.1/p",
            "https://localhost/p",
            "https://[::1]/p",
            "https://10.0.0.7/p",
            "https://0x7f.1/p",
            "https://bank.sk:8443/p",
            "https://router/p",
            "https://https://bank.sk?@evil.example/",
            "https://user@bank.sk/p",
            "https://bank.sk@evil.example/p",
            "https://@bank.sk/p",
            "https:/bank.sk/p",
            "https:bank.sk",
            "https:///bank.sk/p",
            "https:///.://b.61n://k.cz/p",
            "https://./p",
            "https://bank%2esk/p",
            "HTTPS://bank.sk/p",
            " https://bank.sk/p",
            "https://bank.sk/p ",
            "https://bank.sk/\u{202e}p",
            "https://bánk.sk/p",
            "https://bank.sk\\@evil.example/p",
            "https://bank.sk/\tp",
            "https://",
            "data:text/html,hi",
            long.as_str(),
        ] {
            assert!(ApprovalAddress::check(bad, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn loopback_is_opened_only_beside_a_loopback_api() {
        for local in ["http://127.0.0.1:40123/bank/approve?p=1", "http://localhost:1/x", "http://[::1]:9/x"] {
            assert!(ApprovalAddress::check(local, true).is_ok(), "{local}");
            assert!(ApprovalAddress::check(local, false).is_err(), "{local}");
        }
        assert!(ApprovalAddress::check("http://bank.sk/p", true).is_err(), "plain http stays on loopback");
        assert!(ApprovalAddress::check("https://bank.sk/p", true).is_ok());
    }

    #[test]
    fn everifins_own_redirector_is_opened_under_https() {
        let address = ApprovalAddress::check("http://app.everifin.com/api/v1/ef/router?state=a5", false).unwrap();
        assert_eq!(address.as_str(), "https://app.everifin.com/api/v1/ef/router?state=a5");
        assert!(ApprovalAddress::check("http://app.everifin.com.evil.example/x", false).is_err());
        assert!(ApprovalAddress::check("http://app.everifin.com:80/x", false).is_err());
    }

    #[test]
    fn an_address_is_not_printed() {
        let address = ApprovalAddress::check("https://bank.sk/secret", false).unwrap();
        assert!(!format!("{address:?}").contains("secret"));
    }
}
