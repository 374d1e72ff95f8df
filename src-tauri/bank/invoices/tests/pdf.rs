//! PDF files, made here: a code as a picture and drawn, an attached invoice, words, and files that would unpack to too much.

use super::super::writing;
use super::writing::example;
use super::*;
use miniz_oxide::deflate::compress_to_vec_zlib;

/// A PDF of these objects; the first is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let (mut file, mut places) = (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

fn packed(dictionary: &str, data: &[u8]) -> Vec<u8> {
    stream(&format!("{dictionary}/Filter/FlateDecode"), &compress_to_vec_zlib(data, 6))
}

/// A file with these pages (their contents) and with more objects, of which the first is number 3 and may be used as `/X` and `/F`.
fn document(catalogue: &str, pages: &[&str], more: Vec<Vec<u8>>) -> Vec<u8> {
    let first = 3 + more.len();
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", first + 2 * page)).collect();
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>").into_bytes(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")).into_bytes(),
    ];
    objects.extend(more);
    for (number, content) in pages.iter().enumerate() {
        let resources = "/Resources<</XObject<</X 3 0 R>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
        let own = first + 2 * number + 1;
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{resources}/Contents {own} 0 R>>").into_bytes(),
        );
        objects.push(packed("", content.as_bytes()));
    }
    pdf(&objects)
}

/// A code drawn by rectangles, as many programs draw it; each module 1.5 points wide.
fn drawn(code: &writing::PaymentCode) -> String {
    let mut content = "q 1.5 0 0 -1.5 60 400 cm 0 g\n".to_owned();
    for run in code.path.split('M').filter(|run| !run.is_empty()) {
        let (place, length) = run.split_once('h').unwrap();
        content += &format!("{place} {} 1 re f\n", length.split('v').next().unwrap());
    }
    content + "Q"
}

const EMPTY: &str = "";

#[test]
fn codes_of_pages_are_read_as_pictures_and_drawn() {
    let jpeg = stream(
        "/Type/XObject/Subtype/Image/Width 1240/Height 1754/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
        &file("img/bysquare_page.jpg"),
    );
    let code = &writing::all(&example())[1];
    let read = reading(&document("", &["q 595 0 0 842 0 0 cm /X Do Q", EMPTY, &drawn(code)], vec![jpeg]));
    let sources: Vec<_> = read.payments.iter().map(|found| (found.source.format, found.source.place.clone())).collect();
    assert_eq!(
        sources,
        [
            (SourceFormat::PayBySquare, FoundPlace::Page { number: 1 }),
            (SourceFormat::Spayd, FoundPlace::Page { number: 3 })
        ]
    );
    assert_eq!(read.payments[0].variable_symbol.as_deref(), Some("2026000123"));
    assert_eq!(amount(&read.payments[1]).as_deref(), Some("45.55 EUR"));
    // Two codes that ask for two things: both are shown, and that they differ.
    assert!(
        matches!(&read.warnings[..], [ReadingWarning::Disagree { fields }] if fields.contains(&Field::Amount)),
        "{:?}",
        read.warnings
    );
}

fn attached(xml: &[u8], page: &str) -> Vec<u8> {
    let names = "/Names<</EmbeddedFiles<</Names[(factur-x.xml) 4 0 R]>>>>";
    let specification =
        b"<</Type/Filespec/F(factur-x.xml)/UF(\xfe\xff\0f\0a\0c\0t\0u\0r\0-\0x\0.\0x\0m\0l)/EF<</F 5 0 R>>>>".to_vec();
    document(names, &[page], vec![stream("", b""), specification, packed("/Type/EmbeddedFile/Subtype/text#2Fxml", xml)])
}

#[test]
fn an_attached_invoice_is_read_and_compared_with_the_code_beside_it() {
    let xml = file("invoice_cii.xml");
    let found = only(&attached(&xml, EMPTY));
    assert_eq!(
        found.source,
        FoundSource { format: SourceFormat::Cii, place: FoundPlace::Inside { name: "factur-x.xml".into() } }
    );
    assert_eq!((found.payee.as_deref(), amount(&found).as_deref()), (Some("Gamma GmbH"), Some("119.00 EUR")));
    let same = PaymentWantedLike { account: "DE89370400440532013000", minor: 11_900 };
    let read = reading(&attached(&xml, &same.drawn()));
    assert_eq!((read.payments.len(), read.warnings), (2, vec![]));
    let swapped = PaymentWantedLike { account: "SK9611000000002918599669", ..same };
    let read = reading(&attached(&xml, &swapped.drawn()));
    assert_eq!(
        (read.payments.len(), read.warnings),
        (2, vec![ReadingWarning::Disagree { fields: vec![Field::Account] }])
    );
}

#[derive(Clone, Copy)]
struct PaymentWantedLike {
    account: &'static str,
    minor: i64,
}

impl PaymentWantedLike {
    fn drawn(self) -> String {
        let amount = Some(crate::money::Money::from_minor(self.minor, Currency::EUR));
        let wanted = writing::PaymentWanted {
            account: self.account.into(),
            amount,
            variable_symbol: String::new(),
            ..example()
        };
        drawn(&writing::all(&wanted)[2])
    }
}

#[test]
fn the_words_of_a_page_are_read_where_nothing_surer_is() {
    let page = "BT /F 11 Tf 60 700 Td (Prijemca: Kovostav Hron s.r.o.) Tj 0 -20 Td (IBAN:) Tj 120 0 Td (SK96 1100 0000 0029 1859 9669) Tj \
                -120 -20 Td (Spolu k uhrade: 1 840,00 EUR) Tj 0 -20 Td (VS: 2026104418) Tj ET";
    let read = reading(&document("", &[EMPTY, page], vec![stream("", b"")]));
    let [found] = &read.payments[..] else { panic!("{read:?}") };
    assert_eq!(found.source, FoundSource { format: SourceFormat::Text, place: FoundPlace::Page { number: 2 } });
    assert_eq!(
        (found.account.as_deref(), amount(found).as_deref()),
        (Some("SK9611000000002918599669"), Some("1840.00 EUR"))
    );
    assert_eq!(found.variable_symbol.as_deref(), Some("2026104418"));
}

#[test]
fn files_that_would_unpack_to_too_much_are_not_unpacked() {
    let bomb = compress_to_vec_zlib(&vec![b' '; 101_000_000], 9);
    assert!(bomb.len() < 200_000);
    let file = document("", &[EMPTY], vec![stream("/Filter/FlateDecode", &bomb)]);
    assert_eq!(reading(&file).warnings, [ReadingWarning::TooLarge]);
    let huge =
        stream("/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 1", b"x");
    let file = document("", &["q 595 0 0 842 0 0 cm /X Do Q"], vec![huge]);
    assert_eq!(reading(&file).warnings, [ReadingWarning::TooLarge]);
    // An archive's file is unpacked to a bound too; what is beyond it is not there.
    let isdocx = zip("a.isdoc", &vec![b' '; 21_000_000]);
    assert_eq!(reading(&isdocx).warnings, [ReadingWarning::NothingFound]);
}

/// A zip of one file.
fn zip(name: &str, data: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, data).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_archive_with_an_invoice_is_read() {
    let xml = file("invoice_isdoc.isdoc");
    let isdocx = zip("faktura.isdoc", &xml);
    let found = only(&isdocx);
    assert_eq!(
        found.source,
        FoundSource { format: SourceFormat::Isdoc, place: FoundPlace::Inside { name: "faktura.isdoc".into() } }
    );
    assert_eq!(amount(&found).as_deref(), Some("12100.00 CZK"));
    for end in 0..isdocx.len() {
        let _ = reading(&isdocx[..end]);
    }
}

#[test]
fn many_pages_are_cut_short_and_it_is_said() {
    let pages = vec![EMPTY; 26];
    let read = reading(&document("", &pages, vec![stream("", b"")]));
    assert_eq!(read.warnings, [ReadingWarning::CutShort, ReadingWarning::NothingFound]);
}
