/**
 * Layout of the virtual list: pure functions from section totals to pixels and back.
 *
 * The height of the whole list follows from the totals alone, so the scrollbar is true before a single row is read, and
 * only the rows in view exist in the document.
 */
import type { Section, SectionTotals, TransactionRow } from "../bindings";
import { monthStart } from "../days";

/** Heights in pixels. */
export interface Heights {
  row: number;
  head: number;
}

/** A section with its place in the list. */
export interface PlacedSection {
  totals: SectionTotals;
  /** Stable over reloads: `pending`, or the first day of the month. */
  key: string;
  /** Distance of its head from the top of the list. */
  top: number;
  /** Head and rows. */
  height: number;
  /** How many rows stand before it, heads not counted. */
  firstRow: number;
}

/** The whole list. */
export interface Layout {
  sections: readonly PlacedSection[];
  heights: Heights;
  height: number;
  rows: number;
  /** Whether Rust has counted: before that the list holds only what has been found so far. */
  counted: boolean;
}

/** Rows of one section, the end not included. */
export interface Slice {
  section: number;
  from: number;
  to: number;
}

/** Rows asked for in one call; Rust gives no more. */
export const PAGE = 200;

/** The key of a section, stable over reloads. */
export function sectionKey(section: Section): string {
  return section.kind === "pending" ? "pending" : section.first;
}

/** The section in which a row stands. */
export const sectionOf = (row: TransactionRow): Section =>
  row.status === "pending" ? { kind: "pending" } : { kind: "month", first: monthStart(row.day) };

/** The newest rows, in the sections that they open. Their sums are not known yet. */
export function grouped(rows: readonly TransactionRow[]): { totals: SectionTotals; rows: TransactionRow[] }[] {
  const groups: { totals: SectionTotals; rows: TransactionRow[] }[] = [];
  for (const row of rows) {
    const section = sectionOf(row);
    let last = groups[groups.length - 1];
    if (!last || sectionKey(last.totals.section) !== sectionKey(section)) {
      last = { totals: { section, count: 0, sums: [] }, rows: [] };
      groups.push(last);
    }
    last.rows.push(row);
    last.totals.count = last.rows.length;
  }
  return groups;
}

/** Places the sections below each other. Sections without rows are left out. */
export function layOut(totals: readonly SectionTotals[], heights: Heights, counted = true): Layout {
  let top = 0;
  let firstRow = 0;
  const sections = totals
    .filter((one) => one.count > 0)
    .map((one) => {
      const height = heights.head + one.count * heights.row;
      const placed = { totals: one, key: sectionKey(one.section), top, height, firstRow };
      top += height;
      firstRow += one.count;
      return placed;
    });
  return { sections, heights, height: top, rows: firstRow, counted };
}

/** The tallest element whose parts web views draw where they are: further down WebKitGTK leaves rows out that it has laid out. */
export const TALLEST = 8_000_000;

/** How tall the scrolled element is: the list, or as much as an element can be. */
export const elementHeight = (layout: Layout): number => Math.min(layout.height, TALLEST);

/** How far the list moves for each pixel that the scroller moves: 1, but for a list taller than any element. */
function pace(layout: Layout, viewport: number): number {
  return layout.height <= TALLEST ? 1 : (layout.height - viewport) / (TALLEST - viewport);
}

/** How far the view is from the top of the list where the scroller stands here. */
export const fromScroller = (layout: Layout, scrollTop: number, viewport: number): number =>
  scrollTop * pace(layout, viewport);

/** Where the scroller stands when the view is this far from the top of the list. */
export const toScroller = (layout: Layout, top: number, viewport: number): number => top / pace(layout, viewport);

/** The rows that are in view, and `beyond` rows above and below, section by section. */
export function visible(layout: Layout, scrollTop: number, viewport: number, beyond: number): Slice[] {
  const { row, head } = layout.heights;
  const from = scrollTop - beyond * row;
  const to = scrollTop + viewport + beyond * row;
  const slices: Slice[] = [];
  for (let section = sectionAt(layout, from); section < layout.sections.length; section++) {
    const placed = layout.sections[section];
    if (!placed || placed.top >= to) break;
    const rowsTop = placed.top + head;
    const count = placed.totals.count;
    slices.push({
      section,
      from: within(Math.floor((from - rowsTop) / row), count),
      to: within(Math.ceil((to - rowsTop) / row), count),
    });
  }
  return slices;
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count, value));
}

/** Index of the section at a distance from the top; the first above the list, the last below it. */
export function sectionAt(layout: Layout, at: number): number {
  return lastNotAfter(layout.sections.length, (i) => (layout.sections[i]?.top ?? 0) <= at);
}

/** The largest index for which `holds`, where it holds for a beginning of the indices only; 0 if for none. */
function lastNotAfter(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Section and index inside it of a row counted over the whole list. */
export function locate(layout: Layout, row: number): { section: number; index: number } {
  const section = lastNotAfter(layout.sections.length, (i) => (layout.sections[i]?.firstRow ?? 0) <= row);
  return { section, index: row - (layout.sections[section]?.firstRow ?? 0) };
}

/** Distance of a row from the top of the list. */
export function rowTop(layout: Layout, row: number): number {
  const { section, index } = locate(layout, row);
  return (layout.sections[section]?.top ?? 0) + layout.heights.head + index * layout.heights.row;
}

/** Where to scroll so that the row is whole in view, below the section head that sticks to the top; the least move. */
export function reveal(layout: Layout, row: number, scrollTop: number, viewport: number): number {
  const top = rowTop(layout, row);
  const { section, index } = locate(layout, row);
  const placed = layout.sections[section];
  // The first row of a section brings its head with it.
  const upper = index === 0 && placed ? placed.top : top - layout.heights.head;
  if (upper < scrollTop) return Math.max(0, upper);
  const lower = top + layout.heights.row - viewport;
  return lower > scrollTop ? lower : scrollTop;
}

/** `aria-rowindex` of a row: the column heads are 1, section heads count too. */
export function ariaRow(layout: Layout, row: number): number {
  return row + locate(layout, row).section + 3;
}

/** `aria-rowindex` of a section's head. */
export function ariaHead(layout: Layout, section: number): number {
  return (layout.sections[section]?.firstRow ?? 0) + section + 2;
}

/** `aria-rowcount`: column heads, section heads and rows; -1 while that is not known. */
export function ariaRows(layout: Layout): number {
  if (!layout.counted) return -1;
  return 1 + layout.sections.length + layout.rows;
}

/** Where a key moves the cursor, by rows of the whole list; null for a key that is not ours or an empty list. */
export function moveCursor(
  key: string,
  at: number | null,
  rows: number,
  perView: number,
  singleKeys: boolean,
): number | null {
  if (rows === 0) return null;
  const clamp = (row: number) => Math.max(0, Math.min(rows - 1, row));
  const by = (step: number) => (at === null ? 0 : clamp(at + step));
  const letter = singleKeys ? key.toLowerCase() : "";
  if (key === "ArrowDown" || letter === "j") return by(1);
  if (key === "ArrowUp" || letter === "k") return by(-1);
  if (key === "PageDown") return by(Math.max(1, perView - 1));
  if (key === "PageUp") return by(-Math.max(1, perView - 1));
  if (key === "Home") return 0;
  if (key === "End") return rows - 1;
  return null;
}

/** Where the list stands, independent of what is above: the section at the top and the distance into it. */
export interface Anchor {
  key: string;
  into: number;
}

/** Remembers where the list stands, before new totals arrive. At the very top nothing is held on to. */
export function anchorAt(layout: Layout, scrollTop: number): Anchor | null {
  const placed = layout.sections[sectionAt(layout, scrollTop)];
  return placed && scrollTop > 0 ? { key: placed.key, into: scrollTop - placed.top } : null;
}

/** Where to scroll in the new layout to stand where the anchor was; the top where its section is gone. */
export function scrollOf(layout: Layout, anchor: Anchor | null): number {
  const placed = anchor && layout.sections.find((one) => one.key === anchor.key);
  return placed ? placed.top + Math.min(anchor.into, placed.height) : 0;
}

/** How many rows of a section are read so far, and whether no further page is to be asked for at present. */
export interface Loaded {
  rows: number;
  settled: boolean;
}

/**
 * Sections that need another page for what is in view. Pages of one section follow each other (keyset paging), so a
 * section is named once and asked again when its page has come.
 */
export function wanted(
  layout: Layout,
  slices: readonly Slice[],
  loaded: (key: string) => Loaded | undefined,
): PlacedSection[] {
  return slices.flatMap((slice) => {
    const placed = layout.sections[slice.section];
    if (!placed || slice.to === slice.from) return [];
    const state = loaded(placed.key) ?? { rows: 0, settled: false };
    return state.settled || state.rows >= slice.to ? [] : [placed];
  });
}
