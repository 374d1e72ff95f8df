//! What a bank wants typed before it goes on: the fields of an INPUT step (everifin-api.md 6.2).
//!
//! Only a part of the types is documented. A field of a type that Saldo does not know is text, under its own name: nothing is
//! guessed. Where a field cannot be read at all the set is unreadable as a whole: a part of an answer is no answer.

use super::exact::{Text, lenient};
use super::sealing::SealingKey;
use super::{accounts::words, wire};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use specta::Type;
use std::collections::BTreeSet;

/// Names that are always sealed. Documented.
const ALWAYS_SEALED: [&str; 3] = ["userId", "userPassword", "otp"];
/// The most fields, and choices of a field, that are shown.
const MOST_FIELDS: usize = 20;
const MOST_OPTIONS: usize = 200;
/// The longest name, and the longest text beside a field, in characters.
const LONGEST_NAME: usize = 100;
const LONGEST_TEXT: usize = 500;
/// The largest picture, as base64.
const LARGEST_PICTURE: usize = 256 * 1024;

/// What is asked in one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSet {
    /// The fields in the bank's order, each name once.
    pub fields: Vec<InputField>,
    /// The key for the fields that are sealed; none where none came that may be used.
    pub key: Option<SealingKey>,
}

/// One thing to type or to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InputField {
    /// What the bank calls it; goes back with the answer.
    pub name: String,
    /// How it is typed.
    pub kind: InputKind,
    /// What people call it, where the bank says.
    pub label: Option<String>,
    /// More about it.
    pub description: Option<String>,
    /// What can be chosen.
    pub options: Vec<InputOption>,
    /// A picture that belongs to it, as a `data:` address of a PNG, JPEG or GIF.
    pub picture: Option<String>,
    /// Whether only the bank may read the answer.
    pub sealed: bool,
}

/// How a field is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum InputKind {
    /// A line of text.
    Text,
    /// Digits.
    Number,
    /// A password.
    Password,
    /// A code that is good once.
    Code,
    /// One of the options.
    Select,
    /// What the picture shows.
    Picture,
    /// A type that Saldo does not know: a line of text.
    Other,
}

/// One of the things that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InputOption {
    /// What goes back.
    pub value: String,
    /// What people read.
    pub label: String,
}

impl InputSet {
    /// Whether everything that only the bank may read can be sealed.
    pub fn can_be_sealed(&self) -> bool {
        self.key.is_some() || !self.fields.iter().any(|field| field.sealed)
    }
}

/// Reads what a step asks for; none where it cannot be read.
pub(super) fn read(step: &wire::Step<'_>) -> Option<InputSet> {
    let raw: Vec<&RawValue> = match step.input_set {
        Some(set) => serde_json::from_str(set.get()).ok()?,
        None => vec![step.input?],
    };
    // What cannot be read as names could have named any of the fields.
    let sealed: BTreeSet<String> = match step.inputs_to_encrypt {
        Some(names) => serde_json::from_str(names.get()).ok()?,
        None => BTreeSet::new(),
    };
    let fields = raw.iter().map(|raw| field(raw, &sealed)).collect::<Option<Vec<_>>>()?;
    let names: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let usable = (1..=MOST_FIELDS).contains(&fields.len()) && names.len() == fields.len();
    let whole = sealed.iter().all(|name| names.contains(name.as_str()));
    let key = step.input_encryption_config.and_then(SealingKey::read);
    (usable && whole).then_some(InputSet { fields, key })
}

fn field(raw: &RawValue, sealed: &BTreeSet<String>) -> Option<InputField> {
    let field: wire::Input = serde_json::from_str(raw.get()).ok()?;
    let name = words(Some(field.name)).filter(|name| name.chars().count() <= LONGEST_NAME && plain(name) == *name)?;
    let word = lenient::<Text>(field.kind).and_then(|text| text.0).unwrap_or_default().to_ascii_uppercase();
    let kind = match word.as_str() {
        "TEXT" => InputKind::Text,
        "NUMBER" => InputKind::Number,
        "PASSWORD" => InputKind::Password,
        "OTP" => InputKind::Code,
        "SELECT" => InputKind::Select,
        word if word.starts_with("IMAGE") => InputKind::Picture,
        _ => InputKind::Other,
    };
    let options = match kind {
        InputKind::Select => options(field.select_options?)?,
        _ => Vec::new(),
    };
    Some(InputField {
        sealed: sealed.contains(&name) || ALWAYS_SEALED.contains(&name.as_str()) || kind == InputKind::Password,
        label: shown(field.label),
        description: shown(field.description).or_else(|| shown(field.input_message)),
        picture: match field.image {
            Some(image) => Some(picture(&lenient::<Text>(Some(image))?.0?)?),
            None => None,
        },
        name,
        kind,
        options,
    })
}

fn options(raw: &RawValue) -> Option<Vec<InputOption>> {
    let raw: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
    let options = raw.into_iter().map(option).collect::<Option<Vec<_>>>()?;
    let values: BTreeSet<&str> = options.iter().map(|option| option.value.as_str()).collect();
    ((1..=MOST_OPTIONS).contains(&options.len()) && values.len() == options.len()).then_some(options)
}

/// A choice: a text, or an object of a value and a label. Inferred.
fn option(raw: &RawValue) -> Option<InputOption> {
    if let Some(text) = lenient::<Text>(Some(raw)).and_then(|text| text.0) {
        return Some(InputOption { label: plain(&text), value: text });
    }
    let option: wire::SelectOption = serde_json::from_str(raw.get()).ok()?;
    let value = words(option.value)?;
    Some(InputOption { label: shown(option.label).unwrap_or_else(|| plain(&value)), value })
}

/// A text for people: of this length at most, and without characters that make it read as another.
fn shown(raw: Option<&RawValue>) -> Option<String> {
    let text: String = plain(&lenient::<Text>(raw)?.0?).chars().take(LONGEST_TEXT).collect();
    (!text.trim().is_empty()).then_some(text)
}

fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !c.is_control() && !turns(*c)).collect()
}

/// A picture as a `data:` address; its kind is what its first bytes say. None for anything that is not one.
fn picture(text: &str) -> Option<String> {
    let base64 =
        text.strip_prefix("data:").map_or(Some(text), |rest| rest.split_once("base64,").map(|(_, data)| data))?;
    if base64.len() > LARGEST_PICTURE {
        return None;
    }
    let bytes = STANDARD.decode(base64).ok()?;
    let kind = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, 0xff, ..] => "jpeg",
        [b'G', b'I', b'F', b'8', ..] => "gif",
        _ => return None,
    };
    Some(format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::everifin::NextStep;
    use crate::everifin::payments::step;
    use serde_json::{Value, json};

    fn asked(more: &Value) -> Option<InputSet> {
        let mut data = json!({ "id": 1, "status": "CREATED", "type": "INPUT" });
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        match step(&data.to_string()).unwrap().next {
            NextStep::Input(set) => set,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_set_and_a_single_field_are_read() {
        let set = asked(&json!({ "inputSet": [
            { "type": "SELECT", "name": "method", "label": "How", "selectOptions": [
                { "value": "sms", "label": "Text message" }, { "value": 2 }, "card"
            ] },
            { "type": "NUMBER", "name": "amount", "description": "Of the\u{202e} payment" },
            { "type": "PIN_PAD", "name": "pad", "label": "Grid" },
            { "name": "bare", "inputMessage": "Whatever" }
        ] }))
        .unwrap();
        let kinds: Vec<_> = set.fields.iter().map(|field| field.kind).collect();
        assert_eq!(kinds, [InputKind::Select, InputKind::Number, InputKind::Other, InputKind::Other]);
        let values: Vec<_> = set.fields[0].options.iter().map(|o| (o.value.as_str(), o.label.as_str())).collect();
        assert_eq!(values, [("sms", "Text message"), ("2", "2"), ("card", "card")]);
        assert_eq!(set.fields[1].description.as_deref(), Some("Of the payment"));
        assert_eq!(set.fields[3].description.as_deref(), Some("Whatever"));
        assert!(set.fields.iter().all(|field| !field.sealed) && set.can_be_sealed());

        let one = asked(&json!({ "input": { "type": "TEXT", "name": "city" } })).unwrap();
        assert_eq!((one.fields.len(), one.fields[0].name.as_str()), (1, "city"));
    }

    #[test]
    fn what_only_the_bank_may_read_is_sealed_or_not_asked() {
        for (name, kind) in [("otp", "OTP"), ("userId", "TEXT"), ("userPassword", "TEXT"), ("pin", "PASSWORD")] {
            let set = asked(&json!({ "input": { "type": kind, "name": name } })).unwrap();
            assert!(set.fields[0].sealed && !set.can_be_sealed(), "{name}: no key came");
        }
        let named = json!({ "input": { "type": "TEXT", "name": "answer" }, "inputsToEncrypt": ["answer"] });
        assert!(asked(&named).unwrap().fields[0].sealed);
        let bad_key = json!({ "input": { "type": "OTP", "name": "otp" },
                              "inputEncryptionConfig": { "method": "NONE", "key": "AAAA" } });
        assert!(!asked(&bad_key).unwrap().can_be_sealed());
    }

    #[test]
    fn pictures_are_what_their_bytes_say() {
        let png = STANDARD.encode([0x89, b'P', b'N', b'G', 13, 10]);
        let field = |image: &str| asked(&json!({ "input": { "type": "IMAGE_PNG", "name": "code", "image": image } }));
        for text in [png.clone(), format!("data:text/html;base64,{png}")] {
            let set = field(&text).unwrap();
            assert_eq!(set.fields[0].kind, InputKind::Picture);
            assert_eq!(set.fields[0].picture.as_deref(), Some(format!("data:image/png;base64,{png}").as_str()));
        }
        let svg = STANDARD.encode("<svg onload='x()'/>");
        for bad in ["", "https://bank.sk/code.png", "data:image/png,abc", &svg, &"A".repeat(LARGEST_PICTURE + 4)] {
            assert_eq!(field(bad), None, "{}", &bad[..bad.len().min(40)]);
        }
    }

    #[test]
    fn a_set_of_which_a_part_cannot_be_read_is_unreadable() {
        let text = |name: &str| json!({ "type": "TEXT", "name": name });
        for bad in [
            json!({}),
            json!({ "inputSet": [] }),
            json!({ "inputSet": {} }),
            json!({ "inputSet": [text("a"), text("a")] }),
            json!({ "inputSet": [text("a"), { "type": "TEXT" }] }),
            json!({ "inputSet": (0..=MOST_FIELDS).map(|n| text(&n.to_string())).collect::<Vec<_>>() }),
            json!({ "input": text("a\u{202e}b") }),
            json!({ "input": text(&"n".repeat(LONGEST_NAME + 1)) }),
            json!({ "input": text("a"), "inputsToEncrypt": "a" }),
            json!({ "input": text("a"), "inputsToEncrypt": ["b"] }),
            json!({ "input": { "type": "SELECT", "name": "m" } }),
            json!({ "input": { "type": "SELECT", "name": "m", "selectOptions": [] } }),
            json!({ "input": { "type": "SELECT", "name": "m", "selectOptions": [{ "label": "x" }] } }),
            json!({ "input": { "type": "SELECT", "name": "m", "selectOptions": ["a", "a"] } }),
        ] {
            assert_eq!(asked(&bad), None, "{bad}");
        }
    }
}
