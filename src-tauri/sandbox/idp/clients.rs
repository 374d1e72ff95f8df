//! Registered clients and the redirect addresses they may use.

/// A confidential client.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) secret: String,
    /// Registered redirect addresses.
    pub(crate) redirects: Vec<String>,
    /// Scopes the client may ask for.
    pub(crate) scopes: Vec<String>,
}

impl Client {
    /// Whether the redirect address is registered: the exact string, as Keycloak compares. A registered loopback address
    /// without a port (`http://localhost`) is taken with any port, as RFC 8252, 7.3 asks; what follows must still be the same,
    /// to the slash.
    pub(crate) fn may_redirect_to(&self, uri: &str) -> bool {
        self.redirects.iter().any(|registered| registered == uri || loopback(registered, uri))
    }
}

fn loopback(registered: &str, uri: &str) -> bool {
    ["http://localhost", "http://127.0.0.1", "http://[::1]"].iter().any(|host| {
        let (Some(path), Some(rest)) = (registered.strip_prefix(host), uri.strip_prefix(host)) else { return false };
        let Some(rest) = rest.strip_prefix(':') else { return false };
        let (port, found) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        path.chars().next().is_none_or(|c| c == '/')
            && port.bytes().all(|b| b.is_ascii_digit())
            && port.parse::<u16>().is_ok()
            && found == path
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_match_exactly_but_for_the_loopback_port() {
        let client = Client {
            id: "c".into(),
            secret: "s".into(),
            redirects: vec!["app.saldo.desktop:/oauth/callback".into(), "http://localhost".into()],
            scopes: vec![],
        };
        for good in ["app.saldo.desktop:/oauth/callback", "http://localhost", "http://localhost:49152"] {
            assert!(client.may_redirect_to(good), "{good}");
        }
        for bad in [
            "app.saldo.desktop:/oauth/callback/",
            "app.saldo.desktop:/oauth/callback?x=1",
            "app.saldo.desktop:/oauth",
            "app.saldo.desktop://oauth/callback",
            "App.saldo.desktop:/oauth/callback",
            "http://localhost/",
            "http://localhost:49152/",
            "http://localhost:49152/other",
            "http://localhost:49152/?x=1",
            "http://localhost:49152@evil.example/",
            "http://localhost.evil.example/",
            "http://localhost:99999",
            "http://localhost:+80",
            "http://127.0.0.1:49152",
            "https://localhost:49152",
            "",
        ] {
            assert!(!client.may_redirect_to(bad), "{bad}");
        }
    }
}
