// Days as the owner types them. All four languages write the day before the month.

/** How a day is written in a field: 14.10.2026, in English 14/10/2026. */
export function writeDay(day: string, lang: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return [date, month, year].join(lang === "en" ? "/" : ".");
}

/**
 * Reads a typed day: `14.10.2026`, `14. 10.`, `14/10/26`, `2026-10-14`. Without a year it is the last such day up to today.
 * Null for anything that is no day.
 */
export function readDay(text: string, today: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const found = /^(\d{1,2})\s*[./]\s*(\d{1,2})\s*(?:[./]\s*(\d{4}|\d{2})?)?$/.exec(text.trim());
  if (!found) return null;
  const [date, month] = [Number(found[1]), Number(found[2])];
  if (found[3]) return real(Number(found[3]) + (found[3].length === 2 ? 2000 : 0), month, date);
  const year = Number(today.slice(0, 4));
  const thisYear = real(year, month, date);
  return thisYear !== null && thisYear <= today ? thisYear : real(year - 1, month, date);
}

/** The day, if the calendar has it. */
function real(year: number, month: number, date: number): string | null {
  const day = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : null;
}
