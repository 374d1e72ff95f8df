import type { Connections } from "../en/connections";

export const connections = {
  title: "Verbindungen",
} satisfies Connections;
