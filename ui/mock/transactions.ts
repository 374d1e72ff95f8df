// The list of transactions and their details. States: none (no transactions at all), slow, unsaved (notes cannot be kept).
import { ledger } from "./ledger";
import { inState, pause, refuse, type Answers } from "./types";

export const transactions: Answers = {
  transactionSections: async (filter) => {
    if (inState("broken")) refuse("storeFailed");
    if (inState("slow")) await pause(600_000);
    return inState("none") || inState("empty") ? [] : ledger.sections(filter);
  },
  transactions: async (filter, section, after) => {
    await pause(1);
    return ledger.page(filter, section, after);
  },
  transaction: (id) => ledger.detail(id) ?? refuse("notFound"),
  annotate: async (id, { note, category }) => {
    if (inState("unsaved")) refuse("diskFull");
    return ledger.annotate(id, note, category) ?? refuse("notFound");
  },
};
