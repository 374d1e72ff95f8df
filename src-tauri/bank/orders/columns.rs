//! What the columns of a table of payments mean, by their names in four languages. A name that does not stand here is not guessed at.

use crate::statements::csv::folded;
use serde::Serialize;
use specta::Type;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OrderColumn {
    /// The payee's name.
    Payee,
    /// The payee's account, an IBAN or a domestic number.
    Account,
    /// The code of the payee's bank, for a domestic number without one.
    BankCode,
    /// The amount.
    Amount,
    /// Its currency.
    Currency,
    /// The day to pay on.
    Day,
    /// Variable symbol.
    Variable,
    /// Specific symbol.
    Specific,
    /// Constant symbol.
    Constant,
    /// A creditor reference, or symbols in one text.
    Reference,
    /// The message for the payee.
    Message,
    /// The account to pay from.
    Payer,
}

/// Names as they are folded: small letters without diacritics, and nothing but letters and digits.
const NAMES: &[(OrderColumn, &[&str])] = &[
    (
        OrderColumn::Payee,
        &[
            "prijemca",
            "prijemce",
            "nazovprijemcu",
            "nazevprijemce",
            "menoprijemcu",
            "jmenoprijemce",
            "nazovpartnera",
            "nazevpartnera",
            "partner",
            "dodavatel",
            "protistrana",
            "nazovprotiuctu",
            "nazovuctuprotiuctu",
            "nazevuctuprotiuctu",
            "nazevprotiuctu",
            "nazov",
            "nazev",
            "meno",
            "jmeno",
            "payee",
            "payeename",
            "beneficiary",
            "beneficiaryname",
            "recipient",
            "recipientname",
            "name",
            "supplier",
            "creditor",
            "creditorname",
            "empfanger",
            "empfangername",
            "nameempfanger",
            "namedesempfangers",
            "begunstigter",
            "zahlungsempfanger",
            "lieferant",
        ],
    ),
    (
        OrderColumn::Account,
        &[
            "iban",
            "ibanprijemcu",
            "ibanprijemce",
            "ucetprijemcu",
            "ucetprijemce",
            "cislouctuprijemcu",
            "cislouctuprijemce",
            "ucet",
            "cislouctu",
            "protiucet",
            "cisloprotiuctu",
            "cislouctuprotiuctu",
            "ibanprotiuctu",
            "ucetpartnera",
            "bankovniucet",
            "bankovyucet",
            "account",
            "accountnumber",
            "payeeaccount",
            "payeeiban",
            "beneficiaryaccount",
            "beneficiaryiban",
            "recipientaccount",
            "recipientiban",
            "creditoraccount",
            "creditoriban",
            "konto",
            "kontonummer",
            "ibanempfanger",
            "ibandesempfangers",
            "empfangeriban",
            "empfangerkonto",
            "bankkonto",
        ],
    ),
    (
        OrderColumn::BankCode,
        &["kodbanky", "kodbankyprijemcu", "kodbankyprijemce", "kodbankyprotiuctu", "bankcode", "bankleitzahl", "blz"],
    ),
    (
        OrderColumn::Amount,
        &[
            "suma",
            "ciastka",
            "castka",
            "objem",
            "kuhrade",
            "kuhrada",
            "sumakuhrade",
            "castkakuhrade",
            "amount",
            "total",
            "amountdue",
            "betrag",
            "summe",
            "zahlbetrag",
        ],
    ),
    (OrderColumn::Currency, &["mena", "kodmeny", "currency", "currencycode", "ccy", "wahrung"]),
    (
        OrderColumn::Day,
        &[
            "datumsplatnosti",
            "splatnost",
            "datumsplatnost",
            "datumuhrady",
            "datumplatby",
            "denuhrady",
            "datum",
            "datumprevodu",
            "duedate",
            "paymentdate",
            "executiondate",
            "date",
            "payon",
            "falligkeit",
            "falligam",
            "falligkeitsdatum",
            "ausfuhrungsdatum",
            "zahlungsdatum",
            "ausfuhrungam",
        ],
    ),
    (OrderColumn::Variable, &["vs", "variabilnysymbol", "variabilnisymbol", "variablesymbol", "varsymbol"]),
    (OrderColumn::Specific, &["ss", "specifickysymbol", "specifickysymbol1", "specificsymbol"]),
    (OrderColumn::Constant, &["ks", "konstantnysymbol", "konstantnisymbol", "constantsymbol"]),
    (
        OrderColumn::Reference,
        &[
            "referencia",
            "reference",
            "referenciaplatitela",
            "referenceplatce",
            "referenz",
            "endtoendid",
            "creditorreference",
            "paymentreference",
            "zahlungsreferenz",
        ],
    ),
    (
        OrderColumn::Message,
        &[
            "spravapreprijemcu",
            "zpravaproprijemce",
            "informaciapreprijemcu",
            "informaceproprijemce",
            "sprava",
            "zprava",
            "ucelplatby",
            "poznamka",
            "popis",
            "message",
            "messageforpayee",
            "messageforrecipient",
            "remittanceinformation",
            "description",
            "note",
            "details",
            "verwendungszweck",
            "zahlungszweck",
            "nachricht",
            "mitteilung",
        ],
    ),
    (
        OrderColumn::Payer,
        &[
            "ucetplatitela",
            "ucetplatce",
            "ibanplatitela",
            "ibanplatce",
            "cislouctuplatitela",
            "cislouctuplatce",
            "zuctu",
            "mojucet",
            "mujucet",
            "fromaccount",
            "payeraccount",
            "payeriban",
            "debtoraccount",
            "debtoriban",
            "auftraggeberkonto",
            "auftraggeberiban",
            "ibanauftraggeber",
            "vonkonto",
        ],
    ),
];

/// What a name means.
pub(super) fn meaning(name: &str) -> Option<OrderColumn> {
    let name = folded(name);
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
}

/// How many of these are names of columns; none where a payment could not be made of them.
pub(super) fn known<'n>(names: impl Iterator<Item = &'n str>) -> Option<usize> {
    let known: Vec<OrderColumn> = names.filter_map(meaning).collect();
    missing(&known).is_empty().then_some(known.len())
}

/// The columns without which there is no payment.
pub(super) fn missing(known: &[OrderColumn]) -> Vec<OrderColumn> {
    let needed = [OrderColumn::Payee, OrderColumn::Account, OrderColumn::Amount];
    needed.into_iter().filter(|column| !known.contains(column)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_folded_and_mean_one_thing() {
        let all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "a name stands there twice");
        for name in all {
            assert_eq!(folded(name), name);
        }
        assert_eq!(meaning("IBAN príjemcu"), Some(OrderColumn::Account));
        assert_eq!(meaning("Částka"), Some(OrderColumn::Amount));
        assert_eq!(meaning("Fällig am"), Some(OrderColumn::Day));
        assert_eq!(meaning("Due date"), Some(OrderColumn::Day));
        assert_eq!(meaning("Kdovie"), None);
    }

    #[test]
    fn what_a_payment_needs_is_told() {
        assert_eq!(known(["Payee", "IBAN", "Amount", "?"].into_iter()), Some(3));
        assert_eq!(known(["Payee", "Amount"].into_iter()), None);
        assert_eq!(missing(&[OrderColumn::Amount]), [OrderColumn::Payee, OrderColumn::Account]);
    }
}
