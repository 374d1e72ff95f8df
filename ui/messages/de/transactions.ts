import type { Transactions } from "../en/transactions";

export const transactions = {
  title: "Umsätze",
} satisfies Transactions;
