//! What the names of columns mean. A name that does not stand here is not guessed at.

use crate::store::fold::fold;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Meaning {
    /// Nothing that Saldo reads.
    Nothing,
    /// The booking date.
    Booked,
    /// The value date.
    Value,
    /// The amount, signed unless [`Meaning::Side`] stands beside it.
    Amount,
    /// The amount of what went out.
    Debit,
    /// The amount of what came in.
    Credit,
    /// Whether the amount went out or came in.
    Side,
    /// The currency of the amount.
    Currency,
    /// The balance after the row.
    Balance,
    /// The owner's account.
    OwnAccount,
    /// The bank's number of the transaction.
    Id,
    /// The counterparty's name.
    Counterparty,
    /// The counterparty's account.
    CounterpartyAccount,
    /// The code of the counterparty's bank.
    CounterpartyBank,
    /// Variable symbol.
    Variable,
    /// Constant symbol.
    Constant,
    /// Specific symbol.
    Specific,
    /// Another reference.
    Reference,
    /// The message for the payee.
    Message,
    /// The bank's own text.
    Description,
}

/// Names as they are folded: small letters without diacritics, and nothing but letters and digits.
const NAMES: &[(Meaning, &[&str])] = &[
    (
        Meaning::Booked,
        &[
            "datum",
            "date",
            "bookingdate",
            "datumzauctovani",
            "datumzuctovani",
            "datumzauctovania",
            "datumzuctovania",
            "datumprovedeni",
            "datumtransakcie",
            "datumtransakce",
            "datumpohybu",
            "buchungstag",
            "buchungsdatum",
        ],
    ),
    (Meaning::Value, &["datumvaluty", "valuta", "valuedate", "datumvaluta", "wertstellung", "valutadatum"]),
    (
        Meaning::Amount,
        &["objem", "castka", "ciastka", "suma", "amount", "betrag", "umsatz", "castkavmeneuctu", "sumavmeneuctu"],
    ),
    (Meaning::Debit, &["md", "debet", "debit", "vydaj", "vydaje", "madati", "soll", "odchozi", "odchadzajuce"]),
    (Meaning::Credit, &["dal", "kredit", "credit", "prijem", "prijmy", "dalo", "haben", "prichozi", "prichadzajuce"]),
    (
        Meaning::Side,
        &["debitcredit", "creditdebit", "debetkredit", "kreditdebet", "dc", "cd", "smer", "smerplatby", "sollhaben"],
    ),
    (Meaning::Currency, &["mena", "currency", "ccy", "wahrung", "menauctu"]),
    (Meaning::Balance, &["zustatek", "zostatok", "balance", "saldo", "zustatekpotransakci", "zostatokpotransakcii"]),
    (Meaning::OwnAccount, &["cislouctu", "ucet", "account", "vlastniucet", "mojucet", "ibanuctu", "konto"]),
    (
        Meaning::Id,
        &[
            "idoperace",
            "idtransakce",
            "idtransakcie",
            "idpohybu",
            "transactionid",
            "id",
            "referencebanky",
            "cislotransakce",
        ],
    ),
    (
        Meaning::Counterparty,
        &[
            "nazevuctu",
            "nazevprotiuctu",
            "nazevuctuprotiuctu",
            "nazovuctuprotiuctu",
            "nazovprotiuctu",
            "nazovpartnera",
            "protistrana",
            "partner",
            "counterparty",
            "counterpartyname",
            "jmenoprotistrany",
            "prijemceplatce",
            "name",
        ],
    ),
    (
        Meaning::CounterpartyAccount,
        &[
            "protiucet",
            "cisloprotiuctu",
            "cislouctuprotiuctu",
            "ibanprotiuctu",
            "ucetprotistrany",
            "ucetpartnera",
            "counterpartyaccount",
            "counterpartyiban",
        ],
    ),
    (Meaning::CounterpartyBank, &["kodbanky", "kodbankyprotiuctu", "bankaprotiuctu", "bankcode"]),
    (Meaning::Variable, &["vs", "variabilnisymbol", "variabilnysymbol", "variablesymbol"]),
    (Meaning::Constant, &["ks", "konstantnisymbol", "konstantnysymbol", "constantsymbol"]),
    (Meaning::Specific, &["ss", "specifickysymbol", "specificsymbol"]),
    (Meaning::Reference, &["reference", "referencia", "referenceplatce", "referenciaplatitela", "endtoendid"]),
    (
        Meaning::Message,
        &[
            "zpravaproprijemce",
            "spravapreprijemcu",
            "informaciaprijemcovi",
            "message",
            "verwendungszweck",
            "ucelplatby",
            "zprava",
            "sprava",
        ],
    ),
    (
        Meaning::Description,
        &["popis", "description", "oznaceni", "oznacenioperace", "typoperacie", "typ", "poznamka", "buchungstext"],
    ),
];

/// What a name means.
pub(super) fn meaning(name: &str) -> Meaning {
    let name = folded(name);
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map_or(Meaning::Nothing, |(meaning, _)| *meaning)
}

/// A name for comparing.
pub(crate) fn folded(name: &str) -> String {
    fold(name).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether rows can be made of these columns: a day, and an amount in one column or in two.
pub(super) fn has_essentials(columns: &[Meaning]) -> bool {
    let has = |meaning| columns.contains(&meaning);
    (has(Meaning::Booked) || has(Meaning::Value))
        && (has(Meaning::Amount) || (has(Meaning::Debit) && has(Meaning::Credit)))
}

/// Whether a word says that money went out; none for a word that is not known.
pub(super) fn is_out(side: &str) -> Option<bool> {
    match fold(side).trim() {
        "d" | "debit" | "debet" | "dr" | "dbit" | "-" | "vydaj" | "odchozi" | "odchadzajuca" | "out" | "s" => {
            Some(true)
        }
        "c" | "credit" | "kredit" | "cr" | "crdt" | "+" | "prijem" | "prichozi" | "prichadzajuca" | "in" | "h" => {
            Some(false)
        }
        _ => None,
    }
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
        assert_eq!(meaning("Číslo protiúčtu"), Meaning::CounterpartyAccount);
        assert_eq!(meaning(" Debit/Credit "), Meaning::Side);
        assert_eq!(meaning("Kdoví"), Meaning::Nothing);
    }
}
