// What the balances prove, change-sets, questions and rules. States: proved (every day is), limited (a part is asked to wait),
// untried, noChanges, calm (no questions), stubborn (reading again brings nothing).
import type { AccountHealth, Backfill, ChangeSet, Change, Doubt, Doubtful, Rule } from "../bindings";
import { accounts } from "./banks";
import { ledger } from "./ledger";
import { inState, minutesAgo, pause, refuse, type Answers } from "./types";

const account = (id: number) => accounts.find((one) => one.id === id) ?? refuse("notFound");
const eur = (amount: string) => ({ amount, currency: "EUR" });

function health(id: number): AccountHealth {
  const { unproved, wholeFrom } = account(id);
  const came = { tried: minutesAgo(12), read: minutesAgo(12), outcome: { kind: "read" } } as const;
  return {
    attempts: inState("untried")
      ? []
      : [
          { part: "details", ...came },
          { part: "balance", ...came },
          inState("limited")
            ? {
                part: "transactions",
                tried: minutesAgo(12),
                read: minutesAgo(900),
                outcome: { kind: "rateLimited", until: minutesAgo(-45) },
              }
            : { part: "transactions", ...came },
          { part: "pending", tried: minutesAgo(12), read: null, outcome: { kind: "missing" } },
        ],
    proof: { from: wholeFrom, unproved: unproved ? [unproved] : [] },
  };
}

/** The newest rows of the fixtures: what the questions are about. */
const newest = ledger.newest(1, 8);
const row = (index: number, amount?: string) => {
  const found = newest[index] ?? newest[0];
  if (!found) throw new Error("the fixtures have rows");
  return amount ? { ...found, amount: eur(amount) } : found;
};
const counts = (index: number, amount?: string): Doubtful => ({ row: row(index, amount), aside: null });

const question = { account: 1, accountName: "Operating account", at: minutesAgo(12), payload: null };
let doubts: Doubt[] = [
  {
    ...question,
    id: 4,
    reason: "disagrees",
    first: counts(2),
    second: { row: row(2, "-217.45"), aside: "disagrees" },
    settled: true,
  },
  { ...question, id: 3, reason: "duplicate", first: counts(4), second: counts(4), settled: false },
  { ...question, id: 2, reason: "vanished", first: counts(5), second: null, settled: false },
  {
    ...question,
    id: 1,
    reason: "unreadable",
    first: null,
    second: null,
    settled: false,
    payload: '{"entryReference":"20261012","bookingDate":"2026-13-40","amount":{"value":"twelve","currency":"EUR"}}',
  },
];
let backfills: Backfill[] = [
  {
    set: 41,
    at: minutesAgo(1460),
    account: 4,
    accountName: "Payroll",
    rows: 14,
    from: "2026-01-05",
    to: "2026-03-30",
  },
];
let aside: Doubtful[] = [
  { row: row(6), aside: "deleted" },
  { row: row(2, "-217.45"), aside: "disagrees" },
];

const changed = (id: number, more: Partial<ChangeSet["accounts"][number]>): ChangeSet["accounts"][number] => ({
  account: id,
  name: account(id).name,
  bank: account(id).bank.name,
  first: false,
  added: 0,
  changed: 0,
  removed: 0,
  aside: 0,
  late: 0,
  ...more,
});
const set = (id: number, at: string, more: Partial<ChangeSet>): ChangeSet => ({
  id,
  at,
  cause: "sync",
  undoes: null,
  undoneBy: null,
  canUndo: true,
  accounts: [],
  ...more,
});
let sets: ChangeSet[] = [
  set(44, minutesAgo(12), {
    accounts: [changed(1, { added: 3, changed: 1, removed: 1, aside: 1 }), changed(3, { added: 1 })],
  }),
  set(43, minutesAgo(600), { cause: "decision", accounts: [changed(1, { aside: 1 })] }),
  set(42, minutesAgo(1400), { cause: "undo", undoes: 41, accounts: [changed(4, { aside: 14 })] }),
  set(41, minutesAgo(1460), { undoneBy: 42, canUndo: false, accounts: [changed(4, { added: 14, late: 14 })] }),
  set(12, minutesAgo(43_000), {
    canUndo: false,
    accounts: accounts.map((one) => changed(one.id, { first: true, added: 1_164 * one.id })),
  }),
];

function rowsOf(id: number): Change[] {
  const base = (index: number): Omit<Change, "kind" | "differences" | "aside"> => ({
    account: 1,
    transaction: row(index).id,
    day: row(index).day,
    counterparty: row(index).counterparty,
    amount: row(index).amount,
  });
  if (id !== 44) {
    return [{ ...base(6), kind: "aside", differences: [], aside: id === 43 ? "deleted" : "undone" }];
  }
  return [
    ...[0, 1, 2].map((index): Change => ({ ...base(index), kind: "added", differences: [], aside: null })),
    {
      ...base(3),
      kind: "changed",
      aside: null,
      differences: [
        {
          field: "message",
          before: { kind: "text", value: "FA 20260388" },
          after: { kind: "text", value: row(3).message ?? "FA" },
        },
        { field: "valueDate", before: null, after: { kind: "day", value: row(3).day } },
      ],
    },
    { ...base(4), kind: "removed", transaction: null, differences: [], aside: null },
    { ...base(2), kind: "aside", amount: eur("-217.45"), differences: [], aside: "disagrees" },
  ];
}

let rules: Rule[] = [
  { id: 1, by: { kind: "name" }, label: "Palivá Rajec", category: "vehicles", made: minutesAgo(9_000), rows: 212 },
  {
    id: 2,
    by: { kind: "account", iban: "SK1109000000005061172394" },
    label: "Priemyselný park Brod s.r.o.",
    category: "rent",
    made: minutesAgo(20_000),
    rows: 36,
  },
];

export const proof: Answers = {
  accountHealth: health,
  readAgain: async (id) => {
    await pause(inState("slow") ? 600_000 : 300);
    if (inState("offline")) refuse("offline");
    if (!inState("stubborn")) account(id).unproved = null;
    return { read: 1, failed: 0, added: inState("stubborn") ? 0 : 1, changed: 0, removed: 0, quarantined: 0 };
  },
  changeSets: (before) => {
    if (inState("broken")) refuse("storeFailed");
    return inState("noChanges") || inState("empty") || before !== null ? [] : sets;
  },
  changes: (id, skip) => (skip > 0 ? [] : rowsOf(id)),
  undoChanges: (id) => {
    const next = 45 + sets.length;
    const undone = sets.find((one) => one.id === id) ?? refuse("notFound");
    sets = [
      set(next, minutesAgo(0), { cause: "undo", undoes: id, accounts: undone.accounts }),
      ...sets.map((one) => (one.id === id ? { ...one, undoneBy: next, canUndo: false } : one)),
    ];
    return next;
  },
  doubts: () => (inState("doubt") ? doubts : []),
  decide: (id) => {
    doubts = doubts.filter((one) => one.id !== id);
    return null;
  },
  backfills: () => (inState("doubt") ? backfills : []),
  backfillSeen: (of) => {
    backfills = backfills.filter((one) => one.set !== of);
    return null;
  },
  removeTransaction: (id) => {
    ledger.remove(id, true);
    return null;
  },
  countAgain: (id) => {
    ledger.remove(id, false);
    aside = aside.filter((one) => one.row.id !== id);
    return null;
  },
  rowsAside: () => (inState("noChanges") || inState("empty") ? [] : aside),
  ruleOffer: (id) => {
    const label = ledger.detail(id)?.row.counterparty ?? "";
    return rules.some((one) => one.label === label) ? null : { by: { kind: "name" }, label, rows: 12 };
  },
  makeRule: (id, category) => {
    const label = ledger.detail(id)?.row.counterparty ?? "";
    rules = [...rules, { id: rules.length + 1, by: { kind: "name" }, label, category, made: minutesAgo(0), rows: 13 }];
    return null;
  },
  rules: () => (inState("noRules") ? [] : rules),
  removeRule: (id) => {
    rules = rules.filter((one) => one.id !== id);
    return null;
  },
};

/** The rule for a counterparty. */
export const ruleFor = (label: string): Rule | null => rules.find((one) => one.label === label) ?? null;
