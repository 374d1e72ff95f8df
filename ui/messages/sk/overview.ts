import type { Overview } from "../en/overview";

export const overview = {
  title: "Prehľad",
} satisfies Overview;
