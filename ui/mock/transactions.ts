// The list of transactions and their details. States: none (no transactions at all), slow, unsaved (notes cannot be kept), columns (a table to be imported that is not known).
import type { Look, TransactionDetail } from "../bindings";
import { ledger } from "./ledger";
import { ruleFor } from "./proof";
import { inState, pause, refuse, type Answers } from "./types";

/** A transaction with the category of its counterparty's rule, where the owner gave it none. */
function byRule(id: number): TransactionDetail | null {
  const detail = ledger.detail(id);
  const rule = detail && ledger.ownCategory(id) === null ? ruleFor(detail.row.counterparty) : null;
  return detail && rule ? { ...detail, rule, row: { ...detail.row, category: rule.category } } : detail;
}

/** A table of a program that Saldo does not know. */
const strange: Look = {
  kind: "asksColumns",
  names: [
    "Tag",
    "Wieviel",
    "Mena",
    "An wen",
    "Konto des Partners",
    "Zweck der Zahlung und weitere Angaben",
    "Lfd. Nr.",
  ],
  known: ["nothing", "nothing", "currency", "nothing", "nothing", "nothing", "nothing"],
  sample: [
    ["03.01.2023", "-1 250,00", "EUR", "Kovostav Hron s.r.o.", "SK49 7500 0000 0031 8402 7753", "", "1"],
    ["04.01.2023", "840,00", "EUR", "Grafit Print s.r.o.", "", "Rechnung 2023-14", "2"],
  ],
};

export const transactions: Answers = {
  transactionSections: async (filter) => {
    if (inState("broken")) refuse("storeFailed");
    if (inState("slow")) await pause(600_000);
    return inState("none") || inState("empty") ? [] : ledger.sections(filter);
  },
  findTransactions: async (filter) => {
    if (inState("broken")) refuse("storeFailed");
    if (inState("slow")) await pause(600_000);
    return inState("none") || inState("empty") ? [] : ledger.first(filter);
  },
  transactions: async (filter, section, after) => {
    await pause(1);
    return ledger.page(filter, section, after);
  },
  chooseStatement: () => true,
  lookAtStatement: ({ account, columns }) =>
    inState("odd")
      ? { kind: "unreadable", line: 3 }
      : inState("columns") && !(columns.includes("booked") && columns.includes("amount"))
        ? strange
        : {
            kind: "ready",
            statements: [
              {
                account: 1,
                owner: null,
                currency: "EUR",
                from: "2023-01-01",
                to: "2023-12-31",
                rows: 412,
                addsUp: true,
              },
              {
                account,
                owner: "SK8209000000000011424060",
                currency: "EUR",
                from: "2022-01-01",
                to: "2022-12-31",
                rows: 388,
                addsUp: null,
              },
            ],
          },
  importStatement: () => ({ statements: 2, added: 790, known: 10, set: 9 }),
  transaction: (id) => byRule(id) ?? refuse("notFound"),
  annotate: async (id, { note, category }) => {
    if (inState("unsaved")) refuse("diskFull");
    return (ledger.annotate(id, note, category) && byRule(id)) ?? refuse("notFound");
  },
};
