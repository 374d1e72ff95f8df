// The parts of the page.

/** A part of the page of planned payments and payees. */
export type Part = "due" | "payees" | "templates";
/** The parts in their order. */
export const PARTS: readonly Part[] = ["due", "payees", "templates"];
