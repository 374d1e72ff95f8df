import type { Welcome } from "../en/welcome";

export const welcome = {
  title: "Saldo",
} satisfies Welcome;
