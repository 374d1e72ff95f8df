//! What comes round every month: wages, taxes, levies, rent, leasing, energy, fees and interest.

use super::{
    calendar::{due, last_of_month},
    cast::{
        CARDS, CREDIT_CARD, CZ_CARDS, CZ_EURO, CZ_OPERATING, CZ_SAVINGS, DEPOSITS, OPERATING, PAYROLL, Party, RESERVE,
        SHOWROOM, TAX_RESERVE,
    },
    life::{Day, Event, Life},
    row::Words,
};
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

/// Day of the month, account, payee, least and greatest amount, VS before the month, constant symbol, message.
type Duty = (u32, usize, &'static str, i64, i64, &'static str, &'static str, &'static str);

const MONTHLY: [Duty; 19] = [
    (3, OPERATING, "Priemyselný park Brod s.r.o.", 2_150_00, 2_150_00, "10", "0308", "Nájomné dielňa a showroom"),
    (5, OPERATING, "Účtovníctvo Malinová s.r.o.", 290_00, 290_00, "2609", "0308", "Účtovné služby"),
    (5, OPERATING, "Energia Zákamenné a.s.", 338_00, 612_00, "51003722", "0308", "Elektrina, záloha"),
    (8, OPERATING, "Sociálna poisťovňa", 5_340_00, 5_910_00, "9920", "3558", "Poistné"),
    (8, OPERATING, "Zdravotná poisťovňa", 2_010_00, 2_320_00, "9920", "3558", "Preddavok na poistné"),
    (12, OPERATING, "Mobil Plus a.s.", 142_00, 188_00, "90344177", "0308", "Telefóny a internet"),
    (14, OPERATING, "Daňový úrad, daň zo mzdy", 2_120_00, 2_480_00, "1700", "1144", "Preddavky na daň"),
    (18, OPERATING, "Leasing Tatrin a.s.", 642_10, 642_10, "44120", "0308", "Splátka, dodávka"),
    (18, OPERATING, "Leasing Tatrin a.s.", 588_40, 588_40, "44121", "0308", "Splátka, olepovačka hrán"),
    (22, OPERATING, "Vodárne Pohronie a.s.", 64_00, 118_00, "8812", "0308", "Vodné a stočné"),
    (3, CZ_OPERATING, "Průmyslový areál Slatina s.r.o.", 38_500_00, 38_500_00, "31", "0308", "Nájemné dílna"),
    (6, CZ_OPERATING, "Energie Svitava a.s.", 6_900_00, 11_800_00, "7710", "0308", "Elektřina, záloha"),
    (11, CZ_OPERATING, "Mobilní síť Vega a.s.", 2_310_00, 2_980_00, "6034", "0308", "Telefony"),
    (16, CZ_OPERATING, "Autoleasing Morava a.s.", 14_480_00, 14_480_00, "2204", "0308", "Splátka leasingu"),
    (20, CZ_OPERATING, "Správa sociálního zabezpečení", 61_200_00, 68_900_00, "1187", "3558", "Sociální pojištění"),
    (20, CZ_OPERATING, "Zdravotní pojišťovna Haná", 26_400_00, 29_700_00, "1187", "3558", "Zdravotní pojištění"),
    (20, CZ_OPERATING, "Finanční úřad, daň ze mzdy", 17_900_00, 21_300_00, "7720", "1148", "Záloha na daň"),
    (25, CZ_OPERATING, "Finanční úřad, DPH", 31_000_00, 88_000_00, "7705", "1148", "DPH"),
    (27, OPERATING, "Poisťovňa Horizont a.s.", 186_30, 186_30, "5507", "3558", "Poistenie prevádzky"),
];

/// Account and monthly fee in minor units.
const FEES: [(usize, i64); 10] = [
    (OPERATING, 14_00),
    (CARDS, 9_00),
    (SHOWROOM, 6_50),
    (PAYROLL, 8_00),
    (DEPOSITS, 8_00),
    (CREDIT_CARD, 3_50),
    (CZ_OPERATING, 129_00),
    (CZ_EURO, 2_00),
    (CZ_CARDS, 99_00),
    (OPERATING, 4_80),
];

impl Life {
    pub(super) fn duties(&mut self, day: &mut Day) {
        for duty in &MONTHLY {
            if day.date == due(day.date, duty.0) {
                self.pay_duty(day, duty);
            }
        }
        if day.date == due(day.date, 25) {
            self.pay_vat(day);
        }
        if day.date == due(day.date, 10) {
            self.pay_wages(day);
        }
        if day.date == last_of_month(day.date) {
            self.close_month(day);
        }
    }

    fn pay_duty(&mut self, day: &mut Day, &(_, account, payee, least, most, prefix, constant, message): &Duty) {
        let Some(party) = self.regular(payee) else { return };
        let amount = day.dice.between(least, most);
        let words = Words {
            variable: Some(format!("{prefix}{:02}", day.date.month())),
            constant: Some(Cow::Borrowed(constant)),
            message: Some(format!("{message} {}/{}", day.date.month(), day.date.year())),
            description: Some(Cow::Borrowed("Trvalý príkaz")),
            ..Words::default()
        };
        self.happen_at(day, 5 * 3600 + 600, Event::to(account, amount, &party, words));
    }

    /// VAT comes out of the tax reserve, through the operating account.
    fn pay_vat(&mut self, day: &mut Day) {
        let Some(party) = self.regular("Daňový úrad, DPH") else { return };
        let amount = day.dice.between(4_800_00, 9_900_00);
        self.transfer(day, TAX_RESERVE, OPERATING, amount.min(self.balance[TAX_RESERVE] - 2_000_00));
        let words = Words {
            variable: Some("1700202012".to_owned()),
            constant: Some(Cow::Borrowed("1144")),
            specific: Some(format!("{}{:02}", day.date.year(), day.date.month())),
            message: Some(format!("DPH {}/{}", previous_month(day.date), day.date.year())),
            ..Words::default()
        };
        self.happen(day, Event::to(OPERATING, amount, &party, words));
    }

    fn pay_wages(&mut self, day: &mut Day) {
        let month = previous_month(day.date);
        for (place, country_staff, text, least, most) in [
            (PAYROLL, self.cast.staff.clone(), "Mzda", 1_080_00, 1_890_00),
            (CZ_OPERATING, self.cast.cz_staff.clone(), "Mzda", 27_400_00, 38_900_00),
        ] {
            for (i, person) in country_staff.iter().enumerate() {
                // A person's wage is the same each month but for overtime.
                let base = least + (most - least) * (i as i64 * 37 % 11) / 10;
                let amount = base + day.dice.between(0, base / 14);
                let words = Words {
                    variable: Some(format!("{}{:02}", day.date.year(), month)),
                    constant: Some(Cow::Borrowed("0138")),
                    message: Some(format!("{text} {month:02}/{}", day.date.year())),
                    ..Words::default()
                };
                self.happen_at(day, 6 * 3600 + 60 * i as i64, Event::to(place, amount, person, words));
            }
        }
    }

    /// Fees of all accounts; interest on savings less the tax withheld.
    fn close_month(&mut self, day: &mut Day) {
        for (account, fee) in FEES {
            self.happen_at(day, 20 * 3600, Event::by_bank(account, true, fee, "Poplatok za vedenie účtu"));
        }
        for account in [TAX_RESERVE, RESERVE, CZ_SAVINGS] {
            let interest = self.balance[account] * 18 / 12_000;
            self.happen_at(day, 20 * 3600 + 60, Event::by_bank(account, false, interest, "Pripísaný úrok"));
            self.happen_at(day, 20 * 3600 + 120, Event::by_bank(account, true, interest * 19 / 100, "Daň z úrokov"));
        }
    }

    /// What the wages of this month will come to at most, so that the payroll account can be filled before.
    pub(super) fn wages_ahead(&self) -> i64 {
        let (least, most) = (1_080_00, 1_890_00);
        (0..self.cast.staff.len() as i64).map(|i| (least + (most - least) * (i * 37 % 11) / 10) * 15 / 14).sum()
    }

    pub(super) fn regular(&self, name: &str) -> Option<Party> {
        self.cast.regular.iter().find(|party| party.name == name).cloned()
    }
}

fn previous_month(day: NaiveDate) -> u32 {
    if day.month() == 1 { 12 } else { day.month() - 1 }
}
