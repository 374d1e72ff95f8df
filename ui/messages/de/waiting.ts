import type { Waiting } from "../en/waiting";

export const waiting = {
  title: "Saldo",
} satisfies Waiting;
