import type { Connections } from "../en/connections";

export const connections = {
  title: "Připojení",
} satisfies Connections;
