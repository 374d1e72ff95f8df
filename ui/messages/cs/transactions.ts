import type { Transactions } from "../en/transactions";

export const transactions = {
  title: "Transakce",
} satisfies Transactions;
