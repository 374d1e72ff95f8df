import type { OrderColumn, OrderSource, OrdersUnread } from "../../bindings";
import { plural } from "../../messages/plural";

const n = plural("en");
const column: Record<OrderColumn, string> = {
  payee: "payee",
  account: "account",
  bankCode: "bank code",
  amount: "amount",
  currency: "currency",
  day: "day",
  variable: "variable symbol",
  specific: "specific symbol",
  constant: "constant symbol",
  reference: "reference",
  message: "message",
  payer: "account to pay from",
};
const source: Record<OrderSource["kind"], string> = {
  csv: "Table (CSV)",
  xlsx: "Spreadsheet (XLSX)",
  pain001: "Payment order (pain.001)",
};
const unread: Record<Exclude<OrdersUnread["kind"], "columns" | "damaged">, string> = {
  empty: "There is no payment in this file.",
  tooLarge: "This file is larger than 8 MB. Split it into smaller ones.",
  tooMany: "There are more than 1,000 payments in this file. Split it into smaller ones.",
  unknown: "Saldo does not know this kind of file. It reads CSV, XLSX and pain.001.",
  otherMessage: "This bank message orders no payments.",
};

export const en = {
  title: "Payments from a file",
  reading: "Reading the file",
  means: "Nothing is paid yet. The chosen payments become drafts, which you check and approve as always.",
  source,
  version: (version: string) => `version ${version}`,
  from: "Pay from",
  chooseFrom: "Choose an account",
  choose: "Choose another file",
  close: "Close",
  column,
  head: { line: "Line", payee: "Payee and account", details: "Symbols and message", day: "Day", amount: "Amount" },
  all: "Choose all that can be prepared",
  one: (payee: string, line: number) => `Prepare the payment to ${payee}, line ${line}`,
  broken: (count: number, shown: string) =>
    n(count, { one: "1 line needs a change in the file", other: `${shown} lines need a change in the file` }),
  fine: (count: number, shown: string) =>
    n(count, { one: "1 payment can be prepared", other: `${shown} payments can be prepared` }),
  noneFine: "No line of this file can be prepared as it is.",
  today: "Today",
  noPayee: "No payee",
  chosen: (count: number, shown: string) => n(count, { one: "1 chosen", other: `${shown} chosen` }),
  after: (money: string) => `${money} would remain`,
  prepare: (count: number, shown: string) => n(count, { one: "Prepare 1 payment", other: `Prepare ${shown} payments` }),
  done: (count: number, shown: string) => n(count, { one: "1 draft was made.", other: `${shown} drafts were made.` }),
  unread,
  damaged: (line: number | null) =>
    line === null ? "This file is damaged or cannot be read." : `This file cannot be read from line ${line} on.`,
  columns: (missing: string) =>
    `These columns were not found: ${missing}. Give them such names in the first row of the table and choose the file again.`,
  asks: {
    decimalComma: "How are amounts such as 1,234 meant?",
    comma: "Comma before decimals",
    point: "Comma between thousands",
    dayFirst: "Which comes first in dates such as 03/04?",
    day: "The day",
    month: "The month",
  },
  file: {
    noCurrency: "The file names no currency. That of the account you pay from is used.",
    columnTwice: (name: string) => `The column “${name}” seems to repeat another one.`,
    columnsLeftOut: (names: string) => `Columns that are not used: ${names}.`,
    linesLeftOut: (lines: string) => `Lines without a payment: ${lines}.`,
    sheetLeftOut: (name: string) => `Another sheet, “${name}”, holds payments too. Only the first one is read.`,
    countDiffers: (said: string, found: string) =>
      `The file says it holds ${said} payments, and it holds ${found}. Part of it may be missing.`,
    sumDiffers: (said: string, found: string) =>
      `The file says its payments make ${said}, and they make ${found}. It may have been changed.`,
  },
  note: {
    dayPassed: (day: string) => `Its day, ${day}, is over. It would be paid today.`,
    dayUnread: (text: string) => `Day in the file: ${text}.`,
    currencyUnread: (text: string) => `Currency in the file: ${text}.`,
    columnsDisagree: (first: string, second: string) => `Two columns say different things: ${first} and ${second}.`,
    computed: "The spreadsheet computed its amount or account. Compare it.",
    referenceLeftOut: (reference: string) => `The reference ${reference} cannot be carried and is left out.`,
    leftOut: (names: string) => `Saldo cannot carry these parts of the order: ${names}.`,
    instant: "The file asks for an instant payment. Your bank decides how it goes.",
    otherPayer: (account: string) => `The file pays this from another account: ${account}.`,
    prepared: (day: string) => `The same payment is a draft already, from ${day}.`,
    twiceInFile: (line: number) => `The same payment stands in line ${line} too.`,
  },
  problem: {
    ambiguous: "This can be read in two ways.",
    notADay: "This is no day.",
    otherCurrency: "This account cannot pay it. Choose another account above.",
    missing: (field: string) => `Missing: ${field}.`,
  },
};

/** The texts of one language. */
export type Words = typeof en;
