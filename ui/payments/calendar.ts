// A month as a grid of days. Days are calendar days, `YYYY-MM-DD`, without a time or a zone.

import { addDays, addMonth, monthStart } from "../days";

/** Weeks from Monday to Sunday that hold the month of `day`; the days of the months around it too. */
export function weeks(day: string): string[][] {
  const first = monthStart(day);
  const back = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const grid: string[][] = [];
  for (let monday = addDays(first, -back); monday < addMonth(first, 1); monday = addDays(monday, 7)) {
    grid.push(Array.from({ length: 7 }, (_, of) => addDays(monday, of)));
  }
  return grid;
}

/** The day, or the nearer end of the range where it lies outside. */
export const within = (day: string, first: string, last: string): string =>
  day < first ? first : day > last ? last : day;
