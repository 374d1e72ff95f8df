import { plural } from "../../messages/plural";
import type { Words } from "./en";

const n = plural("de");

export const de: Words = {
  title: "Zahlungen aus einer Datei",
  reading: "Die Datei wird gelesen",
  means:
    "Noch wird nichts bezahlt. Aus den gewählten Zahlungen werden Entwürfe, die Sie wie immer prüfen und freigeben.",
  source: { csv: "Tabelle (CSV)", xlsx: "Tabelle (XLSX)", pain001: "Zahlungsauftrag (pain.001)" },
  version: (version) => `Version ${version}`,
  from: "Zahlen vom Konto",
  chooseFrom: "Konto wählen",
  choose: "Andere Datei wählen",
  close: "Schließen",
  column: {
    payee: "Empfänger",
    account: "Konto",
    bankCode: "Bankleitzahl",
    amount: "Betrag",
    currency: "Währung",
    day: "Tag",
    variable: "variables Symbol",
    specific: "spezifisches Symbol",
    constant: "konstantes Symbol",
    reference: "Referenz",
    message: "Nachricht",
    payer: "Konto des Zahlers",
  },
  head: { line: "Zeile", payee: "Empfänger und Konto", details: "Symbole und Nachricht", day: "Tag", amount: "Betrag" },
  all: "Alle wählen, die sich vorbereiten lassen",
  one: (payee, line) => `Die Zahlung an ${payee} vorbereiten, Zeile ${line}`,
  broken: (count, shown) =>
    n(count, { one: "1 Zeile ist in der Datei zu ändern", other: `${shown} Zeilen sind in der Datei zu ändern` }),
  fine: (count, shown) =>
    n(count, { one: "1 Zahlung lässt sich vorbereiten", other: `${shown} Zahlungen lassen sich vorbereiten` }),
  noneFine: "Keine Zeile dieser Datei lässt sich so vorbereiten, wie sie ist.",
  today: "Heute",
  noPayee: "Ohne Empfänger",
  chosen: (count, shown) => n(count, { one: "1 gewählt", other: `${shown} gewählt` }),
  after: (money) => `${money} blieben übrig`,
  prepare: (count, shown) => n(count, { one: "1 Zahlung vorbereiten", other: `${shown} Zahlungen vorbereiten` }),
  done: (count, shown) => n(count, { one: "1 Entwurf ist entstanden.", other: `${shown} Entwürfe sind entstanden.` }),
  unread: {
    empty: "In dieser Datei steht keine Zahlung.",
    tooLarge: "Diese Datei ist größer als 8 MB. Teilen Sie sie auf.",
    tooMany: "In dieser Datei stehen mehr als 1.000 Zahlungen. Teilen Sie sie auf.",
    unknown: "Saldo kennt diese Art von Datei nicht. Es liest CSV, XLSX und pain.001.",
    otherMessage: "Diese Banknachricht beauftragt keine Zahlungen.",
  },
  damaged: (line) =>
    line === null ? "Diese Datei ist beschädigt oder nicht lesbar." : `Diese Datei ist ab Zeile ${line} nicht lesbar.`,
  columns: (missing) =>
    `Diese Spalten wurden nicht gefunden: ${missing}. Benennen Sie sie so in der ersten Zeile der Tabelle und wählen Sie die Datei noch einmal.`,
  asks: {
    decimalComma: "Wie sind Beträge wie 1,234 gemeint?",
    comma: "Komma vor Dezimalstellen",
    point: "Komma zwischen Tausendern",
    dayFirst: "Was steht in Daten wie 03/04 zuerst?",
    day: "Der Tag",
    month: "Der Monat",
  },
  file: {
    noCurrency: "Die Datei nennt keine Währung. Es gilt die des Kontos, von dem Sie zahlen.",
    columnTwice: (name) => `Die Spalte „${name}“ scheint eine andere zu wiederholen.`,
    columnsLeftOut: (names) => `Nicht verwendete Spalten: ${names}.`,
    linesLeftOut: (lines) => `Zeilen ohne Zahlung: ${lines}.`,
    sheetLeftOut: (name) => `Auch das Blatt „${name}“ enthält Zahlungen. Gelesen wird nur das erste.`,
    countDiffers: (said, found) => `Die Datei nennt ${said} Zahlungen, enthält aber ${found}. Ein Teil könnte fehlen.`,
    sumDiffers: (said, found) =>
      `Die Datei nennt die Summe ${said}, ihre Zahlungen ergeben ${found}. Sie könnte verändert worden sein.`,
  },
  note: {
    dayPassed: (day) => `Ihr Tag, ${day}, ist vorbei. Sie würde heute bezahlt.`,
    dayUnread: (text) => `Tag in der Datei: ${text}.`,
    currencyUnread: (text) => `Währung in der Datei: ${text}.`,
    columnsDisagree: (first, second) => `Zwei Spalten sagen Verschiedenes: ${first} und ${second}.`,
    computed: "Betrag oder Konto hat die Tabelle errechnet. Vergleichen Sie sie.",
    referenceLeftOut: (reference) => `Die Referenz ${reference} lässt sich nicht übertragen und entfällt.`,
    leftOut: (names) => `Diese Teile des Auftrags kann Saldo nicht übertragen: ${names}.`,
    instant: "Die Datei verlangt eine Echtzeitzahlung. Wie sie geht, entscheidet Ihre Bank.",
    otherPayer: (account) => `Die Datei zahlt das von einem anderen Konto: ${account}.`,
    prepared: (day) => `Dieselbe Zahlung ist schon ein Entwurf, vom ${day}.`,
    twiceInFile: (line) => `Dieselbe Zahlung steht auch in Zeile ${line}.`,
  },
  problem: {
    ambiguous: "Das lässt sich auf zwei Arten lesen.",
    notADay: "Das ist kein Tag.",
    otherCurrency: "Von diesem Konto lässt sich das nicht zahlen. Wählen Sie oben ein anderes.",
    missing: (field) => `Es fehlt: ${field}.`,
  },
};
