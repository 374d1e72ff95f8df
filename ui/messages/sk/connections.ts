import type { Connections } from "../en/connections";

export const connections = {
  title: "Pripojenia",
} satisfies Connections;
