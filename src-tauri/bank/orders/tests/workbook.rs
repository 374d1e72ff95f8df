//! Spreadsheets, made here cell by cell.

use super::problems;
use crate::orders::*;

/// A spreadsheet of sheets: the cells of each as XML.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let (main, office) = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    );
    let each = |one: &dyn Fn(usize, &str) -> String| -> String {
        sheets.iter().enumerate().map(|(at, (name, _))| one(at + 1, name)).collect()
    };
    let listed = each(&|at, name| format!("<sheet name='{name}' sheetId='{at}' r:id='rId{at}'/>"));
    add(
        "xl/workbook.xml",
        &format!("<workbook xmlns='{main}' xmlns:r='{office}'><sheets>{listed}</sheets></workbook>"),
    );
    let document = format!("<Relationship Id='rId1' Type='{office}/officeDocument' Target='xl/workbook.xml'/>");
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    add("_rels/.rels", &format!("<Relationships xmlns='{packages}'>{document}</Relationships>"));
    let relations = each(&|at, _| {
        format!("<Relationship Id='rId{at}' Type='{office}/worksheet' Target='worksheets/sheet{at}.xml'/>")
    });
    add("xl/_rels/workbook.xml.rels", &format!("<Relationships xmlns='{packages}'>{relations}</Relationships>"));
    let dates = "<cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='14' applyNumberFormat='1'/></cellXfs>";
    add("xl/styles.xml", &format!("<styleSheet xmlns='{main}'>{dates}</styleSheet>"));
    for (at, (_, cells)) in sheets.iter().enumerate() {
        let sheet = format!("<worksheet xmlns='{main}'><sheetData>{cells}</sheetData></worksheet>");
        add(&format!("xl/worksheets/sheet{}.xml", at + 1), &sheet);
    }
    zip.finish().unwrap().into_inner()
}

/// A row of cells, each as its attributes and content.
fn row(number: u32, cells: &[(&str, &str)]) -> String {
    let cell = |(at, (attributes, inside)): (usize, &(&str, &str))| {
        let column = char::from(b'A' + u8::try_from(at).unwrap());
        format!("<c r='{column}{number}' {attributes}>{inside}</c>")
    };
    format!("<row r='{number}'>{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

fn words(number: u32, texts: &[&str]) -> String {
    let inside: Vec<String> = texts.iter().map(|text| format!("<is><t>{text}</t></is>")).collect();
    row(number, &inside.iter().map(|inside| ("t='inlineStr'", inside.as_str())).collect::<Vec<_>>())
}

const HEAD: [&str; 6] = ["Payee", "IBAN", "Amount", "Currency", "VS", "Due date"];

/// A sheet of one payment: its amount and its day as cells.
fn sheet(amount: (&str, &str), day: (&str, &str)) -> String {
    let text = |text: &str| format!("<is><t>{text}</t></is>");
    let (payee, iban, currency) = (text("Beta"), text("SK6807200002891987426353"), text("EUR"));
    let word = "t='inlineStr'";
    let cells = [(word, &*payee), (word, &iban), amount, (word, &currency), ("", "<v>2026000123</v>"), day];
    format!("{}{}{}", words(1, &["Payments of November"]), words(3, &HEAD), row(4, &cells))
}

#[test]
fn spreadsheets_are_read_by_what_their_cells_are() {
    // 46359 is 3 December 2026.
    let file = workbook(&[
        ("Notes", &words(1, &["Hello"])),
        ("Pay", &sheet(("", "<v>1234.5</v>"), ("s='1'", "<v>46359</v>"))),
    ]);
    let orders = read(&file, &Known::default()).unwrap();
    assert_eq!((&orders.source, &orders.notes), (&OrderSource::Xlsx, &vec![]));
    let [order] = orders.orders.as_slice() else { panic!("{orders:?}") };
    assert_eq!((order.place.line, order.payee.as_str()), (4, "Beta"));
    assert_eq!(order.amount.unwrap().to_string(), "1234.50 EUR");
    assert_eq!(order.day.unwrap().to_string(), "2026-12-03");
    assert_eq!((order.variable_symbol.as_str(), problems(order)), ("2026000123", vec![]));
}

#[test]
fn numbers_of_a_spreadsheet_are_exact_or_refused() {
    let of = |amount: (&str, &str)| {
        let orders = read(&workbook(&[("Pay", &sheet(amount, ("", "")))]), &Known::default()).unwrap();
        let order = orders.orders[0].clone();
        (order.amount.map(|money| money.to_string()), order.problems.first().map(|found| found.problem), order.notes)
    };
    let read_as = |text: &str| of(("", text));
    assert_eq!(read_as("<v>0.1</v>").0.as_deref(), Some("0.10 EUR"));
    assert_eq!(read_as("<v>1234</v>").0.as_deref(), Some("1234.00 EUR"), "a number can be read in one way only");
    assert_eq!(read_as("<v>12345678.91</v>").0.as_deref(), Some("12345678.91 EUR"));
    assert_eq!(read_as("<v>0.30000000000000004</v>").1, Some(Problem::TooManyDecimals));
    assert_eq!(read_as("<v>1.005</v>").1, Some(Problem::TooManyDecimals));
    assert_eq!(read_as("<v>-5</v>").1, Some(Problem::NotPositive));
    assert_eq!(of(("s='1'", "<v>46359</v>")).1, Some(Problem::NotAnAmount), "a day is no amount");
    assert_eq!(of(("t='inlineStr'", "<is><t>1,234</t></is>")).1, Some(Problem::Ambiguous), "a text is read as one");
    assert_eq!(of(("t='e'", "<v>#REF!</v>")).1, Some(Problem::Missing));
    let computed = read_as("<f>SUM(A1:A2)</f><v>12.5</v>");
    assert_eq!((computed.0.as_deref(), computed.2), (Some("12.50 EUR"), vec![OrderNote::Computed]));
}

#[test]
fn a_spreadsheet_that_is_damaged_huge_or_another_is_refused_in_time() {
    let unread = |file: &[u8]| read(file, &Known::default()).unwrap_err();
    let far = format!("{}<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", sheet(("", "<v>1</v>"), ("", "")));
    assert_eq!(read(&workbook(&[("Pay", &far)]), &Known::default()).unwrap().orders.len(), 1);
    let good = workbook(&[("Pay", &sheet(("", "<v>1</v>"), ("", "")))]);
    assert!(matches!(unread(&good[..good.len() / 2]), OrdersUnread::Damaged { .. }));
    assert_eq!(
        unread(&workbook(&[("Pay", &words(1, &["Payee", "IBAN"]))])),
        OrdersUnread::Columns { missing: vec![OrderColumn::Amount] }
    );
    let bomb = workbook(&[("Pay", &" ".repeat(30_000_000))]);
    assert!(bomb.len() < 100_000);
    assert!(matches!(unread(&bomb), OrdersUnread::Damaged { .. }));
    let two = workbook(&[("A", &sheet(("", "<v>1</v>"), ("", ""))), ("B", &sheet(("", "<v>2</v>"), ("", "")))]);
    let two = read(&two, &Known::default()).unwrap();
    assert_eq!(two.notes, [OrderFileNote::SheetLeftOut { name: "B".into() }]);
}
