import type { Cause } from "../../bindings";
import type { ChangesTexts } from "../en/changes";
import { plural } from "../plural";

const n = plural("de");

export const changes = {
  title: "Änderungen",
  waiting: (count: number) =>
    n(count, { one: `${count} Frage wartet auf Sie`, other: `${count} Fragen warten auf Sie` }),
  decide: "Zu entscheiden",
  reasons: {
    disagrees: "Ein Umsatz kam mit zwei Beträgen",
    duplicate: "Zwei Umsätze sagen dasselbe",
    vanished: "Die Bank führt diesen Umsatz nicht mehr",
    unreadable: "Es kam ein Umsatz, den Saldo nicht lesen kann",
  },
  meanwhile: {
    disagrees: {
      open: "Die Bank hat dieselbe Nummer mit einem anderen Betrag geschickt. Bis Sie entscheiden, zählen beide.",
      settled: "Der Saldo der Bank stimmt nur mit einem überein; der andere ist zurückgestellt, bis Sie entscheiden.",
    },
    duplicate: {
      open: "Er wurde zweimal gezahlt oder zweimal geschickt. Bis Sie entscheiden, zählen beide.",
      settled: "Der Saldo der Bank stimmt nur mit einem überein; der andere ist zurückgestellt, bis Sie entscheiden.",
    },
    vanished: {
      open: "Bis Sie entscheiden, zählt er.",
      settled: "Der Saldo der Bank stimmt ohne ihn; er ist zurückgestellt, bis Sie entscheiden.",
    },
    unreadable: {
      open: "Er zählt nirgends. Vielleicht schickt die Bank ihn noch richtig.",
      settled: "Er zählt nirgends. Vielleicht schickt die Bank ihn noch richtig.",
    },
  },
  earlier: "War da",
  later: "Kam später",
  counts: "Zählt",
  aside: "Zurückgestellt",
  both: "Beide behalten",
  onlyFirst: "Nur den früheren",
  onlySecond: "Nur den späteren",
  countBoth: "Beide zählen",
  countOne: "Einen zählen",
  count: "Zählen",
  leave: "Weglassen",
  show: "Was die Bank geschickt hat",
  seen: "Erledigt",
  decided: "Entschieden",

  backfill: (count: number, text: string, account: string) =>
    n(count, {
      one: `1 älterer Umsatz kam für ${account}`,
      other: `${text} ältere Umsätze kamen für ${account}`,
    }),
  backfillMore: (from: string, to: string) =>
    from === to
      ? `Er ist vom ${from}. Die Bank hat ihn erst jetzt geschickt.`
      : `Sie sind vom ${from} bis ${to}. Die Bank hat sie erst jetzt geschickt.`,
  look: "Ansehen",
  fine: "In Ordnung",

  list: "Was sich geändert hat",
  causes: { sync: "Synchronisierung", import: "Kontoauszug", decision: "Ihre Entscheidung", undo: "Rückgängig" },
  kinds: { added: "Neu", changed: "Geändert", removed: "Nicht mehr vorgemerkt", aside: "Zurückgestellt" },
  countsAgain: "Zählt wieder",
  undone: "Rückgängig gemacht",
  at: (bank: string, account: string) => `${bank}, ${account}`,
  counted: {
    added: (_: number, text: string) => `${text} neu`,
    changed: (_: number, text: string) => `${text} geändert`,
    removed: (_: number, text: string) => `${text} nicht mehr vorgemerkt`,
    aside: (_: number, text: string) => `${text} zurückgestellt`,
  },
  first: (count: number, text: string) =>
    n(count, { one: `erstes Lesen, ${text} Umsatz`, other: `erstes Lesen, ${text} Umsätze` }),
  nothing: "nichts",
  noRows: "Ihre Umsätze sind nicht einzeln aufgeführt.",
  more: "Mehr zeigen",
  rows: "Geänderte Umsätze",
  columns: { what: "Was", day: "Tag", party: "Gegenseite", account: "Konto", amount: "Betrag" },
  fields: {
    status: "Status",
    amount: "Betrag",
    original: "Ursprünglicher Betrag",
    bookingDate: "Buchungstag",
    valueDate: "Wertstellung",
    counterparty: "Gegenseite",
    counterpartyAccount: "Kontonummer",
    variableSymbol: "VS",
    constantSymbol: "KS",
    specificSymbol: "SS",
    reference: "Referenz",
    message: "Nachricht",
    description: "Text der Bank",
    bankId: "Nummer bei der Bank",
  },

  undo: "Rückgängig",
  bringBack: "Zurückholen",
  undoTitle: (cause: Cause) =>
    ({
      sync: "Diese Synchronisierung rückgängig machen",
      import: "Diesen Kontoauszug rückgängig machen",
      decision: "Diese Entscheidung rückgängig machen",
      undo: "Rückgängig Gemachtes zurückholen",
    })[cause],
  undoSay: [
    "Neue Umsätze werden zurückgestellt: Sie zählen nirgends, und die nächste Synchronisierung holt sie nicht zurück.",
    "Geänderte sagen wieder, was sie vorher sagten.",
    "Die betroffenen Tage sind dann nicht mehr belegt, weil der Saldo der Bank enthält, was Sie rückgängig machen.",
    "Nichts wird gelöscht. Notizen und Kategorien bleiben, und auch das lässt sich rückgängig machen.",
  ],
  backSay: [
    "Alles zählt wieder wie vorher.",
    "Nichts wird gelöscht. Notizen und Kategorien bleiben, und auch das lässt sich rückgängig machen.",
  ],
  undoDone: "Rückgängig gemacht",
  backDone: "Zurückgeholt",

  asideTitle: "Zurückgestellt",
  asideHint: "Sie bleiben erhalten, stehen aber in keiner Liste, Summe und keinem Saldo.",
  countAgain: "Wieder zählen",
  countedAgain: "Zählt wieder",
  why: {
    duplicate: "Er sieht aus wie ein anderer",
    disagrees: "An seiner Stelle zählt ein anderer Betrag",
    vanished: "Die Bank führt ihn nicht mehr",
    undone: "Sie haben die Synchronisierung rückgängig gemacht, die ihn brachte",
    deleted: "Sie haben ihn entfernt",
  },

  empty: "Noch hat sich nichts geändert",
  emptyMore: "Nach jeder Synchronisierung sehen Sie hier, was sie brachte, und können sie rückgängig machen.",
  unread: "Die Änderungen konnten nicht gelesen werden",
} satisfies ChangesTexts;
