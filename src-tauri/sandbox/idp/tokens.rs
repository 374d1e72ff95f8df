//! Signed tokens in the shape of JWTs. Clients are not to look inside; the signature makes them impossible to invent.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// What a token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Claims {
    /// `Bearer`, `Refresh` or `ID`.
    pub(crate) typ: String,
    /// Identifier of the token.
    pub(crate) jti: String,
    /// User session.
    pub(crate) sid: String,
    /// Client session.
    pub(crate) cs: String,
    /// Client.
    pub(crate) azp: String,
    pub(crate) iss: String,
    pub(crate) sub: String,
    /// Scopes, separated by spaces.
    pub(crate) scope: String,
    /// Seconds since 1970.
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) nonce: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<String>,
}

/// Signs with the realm's key.
pub(crate) fn sign(key: &str, claims: &Claims) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT","kid":"saldo-sandbox"}"#);
    let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).unwrap_or_default());
    let signature =
        mac(key, &format!("{header}.{body}")).map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
    format!("{header}.{body}.{}", signature.unwrap_or_default())
}

/// The claims of a token that the realm's key signed; `None` for anything else.
pub(crate) fn read(key: &str, token: &str) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (_, body) = signed.split_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    mac(key, signed)?.verify_slice(&signature).ok()?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()
}

fn mac(key: &str, text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

/// The S256 challenge of a verifier (RFC 7636, 4.2).
pub(crate) fn challenge(verifier: &str) -> String {
    use sha2::Digest;
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn only_the_own_key_opens_a_token() {
        let claims = Claims {
            typ: "Refresh".into(),
            jti: "j".into(),
            sid: "s".into(),
            cs: "c".into(),
            azp: "a".into(),
            iss: "i".into(),
            sub: "u".into(),
            scope: "ais".into(),
            iat: 1,
            exp: 2,
            nonce: None,
            roles: vec![],
        };
        let token = sign("key", &claims);
        assert_eq!(read("key", &token).unwrap().jti, "j");
        assert!(read("other", &token).is_none());
        assert!(read("key", &token.replacen('.', ".x", 1)).is_none());
        assert!(read("key", "not a token").is_none());
    }
}
