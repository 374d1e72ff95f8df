import type { DoubtKind, ReadingWarning, SourceFormat, Unpayable } from "../../bindings";

const source: Record<SourceFormat, string> = {
  payBySquare: "PAY by square code",
  spayd: "QR Platba code",
  epc: "EPC code",
  payMe: "PayMe link",
  isdoc: "ISDOC invoice",
  ubl: "UBL invoice",
  cii: "Factur-X invoice",
  text: "Text",
};
const doubt: Record<Exclude<DoubtKind["kind"], "referenceLeftOut">, string> = {
  amountOpen: "No amount stands there. Type it yourself.",
  currencyAssumed: "No currency stands there. Compare it.",
  amountChosen: "Several amounts stand there. Compare this one.",
  nationalCheck: "The account number may have a wrong digit. Compare it.",
  otherAccounts: "More accounts are named. This is the first.",
  overdue: "The due day is over. The payment would leave today.",
  standing: "It asks for a standing order. This would be one payment.",
  fromReference: "It was given as a reference.",
  fromText: "Found in the text. Compare it.",
  leftOut: "It is no valid symbol and was left out.",
  referenceAsMessage: "The payee’s reference for the payment.",
  checkSum: "The code’s check sum does not hold. Compare it with the invoice.",
};
const unpayable: Record<Unpayable, string> = {
  creditNote: "This is a credit note. There is nothing to pay.",
  directDebit: "The payee collects this by direct debit. Do not pay it.",
  otherMeans: "This is paid in cash, by card or set off, not by a transfer.",
  nothing: "Nothing is left to pay.",
};
const warning: Record<Exclude<ReadingWarning["kind"], "refused" | "disagree">, string> = {
  nothingFound: "No payment was found in it.",
  unknown: "Saldo does not read files of this kind.",
  damaged: "This file cannot be read. It may be damaged.",
  tooLarge: "This file is too large to be read.",
  encrypted: "This file needs a password. Save a copy without one.",
  cutShort: "Only the beginning was read, because there is very much in it.",
  otherCode: "There is also a code that has nothing to do with payments.",
  noCapture: "This system lets Saldo ask for no picture of the screen. Take one yourself, copy it and paste it here.",
};

export const en = {
  strip: {
    title: "Drop an invoice or a QR code here, or press",
    more: "PDF, picture, ISDOC or text; PAY by square, QR Platba, EPC and PayMe.",
    choose: "Read an invoice…",
    capture: "From the screen…",
    reading: "Reading…",
    drop: "Drop the invoice here",
    filled: (name: string) => `Filled in from ${name}`,
    pasted: "the pasted text",
    screen: "the screen",
    undo: "Undo",
    show: "What was read",
    hide: "Close what was read",
  },
  heading: "What was read",
  nothingUsed: "Nothing is filled in yet.",
  source,
  place: {
    itself: "",
    picture: "in the picture",
    page: (number: number) => `on page ${number}`,
    inside: (name: string) => (name === "" ? "inside the file" : `in ${name}`),
  },
  due: "Due",
  use: "Use this",
  review: "Check this payment",
  replaces: (fields: string) => `Replaces what you typed: ${fields}.`,
  doubt,
  referenceLeftOut: (reference: string) => `The reference ${reference} was left out.`,
  unpayable,
  warning,
  refused: (code: string) => `A ${code} is damaged, or is none to pay by.`,
  disagree: (fields: string) => `What was read in several places differs: ${fields}. Ask the payee which is right.`,
  paid: {
    title: "Get paid by QR",
    means: "Whoever scans the code with a banking app gets the payment filled in.",
    account: "Account to be paid to",
    name: "Your name",
    amount: (currency: string) => `Amount in ${currency}`,
    amountHint: "Empty: the payer types it.",
    code: "Kind of code",
    codes: { payBySquare: "PAY by square", spayd: "QR Platba", epc: "EPC" },
    picture: (code: string) => `${code} code to be paid by`,
    noEpc: "An EPC code needs your name and an account in euros.",
    wait: "The code appears when the form is right.",
    save: "Save picture…",
    saved: "The picture is saved.",
    close: "Close",
    noAccount: "None of your accounts has an IBAN to be paid to.",
  },
};

/** What every language says. */
export type Words = typeof en;
