import type { Overview } from "../en/overview";

export const overview = {
  title: "Übersicht",
} satisfies Overview;
