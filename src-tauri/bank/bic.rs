//! The code of a bank: BIC (ISO 9362).

/// Countries of ISO 3166, and Kosovo, which has banks and no entry there.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// A code that a bank can have: capitals, of 8 or 11 characters, in a country that exists.
#[derive(Debug, Clone)]
pub(crate) struct Bic(String);

impl Bic {
    /// Reads a code, in letters of either size and with spaces between them. None where no bank can have it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let code: String = text.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_uppercase()).collect();
        let plain = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let country = code.get(4..6)?;
        (plain && matches!(code.len(), 8 | 11) && COUNTRIES.split(' ').any(|known| known == country))
            .then_some(Self(code))
    }

    /// The code in capitals.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the messages of 2009 (pain.001.001.03 among them) can hold it: letters in front, and no 0, 1 or O where they
    /// mean a test or can be mistaken.
    pub(crate) fn fits_2009(&self) -> bool {
        let [prefix @ .., _, _, _, _] = self.0.get(..8).map(str::as_bytes).unwrap_or_default() else { return false };
        let place = |index: usize| self.0.as_bytes().get(index).copied().unwrap_or_default();
        prefix.iter().all(u8::is_ascii_uppercase) && !matches!(place(6), b'0' | b'1') && place(7) != b'O'
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn every_case_of_the_vectors() {
        let vectors: Value = serde_json::from_str(include_str!("vectors/bic_cases.json")).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert!(cases.len() > 15);
        for case in cases {
            let read = Bic::parse(case["input"].as_str().unwrap());
            assert_eq!(Some(read.is_some()), case["valid_after_normalise"].as_bool(), "{case}");
            if let Some(bic) = read {
                assert_eq!(Some(bic.fits_2009()), case["fits_pattern_pain_001_001_03"].as_bool(), "{case}");
            }
        }
    }

    proptest! {
        #[test]
        fn reading_a_code_again_changes_nothing(text in "[ A-Za-z0-9áč]{0,14}") {
            if let Some(bic) = Bic::parse(&text) {
                prop_assert_eq!(Bic::parse(&bic.0).unwrap().0, bic.0);
            }
        }
    }
}
