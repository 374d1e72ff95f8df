//! Made-up years of a small business: the same for the same number of rows.

use crate::iban;
use crate::money::Currency;
use crate::store::entry::Facts;
use crate::store::from_day;
use crate::store::transactions::TransactionStatus;

/// How many accounts a made-up book has.
pub const ACCOUNTS: u32 = 10;
/// How many days it reaches back.
pub const DAYS: i64 = 3_650;
/// The last of them: 2026-11-22.
pub const LAST_DAY: i64 = 20_779;
const PARTIES: u64 = 5_000;

/// Numbers that look thrown: SplitMix64.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let place = self.below(all.len() as u64);
        all.get(place as usize).copied().unwrap_or_default()
    }
}

/// A language with its names and words.
struct Tongue {
    country: &'static str,
    /// Digits of an IBAN behind its check digits.
    digits: u32,
    first: &'static [&'static str],
    last: &'static [&'static str],
    trade: &'static [&'static str],
    form: &'static [&'static str],
    words: &'static [&'static str],
}

const TONGUES: [Tongue; 5] = [
    Tongue {
        country: "SK",
        digits: 20,
        first: &["Ľubomír", "Žofia", "Štefan", "Katarína", "Juraj", "Mária", "Ondrej", "Zuzana"],
        last: &["Novák", "Horváth", "Kováč", "Varga", "Žižka", "Ďurica", "Hudák", "Šimko", "Baláž", "Kráľ"],
        trade: &["stolárstvo", "kníhkupectvo", "účtovníctvo", "doprava", "pekáreň", "strechy"],
        form: &["s.r.o.", "a.s.", "spol. s r.o.", ""],
        words: &["Faktúra č.", "Úhrada faktúry", "Nájomné za", "Zálohová platba", "Preplatok", "Platba kartou"],
    },
    Tongue {
        country: "CZ",
        digits: 20,
        first: &["Jiří", "Božena", "Tomáš", "Růžena", "Václav", "Lenka", "Přemysl", "Eliška"],
        last: &["Novák", "Dvořák", "Svoboda", "Černý", "Procházka", "Kučera", "Veselý", "Horák", "Němec", "Růžička"],
        trade: &["truhlářství", "zednictví", "účetnictví", "doprava", "pekařství", "střechy"],
        form: &["s.r.o.", "a.s.", "v.o.s.", ""],
        words: &["Faktura č.", "Úhrada faktury", "Nájemné za", "Záloha", "Přeplatek", "Platba kartou"],
    },
    Tongue {
        country: "DE",
        digits: 18,
        first: &["Jürgen", "Käthe", "Günter", "Sabine", "Björn", "Ulrike"],
        last: &["Müller", "Weiß", "Schröder", "Groß", "Köhler", "Jäger", "Krüger"],
        trade: &["Möbel", "Großhandel", "Straßenbau", "Büchermarkt", "Spedition"],
        form: &["GmbH", "KG", "OHG", ""],
        words: &["Rechnung Nr.", "Anzahlung", "Miete für", "Gutschrift", "Lieferung"],
    },
    Tongue {
        country: "PL",
        digits: 24,
        first: &["Łukasz", "Małgorzata", "Paweł", "Zofia", "Grzegorz", "Agnieszka"],
        last: &["Nowak", "Wiśniewski", "Wójcik", "Kamiński", "Zieliński", "Szymański", "Woźniak"],
        trade: &["meble", "hurtownia", "księgarnia", "transport", "piekarnia"],
        form: &["Sp. z o.o.", "S.A.", "s.c.", ""],
        words: &["Faktura VAT", "Zapłata za fakturę", "Czynsz za", "Zaliczka", "Zwrot"],
    },
    Tongue {
        country: "FR",
        digits: 23,
        first: &["François", "Hélène", "Benoît", "Amélie", "Gérard", "Zoé"],
        last: &["Lefèvre", "Noël", "Garçon", "Bœuf", "Dupré", "Château", "Barthélémy"],
        trade: &["ébénisterie", "boulangerie", "librairie", "transports", "toitures"],
        form: &["SARL", "S.A.", "SAS", ""],
        words: &["Facture n°", "Acompte", "Loyer de", "Remboursement", "Livraison"],
    },
];

/// Someone on the other side: the same for the same number.
fn party(number: u64) -> (&'static Tongue, String, String) {
    let mut dice = Dice::new(number.wrapping_mul(0x2545_f491_4f6c_dd1d) + 1);
    // Slovak and Czech ones are the most.
    let place = [0, 0, 0, 1, 1, 1, 2, 2, 3, 4].get(dice.below(10) as usize).copied().unwrap_or_default();
    let tongue = TONGUES.get(place).unwrap_or(&TONGUES[0]);
    let (first, last) = (dice.of(tongue.first), dice.of(tongue.last));
    let name = match dice.below(3) {
        0 => format!("{first} {last}"),
        1 => format!("{last} {} {}", dice.of(tongue.trade), dice.of(tongue.form)),
        _ => format!("{} {last} {number} {}", dice.of(tongue.trade), dice.of(tongue.form)),
    };
    let digits: String = (0..tongue.digits).map(|_| char::from(b'0' + dice.below(10) as u8)).collect();
    (tongue, name.trim().to_owned(), account_number(tongue.country, &digits))
}

/// An IBAN with its check digits.
fn account_number(country: &str, digits: &str) -> String {
    let letters = country.bytes().map(|letter| u64::from(letter - b'A') + 10);
    let end = letters.fold(String::new(), |text, value| text + &value.to_string());
    let moved = format!("{digits}{end}00");
    let rest = moved.bytes().fold(0, |rest, digit| (rest * 10 + u64::from(digit - b'0')) % 97);
    iban::normalise(&format!("{country}{:02}{digits}", 98 - rest))
}

/// The IBAN of an account of the owner's, and its currency.
pub(super) fn own(account: u32) -> (String, Currency) {
    let (country, currency) = if account < 7 { ("SK", Currency::EUR) } else { ("CZ", Currency::CZK) };
    (account_number(country, &format!("{:020}", 1_100_000_000_000_000 + u64::from(account) * 77_777)), currency)
}

/// A booked row, the account it stands in, and how many of `rows` stand before it.
pub(super) fn row(number: u32, rows: u32, dice: &mut Dice) -> (u32, Facts) {
    let day = LAST_DAY - DAYS + 1 + i64::from(number) * DAYS / i64::from(rows.max(1));
    // Few are met often, most seldom.
    let often = dice.below(PARTIES).min(dice.below(PARTIES)).min(dice.below(PARTIES));
    let (tongue, mut name, mut iban) = party(often);
    let account = dice.below(u64::from(ACCOUNTS)).min(dice.below(u64::from(ACCOUNTS))) as u32;
    let sign = if dice.below(3) == 0 { 1 } else { -1 };
    if dice.below(25) == 0 {
        // Between the owner's accounts.
        (name, iban) = ("Brezan Interiér s.r.o.".into(), own((account + 1) % ACCOUNTS).0);
    }
    let card = dice.below(5) == 0;
    let text = format!("{} {}{:05}", dice.of(tongue.words), 2_016 + number / (rows / 10 + 1), dice.below(100_000));
    let facts = Facts {
        status: TransactionStatus::Booked,
        amount: sign * (100 + (dice.below(1_000) * dice.below(1_000)) as i64),
        currency: own(account).1,
        original: None,
        booked: Some(from_day(day)),
        value: Some(from_day(day)),
        counterparty: Some(name),
        counterparty_iban: (!card).then_some(iban),
        counterparty_number: None,
        variable_symbol: (dice.below(10) < 7).then(|| format!("{:010}", dice.below(10_000_000_000))),
        constant_symbol: (dice.below(10) < 3).then(|| "0308".into()),
        specific_symbol: None,
        reference: None,
        message: Some(text),
        description: card.then(|| "Platba kartou".into()),
        bank_id: Some(format!("B{number:09}")),
    };
    (account, facts)
}
