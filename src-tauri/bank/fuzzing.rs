//! The parsers of what comes from outside, each with what must hold for whatever it is given. `fuzz/` feeds them what a fuzzer
//! finds; the tests here repeat its corpus and add some of their own, where no fuzzer can be had.

pub use crate::auth::fuzzing::{callback, kept_attempt, loopback_request, token_answer};
pub use crate::everifin::fuzzing::{wire_accounts, wire_envelope, wire_number, wire_payments, wire_transactions};
pub use crate::invoices::fuzzing::invoice;
pub use crate::orders::fuzzing::orders;
pub use crate::payments::fuzzing::{approval_address, return_link, typed};
pub use crate::statements::fuzzing::statement;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::fs;
    use std::path::Path;

    type Target = fn(&[u8]);

    const TARGETS: [(&str, Target); 15] = [
        ("approval_address", super::approval_address),
        ("callback", super::callback),
        ("invoice", super::invoice),
        ("kept_attempt", super::kept_attempt),
        ("loopback_request", super::loopback_request),
        ("orders", super::orders),
        ("return_link", super::return_link),
        ("statement", super::statement),
        ("token_answer", super::token_answer),
        ("typed", super::typed),
        ("wire_accounts", super::wire_accounts),
        ("wire_envelope", super::wire_envelope),
        ("wire_number", super::wire_number),
        ("wire_payments", super::wire_payments),
        ("wire_transactions", super::wire_transactions),
    ];

    fn corpus(target: &str) -> Vec<Vec<u8>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
        let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
    }

    #[test]
    fn what_the_fuzzers_found_is_read_as_it_should() {
        for (name, target) in TARGETS {
            let corpus = corpus(name);
            assert!(corpus.len() >= 5, "{name}");
            corpus.iter().for_each(|data| target(data));
        }
    }

    #[test]
    fn each_parser_has_a_fuzzer() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/fuzz_targets");
        let mut files: Vec<_> =
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        assert_eq!(files, TARGETS.map(|(name, _)| format!("{name}.rs")));
    }

    proptest! {
        #[test]
        fn no_bytes_break_a_promise(data in prop::collection::vec(any::<u8>(), 0..300)) {
            TARGETS.iter().for_each(|(_, target)| target(&data));
        }

        #[test]
        fn no_damage_to_a_known_input_breaks_a_promise(
            which in 0..TARGETS.len(), pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
            remove in 0_usize..8, insert in "[ -~]{0,8}",
        ) {
            let (name, target) = TARGETS[which];
            let corpus = corpus(name);
            let mut data = corpus[pick.index(corpus.len())].clone();
            let from = at.index(data.len() + 1);
            let to = (from + remove).min(data.len());
            data.splice(from..to, insert.into_bytes());
            target(&data);
        }
    }
}
