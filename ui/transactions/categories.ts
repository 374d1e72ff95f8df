// Colours of categories: the chart series where a category has one of its own, neutral for the rest.
import type { Category } from "../bindings";

/** In the order of the menu. */
export const CATEGORIES: readonly Category[] = [
  "sales",
  "materials",
  "services",
  "wages",
  "taxes",
  "rent",
  "utilities",
  "vehicles",
  "office",
  "marketing",
  "fees",
  "transfer",
  "other",
];

const series: Partial<Record<Category, number>> = {
  services: 1,
  materials: 2,
  sales: 3,
  rent: 4,
  marketing: 4,
  utilities: 5,
  wages: 6,
  vehicles: 7,
  taxes: 8,
};

/** The colour of a category's square, as a CSS value. */
export const colourOf = (category: Category): string =>
  `var(--chart-${category in series ? series[category] : "neutral"})`;
