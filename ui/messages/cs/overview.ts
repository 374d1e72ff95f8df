import type { Overview } from "../en/overview";

export const overview = {
  title: "Přehled",
} satisfies Overview;
