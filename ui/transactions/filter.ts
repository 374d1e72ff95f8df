/** What narrows the list of transactions, and how to widen it again. */
import type { TransactionFilter } from "../bindings";
import { addDays, addMonth } from "../days";

/** The parts of a filter that the owner can set and clear apart. */
export type Part = "text" | "accounts" | "dates" | "direction";

/** Ready-made spans of dates. */
export type Preset = "thisMonth" | "lastMonth" | "last90" | "thisYear" | "lastYear";

/** A span of booking dates, both ends included; an absent end is open. */
export interface Dates {
  from: string | null;
  to: string | null;
}

/** Shows everything. */
export const NO_FILTER: TransactionFilter = { text: "", accounts: [], from: null, to: null, direction: null };

/** In the order of the menu. */
export const PRESETS: readonly Preset[] = ["thisMonth", "lastMonth", "last90", "thisYear", "lastYear"];

/** The dates of a preset, seen from `today` (`YYYY-MM-DD`). */
export function presetDates(preset: Preset, today: string): Dates {
  const month = `${today.slice(0, 7)}-01`;
  const year = Number(today.slice(0, 4));
  switch (preset) {
    case "thisMonth":
      return { from: month, to: addDays(addMonth(month, 1), -1) };
    case "lastMonth":
      return { from: addMonth(month, -1), to: addDays(month, -1) };
    case "last90":
      return { from: addDays(today, -89), to: today };
    case "thisYear":
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case "lastYear":
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  }
}

/** The preset that the dates are, if any. */
export function presetOf(dates: Dates, today: string): Preset | null {
  const is = (preset: Preset) => {
    const span = presetDates(preset, today);
    return span.from === dates.from && span.to === dates.to;
  };
  return PRESETS.find(is) ?? null;
}

/** Which parts narrow the list, in the order in which they are worth giving up. */
export function parts(filter: TransactionFilter): Part[] {
  const set: Part[] = [];
  if (filter.accounts.length > 0) set.push("accounts");
  if (filter.from !== null || filter.to !== null) set.push("dates");
  if (filter.direction !== null) set.push("direction");
  if (filter.text.trim() !== "") set.push("text");
  return set;
}

/** The filter without some of its parts. */
export function without(filter: TransactionFilter, ...gone: Part[]): TransactionFilter {
  const kept = { ...filter };
  if (gone.includes("text")) kept.text = "";
  if (gone.includes("accounts")) kept.accounts = [];
  if (gone.includes("dates")) kept.from = kept.to = null;
  if (gone.includes("direction")) kept.direction = null;
  return kept;
}

/**
 * Wider searches worth trying when a filter hides everything: without one of its parts, then with the search text alone.
 * The text is never given up: it is what the owner looks for.
 */
export function wider(filter: TransactionFilter): Part[][] {
  const set = parts(filter).filter((part) => part !== "text");
  const singles = set.map((part) => [part]);
  return set.length > 1 ? [...singles, set] : singles;
}

/** The filter with other dates; ends in the wrong order are swapped. */
export function withDates(filter: TransactionFilter, dates: Dates): TransactionFilter {
  const { from, to } = dates;
  return from && to && from > to ? { ...filter, from: to, to: from } : { ...filter, from, to };
}
