//! Who takes part: the owner's banks and accounts, and the people and companies on the other side. All of the latter are
//! invented.

use crate::{
    amount::{Amount, Currency},
    iban,
};

/// The owner.
pub(crate) const OWNER: &str = "Brezan Interiér s.r.o.";

/// A bank as the API and the approval page show it.
pub(crate) struct Bank {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) short: &'static str,
    pub(crate) bic: &'static str,
    pub(crate) country: &'static str,
    pub(crate) code: &'static str,
    /// Days from the epoch of the world to the end of the consent. A consent lasts 180 days, so this also says when the
    /// bank was connected.
    pub(crate) consent_days: u64,
}

/// The five banks. Their order is the order of accounts and never changes.
pub(crate) const BANKS: [Bank; 5] = [
    Bank {
        id: "tatrskbx",
        name: "Tatra banka",
        short: "TB",
        bic: "TATRSKBX",
        country: "SK",
        code: "1100",
        consent_days: 148,
    },
    Bank {
        id: "gibaskbx",
        name: "Slovenská sporiteľňa",
        short: "SL",
        bic: "GIBASKBX",
        country: "SK",
        code: "0900",
        consent_days: 6,
    },
    Bank {
        id: "cekoskbx", name: "ČSOB", short: "ČS", bic: "CEKOSKBX", country: "SK", code: "7500", consent_days: 97
    },
    Bank {
        id: "fiobczpp",
        name: "Fio banka",
        short: "Fio",
        bic: "FIOBCZPP",
        country: "CZ",
        code: "2010",
        consent_days: 121,
    },
    Bank {
        id: "rzbcczpp",
        name: "Raiffeisenbank",
        short: "RB",
        bic: "RZBCCZPP",
        country: "CZ",
        code: "5500",
        consent_days: 173,
    },
];

/// One of the owner's accounts.
pub(crate) struct Account {
    /// Number on the wire.
    pub(crate) id: u64,
    pub(crate) bank: usize,
    /// Absent for the credit card.
    pub(crate) iban: Option<String>,
    /// Domestic number, or the masked number of the card.
    pub(crate) number: Option<String>,
    pub(crate) currency: Currency,
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) credit_limit: Option<Amount>,
    /// Booked balance before the first row.
    pub(crate) opening: Amount,
}

// Places in the list of accounts, by what the owner uses them for.
pub(crate) const OPERATING: usize = 0;
pub(crate) const TAX_RESERVE: usize = 1;
pub(crate) const CREDIT_CARD: usize = 2;
pub(crate) const CARDS: usize = 3;
pub(crate) const SHOWROOM: usize = 4;
pub(crate) const RESERVE: usize = 5;
pub(crate) const PAYROLL: usize = 6;
pub(crate) const DEPOSITS: usize = 7;
pub(crate) const CZ_OPERATING: usize = 8;
pub(crate) const CZ_EURO: usize = 9;
pub(crate) const CZ_SAVINGS: usize = 10;
pub(crate) const CZ_CARDS: usize = 11;

/// Bank, currency, name, kind, opening balance, account number before it is made valid.
type Plan = (usize, Currency, &'static str, &'static str, i64, u64);

const PLAN: [Plan; 12] = [
    (0, Currency::Eur, "Operating account", "CURRENT", 41_250_18, 2_943_017_000),
    (0, Currency::Eur, "Tax reserve", "SAVINGS", 12_400_00, 2_943_551_000),
    (0, Currency::Eur, "Business credit card", "CARD", 0, 0),
    (1, Currency::Eur, "Cards and expenses", "CURRENT", 6_318_40, 5_061_172_000),
    (1, Currency::Eur, "Showroom takings", "CURRENT", 3_905_75, 5_061_384_000),
    (1, Currency::Eur, "Reserve", "SAVINGS", 21_000_00, 5_062_900_000),
    (2, Currency::Eur, "Payroll", "CURRENT", 10_930_62, 4_018_226_000),
    (2, Currency::Eur, "Customer deposits", "CURRENT", 7_240_00, 4_018_660_000),
    (3, Currency::Czk, "CZ operating", "CURRENT", 612_480_55, 2_601_870_000),
    (3, Currency::Eur, "CZ euro account", "CURRENT", 6_815_20, 2_801_870_000),
    (4, Currency::Czk, "CZ savings", "SAVINGS", 380_000_00, 1_127_305_000),
    (4, Currency::Czk, "CZ cards and fuel", "CURRENT", 74_112_00, 1_127_940_000),
];

/// Another party of a transaction.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) name: &'static str,
    pub(crate) iban: String,
    pub(crate) bic: &'static str,
}

/// Everybody.
pub(crate) struct Cast {
    pub(crate) accounts: Vec<Account>,
    pub(crate) suppliers: Vec<Party>,
    pub(crate) customers: Vec<Party>,
    pub(crate) private: Vec<Party>,
    pub(crate) staff: Vec<Party>,
    pub(crate) cz_suppliers: Vec<Party>,
    pub(crate) cz_customers: Vec<Party>,
    pub(crate) cz_private: Vec<Party>,
    pub(crate) cz_staff: Vec<Party>,
    /// Offices, insurers and those paid once a month, found by name.
    pub(crate) regular: Vec<Party>,
}

const SK_BANKS: [(&str, &str); 6] = [
    ("0200", "SUBASKBX"),
    ("0900", "GIBASKBX"),
    ("1100", "TATRSKBX"),
    ("1111", "UNCRSKBX"),
    ("6500", "POBNSKBA"),
    ("7500", "CEKOSKBX"),
];
const CZ_BANKS: [(&str, &str); 5] =
    [("0100", "KOMBCZPP"), ("0300", "CEKOCZPP"), ("0800", "GIBACZPX"), ("2010", "FIOBCZPP"), ("5500", "RZBCCZPP")];

impl Cast {
    /// The cast of the world of `seed`: account numbers differ from seed to seed, names do not.
    pub(crate) fn new(seed: u64) -> Self {
        let mix = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let accounts = PLAN.iter().enumerate().map(|(i, plan)| account(i, plan, mix)).collect();
        let mut serial = mix;
        let mut of = |country: &'static str, names: &[&'static str]| -> Vec<Party> {
            names
                .iter()
                .map(|name| {
                    serial = serial.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    party(country, name, serial >> 20)
                })
                .collect()
        };
        Self {
            accounts,
            suppliers: of("SK", &SUPPLIERS),
            customers: of("SK", &CUSTOMERS),
            private: of("SK", &PRIVATE),
            staff: of("SK", &STAFF),
            cz_suppliers: of("CZ", &CZ_SUPPLIERS),
            cz_customers: of("CZ", &CZ_CUSTOMERS),
            cz_private: of("CZ", &CZ_PRIVATE),
            cz_staff: of("CZ", &CZ_STAFF),
            regular: REGULAR.iter().flat_map(|(country, names)| of(country, names)).collect(),
        }
    }
}

fn account(place: usize, plan: &Plan, mix: u64) -> Account {
    let &(bank, currency, name, kind, opening, near) = plan;
    let home = &BANKS[bank];
    let made = (near > 0).then(|| iban::make(home.country, home.code, near + mix % 97_000));
    Account {
        id: 20_411 + 7 * place as u64,
        bank,
        number: made.as_deref().and_then(iban::domestic).or_else(|| Some("4405 77** **** 1204".to_owned())),
        iban: made,
        currency,
        name,
        kind,
        credit_limit: (kind == "CARD").then_some(Amount(5_000_00)),
        opening: Amount(opening),
    }
}

fn party(country: &'static str, name: &'static str, serial: u64) -> Party {
    let banks: &[(&str, &'static str)] = if country == "SK" { &SK_BANKS } else { &CZ_BANKS };
    let (code, bic) = banks[(serial % banks.len() as u64) as usize];
    Party { name, iban: iban::make(country, code, 1_000_000_000 + serial % 8_000_000_000), bic }
}

const SUPPLIERS: [&str; 16] = [
    "Kovostav Hron s.r.o.",
    "Elektro Vážan s.r.o.",
    "Laky a farby Turiec s.r.o.",
    "Papier Drobec s.r.o.",
    "Grafit Print s.r.o.",
    "Kuriér Turiec s.r.o.",
    "Sklo Zvolenský a syn s.r.o.",
    "Čalúnnictvo Bystrá",
    "Stavebniny Rovne s.r.o.",
    "Kovanie Beskyd s.r.o.",
    "Drevosklad Liptov a.s.",
    "Svetlo a forma s.r.o.",
    "Podlahy Gader s.r.o.",
    "Kameň Spiš s.r.o.",
    "Montáže Kysuca s.r.o.",
    "Textil Orava s.r.o.",
];
const CUSTOMERS: [&str; 14] = [
    "Hotel Ostrá skala a.s.",
    "Kancelárie Zátoka s.r.o.",
    "Studio Olšina s.r.o.",
    "Kaviareň Pri moste s.r.o.",
    "Penzión Pod Kriváňom s.r.o.",
    "Zubná klinika Sever s.r.o.",
    "Lekáreň U zlatého leva s.r.o.",
    "Realitný dom Podhradie a.s.",
    "Reštaurácia Vinohrad s.r.o.",
    "Materská škola Slniečko",
    "Mesto Rajecká Dolina",
    "Notársky úrad Hlavná 12",
    "Fitnes Centrum Váh s.r.o.",
    "Architekti Nábrežie s.r.o.",
];
const PRIVATE: [&str; 14] = [
    "Jana Kováčová",
    "Peter Hudák",
    "Lucia Šimková",
    "Martin Oravec",
    "Zuzana Mináriková",
    "Tomáš Belan",
    "Katarína Ďurišová",
    "Michal Lacko",
    "Veronika Hrušková",
    "Ján Polák",
    "Eva Sokolová",
    "Róbert Vanek",
    "Andrea Balážová",
    "Juraj Kmeť",
];
const STAFF: [&str; 11] = [
    "Ondrej Brezan",
    "Marta Brezanová",
    "Filip Gajdoš",
    "Monika Rybárová",
    "Štefan Jurík",
    "Lenka Pavlíková",
    "Dušan Krajčí",
    "Simona Benková",
    "Marek Tóth",
    "Ivana Haluzová",
    "Patrik Žiak",
];
const CZ_SUPPLIERS: [&str; 8] = [
    "Dýhy Morava s.r.o.",
    "Truhlářství Líšeň s.r.o.",
    "Kování Haná s.r.o.",
    "Lamino Vysočina a.s.",
    "Barvy Svratka s.r.o.",
    "Doprava Pálava s.r.o.",
    "Sklenářství Ponávka",
    "Nářadí Beskydy s.r.o.",
];
const CZ_CUSTOMERS: [&str; 8] = [
    "Vinařství Stará hora s.r.o.",
    "Kavárna U parku s.r.o.",
    "Advokátní kancelář Dvořák",
    "Hotel Pod Špilberkem a.s.",
    "Ordinace Žabovřesky s.r.o.",
    "Knihkupectví Veveří s.r.o.",
    "Coworking Vlněna s.r.o.",
    "Pekařství Rosice s.r.o.",
];
const CZ_PRIVATE: [&str; 8] = [
    "Tereza Novotná",
    "Jakub Procházka",
    "Barbora Svobodová",
    "Ondřej Kučera",
    "Markéta Veselá",
    "Lukáš Horák",
    "Hana Marešová",
    "David Pokorný",
];
const CZ_STAFF: [&str; 5] = ["Pavel Zeman", "Alena Křížová", "Radek Fiala", "Jitka Bartošová", "Vojtěch Staněk"];
const REGULAR: [(&str, &[&str]); 2] = [
    (
        "SK",
        &[
            "Daňový úrad, DPH",
            "Daňový úrad, daň zo mzdy",
            "Sociálna poisťovňa",
            "Zdravotná poisťovňa",
            "Priemyselný park Brod s.r.o.",
            "Leasing Tatrin a.s.",
            "Energia Zákamenné a.s.",
            "Mobil Plus a.s.",
            "Účtovníctvo Malinová s.r.o.",
            "Poisťovňa Horizont a.s.",
            "Vodárne Pohronie a.s.",
        ],
    ),
    (
        "CZ",
        &[
            "Finanční úřad, DPH",
            "Finanční úřad, daň ze mzdy",
            "Správa sociálního zabezpečení",
            "Zdravotní pojišťovna Haná",
            "Průmyslový areál Slatina s.r.o.",
            "Autoleasing Morava a.s.",
            "Energie Svitava a.s.",
            "Mobilní síť Vega a.s.",
        ],
    ),
];

/// Shops that take the card in Slovakia: name and price range in cents.
pub(crate) const SHOPS: [(&str, i64, i64); 20] = [
    ("Palivá Rajec", 38_00, 190_00),
    ("Palivá Rajec", 38_00, 120_00),
    ("Čerpacia stanica Sever", 30_00, 110_00),
    ("Hobby dom Budovateľ", 6_00, 280_00),
    ("Hobby dom Budovateľ", 6_00, 160_00),
    ("Železiarstvo Klinec", 3_20, 95_00),
    ("Železiarstvo Klinec", 3_20, 45_00),
    ("Potraviny Klas", 2_10, 38_00),
    ("Potraviny Klas", 2_10, 24_00),
    ("Jedáleň U Dubu", 6_90, 34_00),
    ("Bistro Hrnček", 5_50, 28_00),
    ("Kaviareň Pri moste", 2_80, 19_00),
    ("Parkovisko Centrum", 1_00, 12_00),
    ("Diaľničná známka", 12_00, 60_00),
    ("Mestská parkovacia spoločnosť", 1_50, 9_00),
    ("Drogéria Biela", 2_40, 42_00),
    ("Tlačiareň Rýchlotlač", 4_00, 88_00),
    ("Náradie Profi", 14_00, 410_00),
    ("Pošta, pobočka 4", 1_90, 36_00),
    ("Autoumyváreň Lesk", 7_00, 18_00),
];
/// Shops that take the card in Czechia.
pub(crate) const CZ_SHOPS: [(&str, i64, i64); 10] = [
    ("Benzina Rosice", 800_00, 2_900_00),
    ("Čerpací stanice Jih", 700_00, 2_400_00),
    ("Hobby svět Brno", 140_00, 4_800_00),
    ("Železářství Matice", 60_00, 1_900_00),
    ("Potraviny Na rohu", 45_00, 720_00),
    ("Jídelna U Svratky", 120_00, 640_00),
    ("Kavárna U parku", 65_00, 380_00),
    ("Parkování Brno střed", 30_00, 240_00),
    ("Nářadí Beskydy", 290_00, 7_200_00),
    ("Pošta Brno 2", 40_00, 520_00),
];
/// What the credit card pays for, with the currency of the price.
pub(crate) const SUBSCRIPTIONS: [(&str, &str, i64, i64); 6] = [
    ("Kresli Cloud", "USD", 24_00, 89_00),
    ("Render Farm Nord", "USD", 18_00, 240_00),
    ("Mailbox Pro", "EUR", 9_00, 32_00),
    ("Letenky Oblak", "EUR", 64_00, 380_00),
    ("Hotel Leipzig Messe", "EUR", 96_00, 290_00),
    ("Veletrh Poznań", "PLN", 180_00, 1_400_00),
];
