export const transactions = {
  title: "Transactions",
};

export type Transactions = typeof transactions;
