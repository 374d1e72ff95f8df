// The words for the columns of a table. They come with the question, not with the first page.
import type { Meaning } from "../../bindings";
import { lang, type Lang } from "../../i18n.svelte";

type Words = {
  title: string;
  column: string;
  example: string;
  holds: string;
  needed: string;
  meaning: Record<Meaning, string>;
};

const words: Record<Lang, Words> = {
  en: {
    title: "What do the columns hold?",
    column: "Column",
    example: "Example",
    holds: "Holds",
    needed: "A day and an amount are needed: either one signed amount, or what went out and what came in.",
    meaning: {
      nothing: "Not needed",
      booked: "Day of booking",
      value: "Value date",
      amount: "Amount, with its sign",
      debit: "What went out",
      credit: "What came in",
      side: "Out or in",
      currency: "Currency",
      balance: "Balance after",
      ownAccount: "Own account",
      id: "Bank’s number",
      counterparty: "Other party",
      counterpartyAccount: "Their account",
      counterpartyBank: "Their bank code",
      variable: "Variable symbol",
      constant: "Constant symbol",
      specific: "Specific symbol",
      reference: "Reference",
      message: "Message",
      description: "Bank’s text",
    },
  },
  sk: {
    title: "Čo je v stĺpcoch?",
    column: "Stĺpec",
    example: "Príklad",
    holds: "Obsahuje",
    needed: "Treba deň a sumu: buď jednu so znamienkom, alebo zvlášť výdaje a príjmy.",
    meaning: {
      nothing: "Netreba",
      booked: "Deň zaúčtovania",
      value: "Dátum valuty",
      amount: "Suma so znamienkom",
      debit: "Výdaj",
      credit: "Príjem",
      side: "Výdaj alebo príjem",
      currency: "Mena",
      balance: "Zostatok po",
      ownAccount: "Vlastný účet",
      id: "Číslo banky",
      counterparty: "Protistrana",
      counterpartyAccount: "Účet protistrany",
      counterpartyBank: "Kód jej banky",
      variable: "Variabilný symbol",
      constant: "Konštantný symbol",
      specific: "Špecifický symbol",
      reference: "Referencia",
      message: "Správa",
      description: "Text banky",
    },
  },
  cs: {
    title: "Co je ve sloupcích?",
    column: "Sloupec",
    example: "Příklad",
    holds: "Obsahuje",
    needed: "Je potřeba den a částka: buď jedna se znaménkem, nebo zvlášť výdaje a příjmy.",
    meaning: {
      nothing: "Není potřeba",
      booked: "Den zaúčtování",
      value: "Datum valuty",
      amount: "Částka se znaménkem",
      debit: "Výdaj",
      credit: "Příjem",
      side: "Výdaj nebo příjem",
      currency: "Měna",
      balance: "Zůstatek po",
      ownAccount: "Vlastní účet",
      id: "Číslo banky",
      counterparty: "Protistrana",
      counterpartyAccount: "Účet protistrany",
      counterpartyBank: "Kód její banky",
      variable: "Variabilní symbol",
      constant: "Konstantní symbol",
      specific: "Specifický symbol",
      reference: "Reference",
      message: "Zpráva",
      description: "Text banky",
    },
  },
  de: {
    title: "Was steht in den Spalten?",
    column: "Spalte",
    example: "Beispiel",
    holds: "Enthält",
    needed: "Nötig sind ein Tag und ein Betrag: entweder einer mit Vorzeichen, oder Ausgang und Eingang getrennt.",
    meaning: {
      nothing: "Nicht nötig",
      booked: "Buchungstag",
      value: "Wertstellung",
      amount: "Betrag mit Vorzeichen",
      debit: "Ausgang",
      credit: "Eingang",
      side: "Ausgang oder Eingang",
      currency: "Währung",
      balance: "Saldo danach",
      ownAccount: "Eigenes Konto",
      id: "Nummer der Bank",
      counterparty: "Gegenpartei",
      counterpartyAccount: "Konto der Gegenpartei",
      counterpartyBank: "Ihre Bankleitzahl",
      variable: "Variables Symbol",
      constant: "Konstantes Symbol",
      specific: "Spezifisches Symbol",
      reference: "Referenz",
      message: "Nachricht",
      description: "Text der Bank",
    },
  },
};

/** The words in the language in use. Reactive where it is called. */
export const say = (): Words => words[lang()];

/** All meanings, in the order in which they are offered. */
export const meanings = Object.keys(words.en.meaning) as Meaning[];
