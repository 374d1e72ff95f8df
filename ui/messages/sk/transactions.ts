import type { Transactions } from "../en/transactions";

export const transactions = {
  title: "Transakcie",
} satisfies Transactions;
