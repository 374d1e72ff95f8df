// A month as a grid of days. Days are calendar days, `YYYY-MM-DD`, without a time or a zone.

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (date: Date) => date.toISOString().slice(0, 10);

/** The day so many days later, or earlier below zero. */
export function plusDays(day: string, days: number): string {
  const date = at(day);
  date.setUTCDate(date.getUTCDate() + days);
  return text(date);
}

/** The same day of another month, or that month's last day where it has no such day. */
export function plusMonths(day: string, months: number): string {
  const date = at(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return text(date);
}

/** Weeks from Monday to Sunday that hold the month of `day`; the days of the months around it too. */
export function weeks(day: string): string[][] {
  const first = `${day.slice(0, 8)}01`;
  const back = (at(first).getUTCDay() + 6) % 7;
  const grid: string[][] = [];
  for (let monday = plusDays(first, -back); monday < plusMonths(first, 1); monday = plusDays(monday, 7)) {
    grid.push(Array.from({ length: 7 }, (_, of) => plusDays(monday, of)));
  }
  return grid;
}

/** The day, or the nearer end of the range where it lies outside. */
export const within = (day: string, first: string, last: string): string =>
  day < first ? first : day > last ? last : day;
