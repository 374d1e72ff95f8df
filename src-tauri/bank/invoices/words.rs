//! Payments in words and numbers for people: a mail, a page of an invoice. All of it is a guess that is shown as one.

use super::codes::{self, Code};
use super::found::{DoubtKind, FoundPayment, FoundPlace, SourceFormat, plain};
use crate::iban;
use crate::money::{Currency, Money, parse_typed_amount};
use crate::payments::Field;
use crate::settings::Language;
use crate::statements::text::{named_symbols, number};
use crate::symbols::Symbols;
use chrono::NaiveDate;

/// Longer texts are read up to here, in characters.
const LONGEST: usize = 200_000;
/// Most payments of one text.
const MOST: usize = 6;

/// Words before the amount to pay, the surest first; in small letters, as all words here.
const TO_PAY: &[&str] = &[
    "k úhrade",
    "k úhradě",
    "na úhradu",
    "k zaplacení",
    "na zaplatenie",
    "amount due",
    "to pay",
    "zu zahlen",
    "zahlbetrag",
    "celkom",
    "celkem",
    "spolu",
    "gesamtbetrag",
    "total",
    "suma",
    "částka",
    "čiastka",
    "betrag",
    "amount",
];
const DUE: &[&str] = &["splatnos", "uhraďte do", "uhradit do", "due", "fällig", "zahlbar bis"];
const PAYEE: &[&str] =
    &["príjemca", "příjemce", "dodávateľ", "dodavatel", "payee", "beneficiary", "supplier", "empfänger"];
const MESSAGE: &[&str] =
    &["správa pre prijímateľa", "správa pre príjemcu", "zpráva pro příjemce", "message", "verwendungszweck"];
const INVOICE: &[&str] = &["faktúr", "faktur", "fa ", "invoice", "rechnung"];
/// What people write for the symbols, and what it stands for.
const SYMBOLS: &[(&str, &str)] = &[
    ("variabilný symbol", "vs"),
    ("variabilní symbol", "vs"),
    ("variable symbol", "vs"),
    ("var. symbol", "vs"),
    ("var.symbol", "vs"),
    ("v.s.", "vs"),
    ("konštantný symbol", "ks"),
    ("konstantní symbol", "ks"),
    ("constant symbol", "ks"),
    ("k.s.", "ks"),
    ("špecifický symbol", "ss"),
    ("specifický symbol", "ss"),
    ("specific symbol", "ss"),
    ("s.s.", "ss"),
];
const CURRENCIES: &[(&str, Currency)] =
    &[("eur", Currency::EUR), ("€", Currency::EUR), ("czk", Currency::CZK), ("kč", Currency::CZK)];

/// The payments that a text may mean: one for each account that it names, and those of codes and links that stand in it.
pub(super) fn read(text: &str, place: &FoundPlace, language: Language) -> Vec<FoundPayment> {
    let text: String = text.chars().take(LONGEST).collect();
    let mut found = in_codes(&text, place);
    if found.is_empty() {
        // What stands in an address is not meant for people, and may lead anywhere.
        let address = |word: &&str| !word.contains("://");
        let lines = text.lines().map(|line| line.split(' ').filter(address).collect::<Vec<_>>().join(" "));
        let text = lines.collect::<Vec<_>>().join("\n");
        let small = text.to_lowercase();
        let accounts = accounts(&text).into_iter().take(MOST);
        found.extend(accounts.map(|account| around(account, &text, &small, place, language)));
    }
    found
}

/// Codes and links, each in a line or a word of its own.
fn in_codes(text: &str, place: &FoundPlace) -> Vec<FoundPayment> {
    let lines = text.lines().map(str::trim);
    let parts = lines.clone().chain(lines.flat_map(str::split_whitespace)).filter(|part| part.len() > 20);
    let mut found: Vec<FoundPayment> = Vec::new();
    for part in parts {
        if let Code::Payments(payments) = codes::read(part, place) {
            let fresh: Vec<_> = payments.into_iter().filter(|one| !found.contains(one)).collect();
            found.extend(fresh);
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

fn around(account: String, text: &str, small: &str, place: &FoundPlace, language: Language) -> FoundPayment {
    let mut found = FoundPayment::new(SourceFormat::Text, place);
    found.account = Some(account);
    let amounts = amounts(small, language);
    let chosen = to_pay(&amounts, small)
        .or_else(|| amounts.iter().max_by_key(|(_, money)| money.amount).map(|(_, money)| *money));
    if amounts.iter().any(|(_, money)| Some(*money) != chosen) {
        found.doubt(Field::Amount, DoubtKind::AmountChosen);
    }
    found.amount = chosen.or_else(|| without_currency(&mut found, small, language));
    found.currency = found.amount.map(|money| money.currency);

    let mut named = small.split_whitespace().collect::<Vec<_>>().join(" ");
    SYMBOLS.iter().for_each(|(written, symbol)| named = named.replace(written, symbol));
    let symbols = named_symbols(&named.replace(" :", ":").to_uppercase());
    let variable = symbols.variable.or_else(|| invoice_number(&named));
    let symbols = Symbols { variable, ..symbols };
    for (field, symbol) in [
        (Field::VariableSymbol, &symbols.variable),
        (Field::SpecificSymbol, &symbols.specific),
        (Field::ConstantSymbol, &symbols.constant),
    ] {
        if symbol.is_some() {
            found.doubt(field, DoubtKind::FromText);
        }
    }
    (found.variable_symbol, found.specific_symbol, found.constant_symbol) =
        (symbols.variable, symbols.specific, symbols.constant);
    found.payee = labelled(text, PAYEE);
    found.message = labelled(text, MESSAGE);
    found.due = DUE
        .iter()
        .find_map(|word| small.match_indices(word).find_map(|(at, word)| date(small.get(at + word.len()..)?)));
    found
}

/// The number of an invoice in digits that stand alone, soon after the word for it: it is the variable symbol by custom.
fn invoice_number(small: &str) -> Option<String> {
    INVOICE.iter().flat_map(|word| small.match_indices(word)).find_map(|(at, word)| {
        let near: String = small.get(at + word.len()..)?.chars().take(24).collect();
        let from = near
            .find(|c: char| c.is_ascii_digit())
            .filter(|from| near.get(..*from).is_some_and(|before| before.len() < 8))?;
        let rest = near.get(from..)?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let alone = !rest.get(end..)?.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/'));
        rest.get(..end).filter(|digits| alone && (4..=10).contains(&digits.len())).map(str::to_owned)
    })
}

/// All accounts of a text, each once: IBANs first, then domestic numbers.
fn accounts(text: &str) -> Vec<String> {
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        c.is_ascii_alphabetic() && !before.is_some_and(char::is_alphanumeric)
    });
    let ibans = starts.filter_map(|(at, _)| iban_at(text.get(at..)?));
    let domestic = text.match_indices('/').filter_map(|(at, _)| {
        let bank = text
            .get(at + 1..at + 5)
            .filter(|_| !text.get(at + 5..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))?;
        let before = text.get(..at)?;
        let from = before
            .rfind(|c: char| !c.is_ascii_digit() && c != '-')
            .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        iban::of_domestic(&format!("{}/{bank}", before.get(from..)?))
    });
    let mut accounts = Vec::new();
    for account in ibans.chain(domestic) {
        if !accounts.contains(&account) {
            accounts.push(account);
        }
    }
    accounts
}

/// The IBAN that a text begins with, written with or without spaces.
fn iban_at(text: &str) -> Option<String> {
    let length = iban::length(&text.get(..2)?.to_ascii_uppercase())?;
    let mut letters = String::with_capacity(length);
    let mut rest = text.chars();
    while letters.len() < length {
        match rest.next()? {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {}
            c if c.is_ascii_alphanumeric() => letters.push(c),
            _ => return None,
        }
    }
    let ends = !rest.next().is_some_and(char::is_alphanumeric);
    iban::parse(&letters).ok().filter(|_| ends)
}

/// The amounts with a currency beside them, by where they stand.
fn amounts(small: &str, language: Language) -> Vec<(usize, Money)> {
    let mut found = Vec::new();
    for (mark, currency) in CURRENCIES {
        for (at, mark) in small.match_indices(mark) {
            let read = |text: &str| amount(text, *currency, language);
            let before = small.get(..at).and_then(|before| {
                let trimmed = before.trim_end_matches(is_space);
                let from = trimmed.char_indices().rev().take(24).take_while(|(_, c)| is_of_number(*c)).last()?.0;
                let run = trimmed.get(from..)?;
                // "VS 2026 100,00": what stands before the number is dropped group by group until a number is left.
                run.char_indices()
                    .filter(|(i, c)| *i == 0 || is_space(*c))
                    .find_map(|(i, _)| Some((from + i, read(run.get(i..)?)?)))
            });
            let after = || {
                let rest = small.get(at + mark.len()..)?;
                let trimmed = rest.trim_start_matches(is_space);
                let run = trimmed.char_indices().take(24).find(|(_, c)| !is_of_number(*c) || is_space(*c));
                let run = trimmed.get(..run.map_or(trimmed.len().min(24), |(end, _)| end))?;
                Some((at, read(run.trim_end_matches(['.', ',']))?))
            };
            found.extend(before.or_else(after));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

fn amount(text: &str, currency: Currency, language: Language) -> Option<Money> {
    parse_typed_amount(text.trim_matches(|c| is_space(c) || c == ':'), currency, language).ok()
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || is_space(c) || matches!(c, '.' | ',' | '\'' | '-')
}

/// The amount that follows soonest after the surest words.
fn to_pay(amounts: &[(usize, Money)], small: &str) -> Option<Money> {
    TO_PAY.iter().find_map(|word| {
        let (at, _) = small.rmatch_indices(word).next()?;
        amounts.iter().find(|(place, _)| *place >= at && *place - at < 120).map(|(_, money)| *money)
    })
}

/// An amount with decimals after the words for it, where no amount of the text has a currency.
fn without_currency(found: &mut FoundPayment, small: &str, language: Language) -> Option<Money> {
    let number = TO_PAY.iter().find_map(|word| {
        let (at, word) = small.rmatch_indices(word).next()?;
        let rest = small.get(at + word.len()..)?.trim_start_matches(|c| is_space(c) || c == ':');
        let end = rest.char_indices().find(|(_, c)| !is_of_number(*c)).map_or(rest.len(), |(end, _)| end);
        rest.get(..end).map(str::trim).filter(|number| number.contains([',', '.']))
    })?;
    let currency = found.customary_currency();
    let money = amount(number, currency, language)?;
    found.doubt(Field::Amount, DoubtKind::CurrencyAssumed);
    Some(money)
}

/// What stands after a label and a colon, in its line.
fn labelled(text: &str, labels: &[&str]) -> Option<String> {
    text.lines().find_map(|line| {
        let (label, said) = line.split_once(':')?;
        let label = label.trim().to_lowercase();
        plain(said).filter(|said| labels.iter().any(|known| label.ends_with(known)) && said.chars().count() <= 140)
    })
}

/// The first day in the words that follow: `4.12.2026`, `4. 12. 2026` or `2026-12-04`.
fn date(after: &str) -> Option<NaiveDate> {
    let near: String = after.chars().take(40).filter(|c| !is_space(*c)).collect();
    let from = near.find(|c: char| c.is_ascii_digit())?;
    let rest = near.get(from..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(rest.len());
    let written = rest.get(..end)?.trim_end_matches('.');
    if let [year, month, day] = *written.split('-').collect::<Vec<_>>() {
        return NaiveDate::from_ymd_opt(number(year).filter(|_| year.len() == 4)?, number(month)?, number(day)?);
    }
    let [day, month, year] = *written.split('.').collect::<Vec<_>>() else { return None };
    NaiveDate::from_ymd_opt(number(year).filter(|_| year.len() == 4)?, number(month)?, number(day)?)
}
