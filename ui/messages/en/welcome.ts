export const welcome = {
  title: "Saldo",
};

export type Welcome = typeof welcome;
