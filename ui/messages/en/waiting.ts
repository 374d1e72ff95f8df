export const waiting = {
  title: "Saldo",
};

export type Waiting = typeof waiting;
