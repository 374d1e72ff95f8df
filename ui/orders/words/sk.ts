import { plural } from "../../messages/plural";
import type { Words } from "./en";

const n = plural("sk");

export const sk: Words = {
  title: "Platby zo súboru",
  reading: "Súbor sa číta",
  means: "Zatiaľ sa nič neplatí. Z vybraných platieb budú koncepty, ktoré skontrolujete a schválite ako vždy.",
  source: { csv: "Tabuľka (CSV)", xlsx: "Tabuľka (XLSX)", pain001: "Platobný príkaz (pain.001)" },
  version: (version) => `verzia ${version}`,
  from: "Platiť z účtu",
  chooseFrom: "Vyberte účet",
  choose: "Vybrať iný súbor",
  close: "Zavrieť",
  column: {
    payee: "príjemca",
    account: "účet",
    bankCode: "kód banky",
    amount: "suma",
    currency: "mena",
    day: "deň",
    variable: "variabilný symbol",
    specific: "špecifický symbol",
    constant: "konštantný symbol",
    reference: "referencia",
    message: "správa",
    payer: "účet platiteľa",
  },
  head: { line: "Riadok", payee: "Príjemca a účet", details: "Symboly a správa", day: "Deň", amount: "Suma" },
  all: "Vybrať všetky, ktoré sa dajú pripraviť",
  one: (payee, line) => `Pripraviť platbu pre ${payee}, riadok ${line}`,
  broken: (count, shown) =>
    n(count, {
      one: "1 riadok treba v súbore opraviť",
      few: `${shown} riadky treba v súbore opraviť`,
      other: `${shown} riadkov treba v súbore opraviť`,
    }),
  fine: (count, shown) =>
    n(count, {
      one: "1 platbu možno pripraviť",
      few: `${shown} platby možno pripraviť`,
      other: `${shown} platieb možno pripraviť`,
    }),
  noneFine: "Žiadny riadok tohto súboru sa nedá pripraviť tak, ako je.",
  today: "Dnes",
  noPayee: "Bez príjemcu",
  chosen: (count, shown) => n(count, { one: "1 vybraná", few: `${shown} vybrané`, other: `${shown} vybraných` }),
  after: (money) => `Zostane ${money}`,
  prepare: (count, shown) =>
    n(count, { one: "Pripraviť 1 platbu", few: `Pripraviť ${shown} platby`, other: `Pripraviť ${shown} platieb` }),
  done: (count, shown) =>
    n(count, {
      one: "Vznikol 1 koncept.",
      few: `Vznikli ${shown} koncepty.`,
      other: `Vzniklo ${shown} konceptov.`,
    }),
  unread: {
    empty: "V tomto súbore nie je žiadna platba.",
    tooLarge: "Tento súbor je väčší ako 8 MB. Rozdeľte ho na menšie.",
    tooMany: "V tomto súbore je viac ako 1 000 platieb. Rozdeľte ho na menšie.",
    unknown: "Tento druh súboru Saldo nepozná. Číta CSV, XLSX a pain.001.",
    otherMessage: "Táto banková správa neprikazuje žiadne platby.",
  },
  damaged: (line) =>
    line === null ? "Tento súbor je poškodený alebo sa nedá prečítať." : `Tento súbor sa nedá čítať od riadka ${line}.`,
  columns: (missing) =>
    `Tieto stĺpce sa nenašli: ${missing}. Pomenujte ich tak v prvom riadku tabuľky a vyberte súbor znova.`,
  asks: {
    decimalComma: "Ako sú myslené sumy ako 1,234?",
    comma: "Čiarka pred desatinami",
    point: "Čiarka medzi tisícami",
    dayFirst: "Čo je prvé v dátumoch ako 03/04?",
    day: "Deň",
    month: "Mesiac",
  },
  file: {
    noCurrency: "Súbor neuvádza menu. Použije sa mena účtu, z ktorého platíte.",
    columnTwice: (name) => `Zdá sa, že stĺpec „${name}“ opakuje iný.`,
    columnsLeftOut: (names) => `Nepoužité stĺpce: ${names}.`,
    linesLeftOut: (lines) => `Riadky bez platby: ${lines}.`,
    sheetLeftOut: (name) => `Platby má aj iný hárok, „${name}“. Číta sa len prvý.`,
    countDiffers: (said, found) => `Súbor uvádza ${said} platieb, je ich v ňom ${found}. Časť môže chýbať.`,
    sumDiffers: (said, found) => `Súbor uvádza súčet ${said}, jeho platby tvoria ${found}. Mohol byť zmenený.`,
  },
  note: {
    dayPassed: (day) => `Jej deň, ${day}, už uplynul. Zaplatila by sa dnes.`,
    dayUnread: (text) => `Deň v súbore: ${text}.`,
    currencyUnread: (text) => `Mena v súbore: ${text}.`,
    columnsDisagree: (first, second) => `Dva stĺpce uvádzajú rôzne údaje: ${first} a ${second}.`,
    computed: "Jej sumu alebo účet vypočítala tabuľka. Porovnajte ich.",
    referenceLeftOut: (reference) => `Referencia ${reference} sa nedá preniesť a vynechá sa.`,
    leftOut: (names) => `Tieto časti príkazu Saldo nevie preniesť: ${names}.`,
    instant: "Súbor žiada okamžitú platbu. Ako pôjde, rozhodne vaša banka.",
    otherPayer: (account) => `Súbor ju platí z iného účtu: ${account}.`,
    prepared: (day) => `Rovnaká platba už je koncept, z ${day}.`,
    twiceInFile: (line) => `Rovnaká platba je aj v riadku ${line}.`,
  },
  problem: {
    ambiguous: "Dá sa to čítať dvoma spôsobmi.",
    notADay: "Toto nie je deň.",
    otherCurrency: "Z tohto účtu sa nedá zaplatiť. Vyberte hore iný účet.",
    missing: (field) => `Chýba: ${field}.`,
  },
};
