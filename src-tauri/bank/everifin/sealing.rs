//! Sealing what only the bank may read: RSAES-OAEP with SHA-256, the one method that Everifin documents (everifin-api.md 6.2).
//!
//! The shape of `inputEncryptionConfig` is not documented, so it is read leniently: a key as PEM, as DER in base64, or as a JWK,
//! alone or in an object beside the method's name. A method of another name, or a short key, is refused: nothing is then typed.

use super::exact::{Text, lenient};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::CryptoRng;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::{DecodePublicKey, EncodePublicKey};
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, Oaep, RsaPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::Sha256;
use std::collections::BTreeMap;

/// The method's name in the header. Documented.
pub(super) const METHOD: &str = "RSAES-OAEP/SHA-256";
/// The shortest key that is used, in bits.
const SHORTEST_KEY: usize = 2048;
/// The longest key that is looked at, as text.
const LONGEST_TEXT: usize = 8 * 1024;
/// The longest text that the shortest key seals, in bytes (RFC 8017, 7.1.1).
pub(crate) const MOST_SEALED: usize = SHORTEST_KEY / 8 - 2 * 32 - 2;

/// Names under which the key and the method may stand. Inferred.
const KEYS: [&str; 5] = ["publicKey", "key", "encryptionKey", "pem", "jwk"];
const METHODS: [&str; 5] = ["method", "encryptionMethod", "algorithm", "alg", "type"];

/// A key that seals; public, so that it may be kept. DER in base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealingKey(String);

impl SealingKey {
    /// Reads the key out of `inputEncryptionConfig`; none where there is none that may be used.
    pub(super) fn read(config: &RawValue) -> Option<Self> {
        let key = key_in(config)?;
        let long_enough = key.n().bits() >= SHORTEST_KEY;
        long_enough.then(|| key.to_public_key_der().ok())?.map(|der| Self(STANDARD.encode(der.as_bytes())))
    }

    /// Seals a text of at most [`MOST_SEALED`] bytes; base64. None where it cannot be sealed.
    pub(crate) fn seal(&self, text: &str, rng: &mut impl CryptoRng) -> Option<String> {
        let key = RsaPublicKey::from_public_key_der(&STANDARD.decode(&self.0).ok()?).ok()?;
        let sealed = key.encrypt(&mut Drawn(rng), Oaep::new::<Sha256>(), text.as_bytes()).ok()?;
        Some(STANDARD.encode(sealed))
    }
}

/// The key, alone or in an object whose method, where one is named, is the documented one.
fn key_in(config: &RawValue) -> Option<RsaPublicKey> {
    if let Some(text) = lenient::<Text>(Some(config)) {
        return key_of_text(&text.0?);
    }
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(config.get()).ok()?;
    if object.contains_key("n") {
        return key_of_jwk(config);
    }
    let named: Vec<&RawValue> = METHODS.iter().filter_map(|name| object.get(*name).copied()).collect();
    let ours =
        |method: &RawValue| lenient::<Text>(Some(method)).and_then(|text| text.0).is_some_and(|text| is_ours(&text));
    if !named.into_iter().all(ours) {
        return None;
    }
    let key = KEYS.iter().find_map(|name| object.get(*name).copied())?;
    match lenient::<Text>(Some(key)) {
        Some(text) => key_of_text(&text.0?),
        None => key_of_jwk(key),
    }
}

/// Everifin's name of the method, and the one that JWKs have for it (RFC 7518, 4.3).
fn is_ours(method: &str) -> bool {
    [METHOD, "RSA-OAEP-256"].iter().any(|name| name.eq_ignore_ascii_case(method))
}

fn key_of_text(text: &str) -> Option<RsaPublicKey> {
    if text.len() > LONGEST_TEXT {
        return None;
    }
    let inside = match text.trim().strip_prefix("-----BEGIN ") {
        Some(pem) => pem.split_once("-----")?.1.split_once("-----END ")?.0,
        None => text,
    };
    let compact: String = inside.chars().filter(|c| !c.is_whitespace()).collect();
    let der = STANDARD.decode(compact).ok()?;
    RsaPublicKey::from_public_key_der(&der).or_else(|_| RsaPublicKey::from_pkcs1_der(&der).map_err(|_| ())).ok()
}

/// A key as RFC 7517 writes it. Inferred.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    alg: Option<String>,
    n: String,
    e: String,
}

fn key_of_jwk(raw: &RawValue) -> Option<RsaPublicKey> {
    let jwk: Jwk = serde_json::from_str(raw.get()).ok()?;
    if jwk.kty != "RSA" || jwk.n.len() > LONGEST_TEXT || !jwk.alg.is_none_or(|alg| is_ours(&alg)) {
        return None;
    }
    let number =
        |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok().map(|n| BigUint::from_bytes_be(&n));
    RsaPublicKey::new(number(&jwk.n)?, number(&jwk.e)?).ok()
}

/// Our generator in the words of the `rsa` crate, which knows an older set of traits.
struct Drawn<'r, R>(&'r mut R);

impl<R: CryptoRng> rsa::rand_core::RngCore for Drawn<'_, R> {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, to: &mut [u8]) {
        self.0.fill_bytes(to);
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        self.0.fill_bytes(to);
        Ok(())
    }
}

impl<R: CryptoRng> rsa::rand_core::CryptoRng for Drawn<'_, R> {}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use rsa::RsaPrivateKey;
    use rsa::pkcs1::EncodeRsaPublicKey;
    use serde_json::{Value, json};
    use std::sync::LazyLock;

    pub(crate) static PAIR: LazyLock<RsaPrivateKey> = LazyLock::new(|| pair(2048));

    fn pair(bits: usize) -> RsaPrivateKey {
        RsaPrivateKey::new(&mut Drawn(&mut StdRng::seed_from_u64(1)), bits).unwrap()
    }

    fn read(config: &Value) -> Option<SealingKey> {
        SealingKey::read(&RawValue::from_string(config.to_string()).unwrap())
    }

    fn der(key: &RsaPrivateKey) -> String {
        STANDARD.encode(key.to_public_key().to_public_key_der().unwrap().as_bytes())
    }

    fn forms() -> Vec<Value> {
        let (public, der) = (PAIR.to_public_key(), der(&PAIR));
        let pkcs1 = STANDARD.encode(public.to_pkcs1_der().unwrap().as_bytes());
        let number = |n: &BigUint| URL_SAFE_NO_PAD.encode(n.to_bytes_be());
        let jwk = json!({ "kty": "RSA", "n": number(public.n()), "e": number(public.e()) });
        vec![
            json!(der),
            json!(pkcs1),
            json!(format!(
                "-----BEGIN PUBLIC KEY-----\r\n{}\r\n{}\r\n-----END PUBLIC KEY-----\r\n",
                &der[..64],
                &der[64..]
            )),
            json!(format!("-----BEGIN RSA PUBLIC KEY-----\n{pkcs1}\n-----END RSA PUBLIC KEY-----")),
            jwk.clone(),
            json!({ "method": METHOD, "key": der }),
            json!({ "encryptionMethod": "rsaes-oaep/sha-256", "publicKey": der, "validUntil": 5 }),
            json!({ "algorithm": "RSA-OAEP-256", "jwk": jwk }),
            json!({ "publicKey": pkcs1 }),
        ]
    }

    #[test]
    fn every_usual_form_of_a_key_is_the_same_key() {
        let whole = SealingKey(der(&PAIR));
        for form in forms() {
            assert_eq!(read(&form), Some(whole.clone()), "{form}");
        }
    }

    #[test]
    fn only_the_holder_of_the_key_reads_what_was_sealed() {
        let key = SealingKey(der(&PAIR));
        let mut rng = StdRng::seed_from_u64(2);
        let longest = "á".repeat(MOST_SEALED / 2);
        for text in ["", "482 913", longest.as_str()] {
            let sealed = key.seal(text, &mut rng).unwrap();
            let opened = PAIR.decrypt(Oaep::new::<Sha256>(), &STANDARD.decode(&sealed).unwrap()).unwrap();
            assert_eq!(String::from_utf8(opened).unwrap(), text);
            assert_ne!(key.seal(text, &mut rng).unwrap(), sealed, "sealed anew each time");
        }
        assert_eq!(key.seal(&"x".repeat(MOST_SEALED + 1), &mut rng), None);
    }

    #[test]
    fn other_methods_and_what_is_no_key_are_refused() {
        let der_text = der(&PAIR);
        for bad in [
            json!(null),
            json!(""),
            json!("AAAA"),
            json!(der(&pair(1024))),
            json!(7),
            json!([der_text]),
            json!({ "key": der_text, "method": "RSA1_5" }),
            json!({ "key": der_text, "method": "RSAES-OAEP/SHA-1" }),
            json!({ "key": der_text, "method": METHOD, "alg": "A256KW" }),
            json!({ "key": der_text, "method": null }),
            json!({ "method": METHOD }),
            json!({ "key": "A".repeat(LONGEST_TEXT + 1) }),
            json!({ "kty": "EC", "n": "AQAB", "e": "AQAB" }),
            json!({ "kty": "RSA", "n": "", "e": "AQAB" }),
        ] {
            assert_eq!(read(&bad), None, "{bad}");
        }
    }
}
