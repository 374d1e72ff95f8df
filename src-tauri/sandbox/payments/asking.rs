//! A bank that asks for its approval in the client's own window: how, then a code with a picture, sealed for the bank (6.2).

use super::book::{Payment, Stage};
use crate::{api::reply::ApiError, shared::Live};
use base64::{Engine, engine::general_purpose::STANDARD};
use older_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use rand::Rng;
use rsa::{Oaep, RsaPrivateKey, pkcs8::EncodePublicKey, sha2::Sha256};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};

/// So many wrong codes and the bank gives the payment up.
const MOST_WRONG: u8 = 3;
/// A picture of one pixel.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// The banks that ask, and the key with which they read answers.
#[derive(Default)]
pub(crate) struct Asking {
    banks: HashSet<String>,
    key: Option<RsaPrivateKey>,
}

/// Where the questions of a payment stand.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Questions {
    /// How the owner approves, once she has chosen.
    pub(crate) method: Option<Method>,
    /// The code that was sent to her telephone.
    pub(crate) code: Option<String>,
    wrong: u8,
}

/// A way to approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Method {
    /// A code by text message.
    Sms,
    /// A confirmation on the telephone.
    Push,
    /// The bank's own page.
    Page,
}

impl Asking {
    /// Lets a bank ask.
    pub(crate) fn begin(&mut self, bank: &str, seed: u64) {
        self.banks.insert(bank.to_owned());
        if self.key.is_none() {
            self.key = RsaPrivateKey::new(&mut ChaCha20Rng::seed_from_u64(seed), 2048)
                .inspect_err(|error| tracing::error!(%error, "no key could be made"))
                .ok();
        }
    }

    pub(crate) fn asks(&self, bank: &str) -> bool {
        self.banks.contains(bank)
    }

    /// The fields of a step that asks.
    pub(crate) fn question(&self, payment: &Payment) -> Value {
        let public = self.key.as_ref().and_then(|key| key.to_public_key().to_public_key_der().ok());
        let key = public.map(|der| STANDARD.encode(der.as_bytes()));
        match payment.questions.method {
            None => json!({ "input": {
                "type": "SELECT", "name": "scaMethod", "label": "How do you want to approve?",
                "selectOptions": [
                    { "value": "sms", "label": "Code by text message" },
                    { "value": "push", "label": "Confirm on my phone" },
                    { "value": "page", "label": "On the bank's page" },
                ],
            } }),
            Some(_) => json!({
                "inputSet": [
                    { "type": "IMAGE", "name": "picture", "label": "Word in the picture", "image": PICTURE },
                    { "type": "OTP", "name": "otp", "label": "Code from the message",
                      "description": "It was sent to the number that ends in 42." },
                    { "type": "DEVICE_NAME", "name": "device" },
                ],
                "inputsToEncrypt": ["otp"],
                "inputEncryptionConfig": { "method": "RSAES-OAEP/SHA-256", "publicKey": key },
            }),
        }
    }

    fn open(&self, sealed: &str) -> Option<String> {
        let bytes = STANDARD.decode(sealed).ok()?;
        String::from_utf8(self.key.as_ref()?.decrypt(Oaep::new::<Sha256>(), &bytes).ok()?).ok()
    }
}

impl Live {
    /// Whether the bank of a payment asks for something now.
    pub(crate) fn asks_for(&self, payment: &Payment) -> bool {
        let bank = payment.sender.map(|account| self.world.bank_of(account).id);
        let open = matches!(payment.questions.method, None | Some(Method::Sms));
        payment.stage == Stage::Open && open && bank.is_some_and(|bank| self.asking.asks(bank))
    }

    /// Takes an answer to what the bank asks. An empty one leaves the question as it is.
    pub(crate) fn answer(
        &mut self,
        place: usize,
        brought: &BTreeMap<String, String>,
        sealed: bool,
    ) -> Result<(), ApiError> {
        let code = format!("{:06}", self.dice.random_range(0..1_000_000));
        let payment = &mut self.kept.payments.payments[place];
        let text = |name: &str| brought.get(name).map(String::as_str);
        match payment.questions.method {
            _ if brought.is_empty() => {}
            None => {
                let method = match text("scaMethod") {
                    Some("sms") => Method::Sms,
                    Some("push") => Method::Push,
                    Some("page") => Method::Page,
                    _ => return Err(ApiError::input("scaMethod is not one of the options")),
                };
                payment.questions.method = Some(method);
                match method {
                    Method::Sms => payment.questions.code = Some(code),
                    Method::Push => payment.stage = Stage::Processing(2),
                    Method::Page => {}
                }
            }
            Some(_) => {
                if !sealed {
                    return Err(ApiError::input("otp must be encrypted"));
                }
                let otp = text("otp").and_then(|otp| self.asking.open(otp));
                let whole = ["picture", "device"].iter().all(|name| text(name).is_some_and(|text| !text.is_empty()));
                if whole && otp.is_some() && otp == payment.questions.code {
                    payment.stage = Stage::Processing(2);
                } else {
                    payment.questions.wrong += 1;
                    if payment.questions.wrong < MOST_WRONG {
                        return Err(ApiError::input("The code is not right"));
                    }
                    payment.stage = Stage::Failed;
                }
            }
        }
        Ok(())
    }
}
