/**
 * Geometry of the step chart: pure functions from numbers to SVG path data.
 *
 * Values here are plain numbers because they become pixels. Nothing in this file is shown as an
 * amount: what the owner reads is always formatted from the exact string.
 */
import { addDays, addMonth, monthStart } from "../days";
import { daysBetween } from "../format";

/** One value for each day, oldest first; null where the balance is not known. */
export type Series = readonly (number | null)[];

/** Maps an index or a value to a pixel. */
export type Scale = (value: number) => number;

/** A run of days, both ends included. */
export interface Run {
  from: number;
  to: number;
}

/** A label under the chart. */
export interface DayLabel {
  /** Which day of the series. */
  index: number;
  /** The day, `YYYY-MM-DD`. */
  day: string;
  /** How to write it. */
  form: "day" | "month" | "monthYear" | "year";
}

/**
 * Round values for grid lines, from the lowest to the highest, always with 0 among them and one on or beyond
 * each end of the data. At most `most` steps; steps are 1, 2, 2.5 or 5 times a power of ten.
 */
export function gridValues(series: Series, most: number): number[] {
  const { low, high } = extent(series);
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / most));
  // Ends round outwards, so a step that divides the span may still need one line more than `span / step`.
  const step =
    [1, 2, 2.5, 5, 10, 20, 25, 50]
      .map((factor) => factor * power)
      .find((size) => Math.ceil(high / size) - Math.floor(low / size) <= most) ?? 100 * power;
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Lowest and highest known value, with 0 inside: the area under the line has a zero baseline. */
function extent(series: Series): { low: number; high: number } {
  let low = 0;
  let high = 0;
  for (const value of series) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** Runs of known days. */
export function knownRuns(series: Series): Run[] {
  return runs(series, (value) => value !== null);
}

/** Runs of days without a known balance. */
export function gaps(series: Series): Run[] {
  return runs(series, (value) => value === null);
}

function runs(series: Series, wanted: (value: number | null) => boolean): Run[] {
  const found: Run[] = [];
  let from = -1;
  for (let i = 0; i <= series.length; i++) {
    const inside = i < series.length && wanted(series[i] ?? null);
    if (inside && from < 0) from = i;
    if (!inside && from >= 0) {
      found.push({ from, to: i - 1 });
      from = -1;
    }
  }
  return found;
}

/** Index to pixel: the first day at 0, the last at `width`. A single day stands at the right edge. */
export function dayScale(count: number, width: number): Scale {
  return count < 2 ? () => width : (index) => (index / (count - 1)) * width;
}

/** Value to pixel between `top` (highest grid value) and `bottom` (lowest). */
export function valueScale(grid: readonly number[], top: number, bottom: number): Scale {
  const low = grid[0] ?? 0;
  const high = grid[grid.length - 1] ?? 1;
  return (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
}

/**
 * The step line as path data, one subpath for each run of known days. Beside a gap a run ends half a day after its
 * last known day, so that a lone day is still seen.
 * Where there are more days than pixel columns, each column is drawn once, from its lowest to its highest value: no peak is lost.
 */
export function stepLine(series: Series, x: Scale, y: Scale): string {
  return knownRuns(series)
    .map((run) => runLine(series, run, x, y))
    .join("");
}

/** The flat fill between the step line and the zero line, one closed subpath for each run. */
export function stepArea(series: Series, x: Scale, y: Scale): string {
  const zero = px(y(0));
  return knownRuns(series)
    .map((run) => `${runLine(series, run, x, y)}V${zero}H${px(runStart(run, x))}Z`)
    .join("");
}

function runStart(run: Run, x: Scale): number {
  return run.from === 0 ? x(0) : x(run.from - 0.5);
}

function runLine(series: Series, run: Run, x: Scale, y: Scale): string {
  const end = run.to === series.length - 1 ? x(run.to) : x(run.to + 0.5);
  const days = run.to - run.from + 1;
  const start = runStart(run, x);
  const body = days > 2 * (end - start) ? columnSteps(series, run, x, y) : daySteps(series, run, x, y);
  return `M${px(start)} ${px(y(series[run.from] ?? 0))}${body}H${px(end)}`;
}

function daySteps(series: Series, run: Run, x: Scale, y: Scale): string {
  let path = "";
  let last = series[run.from];
  for (let i = run.from + 1; i <= run.to; i++) {
    const value = series[i] ?? 0;
    if (value === last) continue; // a quiet day carries the last value
    path += `H${px(x(i))}V${px(y(value))}`;
    last = value;
  }
  return path;
}

function columnSteps(series: Series, run: Run, x: Scale, y: Scale): string {
  let path = "";
  let i = run.from;
  while (i <= run.to) {
    const column = Math.floor(x(i));
    let low = series[i] ?? 0;
    let high = low;
    let last = low;
    for (; i <= run.to && Math.floor(x(i)) === column; i++) {
      last = series[i] ?? 0;
      if (last < low) low = last;
      if (last > high) high = last;
    }
    path += low === high ? `H${column}V${px(y(last))}` : `H${column}V${px(y(low))}V${px(y(high))}V${px(y(last))}`;
  }
  return path;
}

/** A pixel with one decimal; shorter paths parse faster and nobody sees a hundredth of a pixel. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The day nearest to a pixel. */
export function nearestDay(at: number, count: number, width: number): number {
  if (count < 2 || width <= 0) return 0;
  return clamp(Math.round((at / width) * (count - 1)), count);
}

/**
 * Where a key moves the read-out: a day (arrows), a month (Page Up back, Page Down on), the ends.
 * Without a day read so far, it starts from the last one. Null for a key that is not ours.
 */
export function moveDay(key: string, at: number | null, first: string, count: number): number | null {
  if (count === 0) return null;
  const from = at ?? count - 1;
  switch (key) {
    case "ArrowLeft":
      return clamp(at === null ? from : from - 1, count);
    case "ArrowRight":
      return clamp(at === null ? from : from + 1, count);
    case "PageUp":
      return clamp(daysBetween(first, addMonth(addDays(first, from), -1)), count);
    case "PageDown":
      return clamp(daysBetween(first, addMonth(addDays(first, from), 1)), count);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

/**
 * Labels under the chart, at least `room` pixels apart: Mondays for a month or so, else the first of each month, every
 * second, third or sixth month, or each year. The first label of a year says the year where more than one year is shown.
 */
export function dayLabels(first: string, count: number, width: number, room: number): DayLabel[] {
  const perDay = count > 1 ? width / (count - 1) : width;
  if (count <= 45) return weekLabels(first, count, perDay, room);
  const every = [1, 2, 3, 6, 12, 24, 60].find((months) => months * 30 * perDay >= room) ?? 120;
  const labels: DayLabel[] = [];
  for (let day = monthStart(first); daysBetween(first, day) < count; day = addMonth(day, 1)) {
    const index = daysBetween(first, day);
    const month = Number(day.slice(5, 7)) - 1;
    const year = Number(day.slice(0, 4));
    if (index < 0 || (year * 12 + month) % every !== 0 || !fits(index, count, perDay, room)) continue;
    const form = every >= 12 ? "year" : count > 366 && (month === 0 || labels.length === 0) ? "monthYear" : "month";
    labels.push({ index, day, form });
  }
  return labels;
}

function weekLabels(first: string, count: number, perDay: number, room: number): DayLabel[] {
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks = Math.max(1, Math.ceil(room / (7 * perDay)));
  const labels: DayLabel[] = [];
  for (let index = (7 - weekday) % 7; index < count; index += 7 * weeks) {
    if (fits(index, count, perDay, room)) labels.push({ index, day: addDays(first, index), form: "day" });
  }
  return labels;
}

/** Whether a label centred at the day stays inside the plot. */
function fits(index: number, count: number, perDay: number, room: number): boolean {
  const half = room * 0.4;
  return index * perDay >= half && (count - 1 - index) * perDay >= half;
}
