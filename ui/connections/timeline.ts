// Places on the consent timeline: two weeks back, 168 days ahead, as percentages of its width.
import { dayOf, daysBetween } from "../format";

const BACK = 14;
const SPAN = 182;

/** Where a day stands on the timeline, held to its edges. */
export const placeOf = (day: string, today: string): number =>
  Math.min(100, Math.max(0, ((daysBetween(today, day) + BACK) / SPAN) * 100));

/** Where today stands. */
export const todayAt = (BACK / SPAN) * 100;

/** The first days of the months on the timeline, with their places. */
export function months(today: string): { day: string; at: number }[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const firsts = Array.from({ length: 8 }, (_, index) => dayOf(new Date(year, month - 2 + index, 1)));
  return firsts
    .filter((day) => daysBetween(today, day) > -BACK && daysBetween(today, day) < SPAN - BACK)
    .map((day) => ({ day, at: placeOf(day, today) }));
}
