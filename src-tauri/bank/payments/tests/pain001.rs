//! Drafts as a file for a bank's own portal; the file itself is shown in `pain001.rs`, with the vectors.

use super::world::{CZECH_SUPPLIER, CZK_ACCOUNT, World, invoice};
use crate::failure::FailureKind;
use crate::payments::{DraftInput, OrderFormat, order_file, save_draft};
use crate::settings::Language;
use roxmltree::Document;

/// The texts of all elements of a name, in their order.
fn texts(document: &Document<'_>, name: &str) -> Vec<String> {
    let named = document.descendants().filter(|node| node.tag_name().name() == name);
    named.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn drafts_stand_together_by_account_currency_and_day_with_their_symbols() {
    let world = World::new();
    let kept = |input: &DraftInput| save_draft(&world.store, &world.clock(), None, input, Language::Sk).unwrap().id;
    let ids = [
        kept(&invoice()),
        kept(&DraftInput {
            from: Some(CZK_ACCOUNT),
            account: CZECH_SUPPLIER.into(),
            currency: "CZK".into(),
            amount: "12,5".into(),
            message: "Řeka <3 & \"moře\"".into(),
            ..invoice()
        }),
        kept(&DraftInput {
            amount: "20,00".into(),
            variable_symbol: "2".into(),
            constant_symbol: String::new(),
            ..invoice()
        }),
    ];
    let xml = order_file(&world.store, &world.clock(), &ids, OrderFormat::Pain09).unwrap();
    let document = Document::parse(&xml).unwrap();
    assert_eq!(texts(&document, "NbOfTxs"), ["3", "2", "1"]);
    assert_eq!(texts(&document, "InstdAmt"), ["1840.00", "20.00", "12.50"]);
    assert_eq!(texts(&document, "CtrlSum"), ["1872.50", "1860.00", "12.50"]);
    assert!(texts(&document, "EndToEndId")[1] == "/VS2/SS/KS", "{xml}");
    assert!(texts(&document, "Ustrd").contains(&"Řeka <3 & \"moře\"".to_owned()), "{xml}");
    assert!(order_file(&world.store, &world.clock(), &[], OrderFormat::Pain09).is_err());
    let open = kept(&DraftInput { account: String::new(), ..invoice() });
    let failure = order_file(&world.store, &world.clock(), &[ids[0], open], OrderFormat::Pain03).unwrap_err();
    assert_eq!(failure.kind, FailureKind::DraftInvalid);
}
