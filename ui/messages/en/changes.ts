import type { Aside, Cause, ChangeKind, Reason, RowField } from "../../bindings";
import { plural } from "../plural";

const n = plural("en");

const causes: Record<Cause, string> = {
  sync: "Sync",
  import: "Statement file",
  decision: "Your decision",
  undo: "Undo",
};

const kinds: Record<ChangeKind, string> = {
  added: "New",
  changed: "Changed",
  removed: "No longer pending",
  aside: "Set aside",
};

const reasons: Record<Reason, string> = {
  disagrees: "One transaction came with two amounts",
  duplicate: "Two transactions say the same",
  vanished: "The bank no longer lists this transaction",
  unreadable: "A row came that Saldo cannot read",
};

/** What holds until she decides: as long as nothing is settled, and where the balances have settled it. */
const meanwhile: Record<Reason, { open: string; settled: string }> = {
  disagrees: {
    open: "The bank sent the same number again with another amount. Both count until you decide.",
    settled: "The bank’s balance agrees with one of them only, so the other is set aside until you decide.",
  },
  duplicate: {
    open: "It was paid twice or sent twice. Both count until you decide.",
    settled: "The bank’s balance agrees with one of them only, so the other is set aside until you decide.",
  },
  vanished: {
    open: "It counts until you decide.",
    settled: "The bank’s balance agrees without it, so it is set aside until you decide.",
  },
  unreadable: {
    open: "It counts nowhere. The bank may send it again in order.",
    settled: "It counts nowhere. The bank may send it again in order.",
  },
};

const why: Record<Aside, string> = {
  duplicate: "It looks the same as another one",
  disagrees: "Another amount counts in its place",
  vanished: "The bank no longer lists it",
  undone: "You undid the sync that brought it",
  deleted: "You removed it",
};

const fields: Record<RowField, string> = {
  status: "Status",
  amount: "Amount",
  original: "Original amount",
  bookingDate: "Booking date",
  valueDate: "Value date",
  counterparty: "Counterparty",
  counterpartyAccount: "Account number",
  variableSymbol: "VS",
  constantSymbol: "KS",
  specificSymbol: "SS",
  reference: "Reference",
  message: "Message",
  description: "Bank’s description",
  bankId: "Bank’s number",
};

export const changes = {
  title: "Changes",
  waiting: (count: number) =>
    n(count, { one: `${count} question waits for you`, other: `${count} questions wait for you` }),
  decide: "To decide",
  reasons,
  meanwhile,
  earlier: "Was there",
  later: "Came later",
  counts: "Counts",
  aside: "Set aside",
  both: "Keep both",
  onlyFirst: "Only the earlier one",
  onlySecond: "Only the later one",
  countBoth: "Count both",
  countOne: "Count one",
  count: "Count it",
  leave: "Leave it out",
  show: "What the bank sent",
  seen: "Done",
  decided: "Decided",

  backfill: (count: number, text: string, account: string) =>
    n(count, {
      one: `1 older transaction came for ${account}`,
      other: `${text} older transactions came for ${account}`,
    }),
  backfillMore: (from: string, to: string) =>
    from === to
      ? `It is of ${from}. The bank sent it only now.`
      : `They are of ${from} to ${to}. The bank sent them only now.`,
  look: "Look",
  fine: "That is fine",

  list: "What changed",
  causes,
  kinds,
  countsAgain: "Counts again",
  undone: "Undone",
  at: (bank: string, account: string) => `${bank}, ${account}`,
  counted: {
    added: (_: number, text: string) => `${text} new`,
    changed: (_: number, text: string) => `${text} changed`,
    removed: (_: number, text: string) => `${text} no longer pending`,
    aside: (_: number, text: string) => `${text} set aside`,
  },
  first: (count: number, text: string) =>
    n(count, { one: `first reading, ${text} transaction`, other: `first reading, ${text} transactions` }),
  nothing: "nothing",
  noRows: "Its rows are not listed one by one.",
  more: "Show more",
  rows: "Changed transactions",
  columns: { what: "What", day: "Day", party: "Counterparty", account: "Account", amount: "Amount" },
  fields,

  undo: "Undo",
  bringBack: "Bring back",
  undoTitle: (cause: Cause) =>
    ({
      sync: "Undo this sync",
      import: "Undo this import",
      decision: "Undo this decision",
      undo: "Bring back what was undone",
    })[cause],
  undoSay: [
    "New transactions are set aside: they count nowhere, and the next sync does not bring them back.",
    "Changed ones say again what they said before.",
    "The days concerned are not proved any more, because the bank’s balance has what you undo.",
    "Nothing is deleted. Notes and categories stay, and you can undo this as well.",
  ],
  backSay: [
    "Everything counts again as it did before.",
    "Nothing is deleted. Notes and categories stay, and you can undo this as well.",
  ],
  undoDone: "Undone",
  backDone: "Brought back",

  asideTitle: "Set aside",
  asideHint: "They are kept, but no list, sum or balance has them.",
  countAgain: "Count again",
  countedAgain: "It counts again",
  why,

  empty: "Nothing has changed yet",
  emptyMore: "After each sync you see here what it brought, and can undo it.",
  unread: "The changes could not be read",
};

export type ChangesTexts = typeof changes;
