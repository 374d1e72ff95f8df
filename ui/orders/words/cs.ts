import { plural } from "../../messages/plural";
import type { Words } from "./en";

const n = plural("cs");

export const cs: Words = {
  title: "Platby ze souboru",
  reading: "Soubor se čte",
  means: "Zatím se nic neplatí. Z vybraných plateb budou koncepty, které zkontrolujete a schválíte jako vždy.",
  source: { csv: "Tabulka (CSV)", xlsx: "Tabulka (XLSX)", pain001: "Platební příkaz (pain.001)" },
  version: (version) => `verze ${version}`,
  from: "Platit z účtu",
  chooseFrom: "Vyberte účet",
  choose: "Vybrat jiný soubor",
  close: "Zavřít",
  column: {
    payee: "příjemce",
    account: "účet",
    bankCode: "kód banky",
    amount: "částka",
    currency: "měna",
    day: "den",
    variable: "variabilní symbol",
    specific: "specifický symbol",
    constant: "konstantní symbol",
    reference: "reference",
    message: "zpráva",
    payer: "účet plátce",
  },
  head: { line: "Řádek", payee: "Příjemce a účet", details: "Symboly a zpráva", day: "Den", amount: "Částka" },
  all: "Vybrat všechny, které lze připravit",
  one: (payee, line) => `Připravit platbu pro ${payee}, řádek ${line}`,
  broken: (count, shown) =>
    n(count, {
      one: "1 řádek je třeba v souboru opravit",
      few: `${shown} řádky je třeba v souboru opravit`,
      other: `${shown} řádků je třeba v souboru opravit`,
    }),
  fine: (count, shown) =>
    n(count, {
      one: "1 platbu lze připravit",
      few: `${shown} platby lze připravit`,
      other: `${shown} plateb lze připravit`,
    }),
  noneFine: "Žádný řádek tohoto souboru nelze připravit tak, jak je.",
  today: "Dnes",
  noPayee: "Bez příjemce",
  chosen: (count, shown) => n(count, { one: "1 vybraná", few: `${shown} vybrané`, other: `${shown} vybraných` }),
  after: (money) => `Zůstane ${money}`,
  prepare: (count, shown) =>
    n(count, { one: "Připravit 1 platbu", few: `Připravit ${shown} platby`, other: `Připravit ${shown} plateb` }),
  done: (count, shown) =>
    n(count, {
      one: "Vznikl 1 koncept.",
      few: `Vznikly ${shown} koncepty.`,
      other: `Vzniklo ${shown} konceptů.`,
    }),
  unread: {
    empty: "V tomto souboru není žádná platba.",
    tooLarge: "Tento soubor je větší než 8 MB. Rozdělte ho na menší.",
    tooMany: "V tomto souboru je více než 1 000 plateb. Rozdělte ho na menší.",
    unknown: "Tento druh souboru Saldo nezná. Čte CSV, XLSX a pain.001.",
    otherMessage: "Tato bankovní zpráva nepřikazuje žádné platby.",
  },
  damaged: (line) =>
    line === null ? "Tento soubor je poškozený nebo ho nelze přečíst." : `Tento soubor nelze číst od řádku ${line}.`,
  columns: (missing) =>
    `Tyto sloupce se nenašly: ${missing}. Pojmenujte je tak v prvním řádku tabulky a vyberte soubor znovu.`,
  asks: {
    decimalComma: "Jak jsou míněny částky jako 1,234?",
    comma: "Čárka před desetinami",
    point: "Čárka mezi tisíci",
    dayFirst: "Co je první v datech jako 03/04?",
    day: "Den",
    month: "Měsíc",
  },
  file: {
    noCurrency: "Soubor neuvádí měnu. Použije se měna účtu, ze kterého platíte.",
    columnTwice: (name) => `Zdá se, že sloupec „${name}“ opakuje jiný.`,
    columnsLeftOut: (names) => `Nepoužité sloupce: ${names}.`,
    linesLeftOut: (lines) => `Řádky bez platby: ${lines}.`,
    sheetLeftOut: (name) => `Platby má i jiný list, „${name}“. Čte se jen první.`,
    countDiffers: (said, found) => `Soubor uvádí ${said} plateb, je jich v něm ${found}. Část může chybět.`,
    sumDiffers: (said, found) => `Soubor uvádí součet ${said}, jeho platby tvoří ${found}. Mohl být změněn.`,
  },
  note: {
    dayPassed: (day) => `Její den, ${day}, už uplynul. Zaplatila by se dnes.`,
    dayUnread: (text) => `Den v souboru: ${text}.`,
    currencyUnread: (text) => `Měna v souboru: ${text}.`,
    columnsDisagree: (first, second) => `Dva sloupce uvádějí různé údaje: ${first} a ${second}.`,
    computed: "Její částku nebo účet vypočítala tabulka. Porovnejte je.",
    referenceLeftOut: (reference) => `Referenci ${reference} nelze přenést a vynechá se.`,
    leftOut: (names) => `Tyto části příkazu Saldo neumí přenést: ${names}.`,
    instant: "Soubor žádá okamžitou platbu. Jak půjde, rozhodne vaše banka.",
    otherPayer: (account) => `Soubor ji platí z jiného účtu: ${account}.`,
    prepared: (day) => `Stejná platba už je koncept, z ${day}.`,
    twiceInFile: (line) => `Stejná platba je i v řádku ${line}.`,
  },
  problem: {
    ambiguous: "Lze to číst dvěma způsoby.",
    notADay: "Toto není den.",
    otherCurrency: "Z tohoto účtu nelze zaplatit. Vyberte nahoře jiný účet.",
    missing: (field) => `Chybí: ${field}.`,
  },
};
