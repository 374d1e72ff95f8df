import { describe, expect, it } from "vitest";
import type { SectionTotals, TransactionRow } from "../bindings";
import {
  anchorAt,
  ariaHead,
  ariaRow,
  ariaRows,
  elementHeight,
  fromScroller,
  grouped,
  layOut,
  locate,
  moveCursor,
  reveal,
  rowTop,
  scrollOf,
  sectionAt,
  sectionKey,
  TALLEST,
  toScroller,
  visible,
  wanted,
} from "./window";

const heights = { row: 10, head: 8 };

function month(first: string, count: number): SectionTotals {
  return { section: { kind: "month", first }, count, sums: [] };
}

const pending: SectionTotals = { section: { kind: "pending" }, count: 2, sums: [] };
const layout = layOut([pending, month("2026-10-01", 5), month("2026-09-01", 300), month("2026-08-01", 4)], heights);

describe("layout", () => {
  it("stacks heads and rows", () => {
    expect(layout.sections.map((one) => one.top)).toEqual([0, 28, 86, 3_094]);
    expect(layout.height).toBe(3_142);
    expect(layout.rows).toBe(311);
  });

  it("leaves out empty sections, and an empty list has no height", () => {
    expect(layOut([month("2026-10-01", 0)], heights)).toMatchObject({ sections: [], height: 0, rows: 0 });
    expect(visible(layOut([], heights), 0, 500, 5)).toEqual([]);
  });

  it("finds sections and rows by distance and by number", () => {
    expect(sectionAt(layout, -100)).toBe(0);
    expect(sectionAt(layout, 27)).toBe(0);
    expect(sectionAt(layout, 28)).toBe(1);
    expect(sectionAt(layout, 9_999)).toBe(3);
    expect(locate(layout, 0)).toEqual({ section: 0, index: 0 });
    expect(locate(layout, 2)).toEqual({ section: 1, index: 0 });
    expect(locate(layout, 310)).toEqual({ section: 3, index: 3 });
    expect(rowTop(layout, 2)).toBe(36);
  });
});

describe("what is in view", () => {
  it("is cut to the sections' rows", () => {
    expect(visible(layout, 0, 40, 0)).toEqual([
      { section: 0, from: 0, to: 2 },
      { section: 1, from: 0, to: 1 },
    ]);
  });

  it("stays small however long the list is", () => {
    const long = layOut(
      Array.from({ length: 600 }, (_, i) => month(`${2026 - Math.floor(i / 12)}-${12 - (i % 12)}`, 1_700)),
      { row: 34, head: 28 },
    );
    expect(long.rows).toBe(1_020_000);
    for (const at of [0, 1_000_000, 17_000_000, long.height - 800]) {
      const count = visible(long, at, 800, 8).reduce((sum, slice) => sum + slice.to - slice.from, 0);
      expect(count).toBeGreaterThan(20);
      expect(count).toBeLessThan(60);
    }
  });

  it("reaches the last row", () => {
    const last = visible(layout, layout.height - 40, 40, 0).at(-1);
    expect(last).toEqual({ section: 3, from: 0, to: 4 });
  });
});

describe("revealing a row", () => {
  it("does not move for a row in view", () => {
    expect(reveal(layout, 4, 28, 60)).toBe(28);
  });

  it("keeps a row clear of the head that sticks, and brings the head with the first row", () => {
    expect(reveal(layout, 5, 200, 60)).toBe(rowTop(layout, 5) - heights.head);
    expect(reveal(layout, 2, 200, 60)).toBe(28);
  });

  it("scrolls down no further than needed", () => {
    expect(reveal(layout, 310, 0, 60)).toBe(layout.height - 60);
  });
});

describe("the cursor", () => {
  it("goes to the first row with the first key", () => {
    expect(moveCursor("ArrowDown", null, 311, 10, true)).toBe(0);
  });

  it("moves by row, by view and to the ends, and stays inside", () => {
    expect(moveCursor("ArrowDown", 3, 311, 10, true)).toBe(4);
    expect(moveCursor("ArrowUp", 0, 311, 10, true)).toBe(0);
    expect(moveCursor("PageDown", 3, 311, 10, true)).toBe(12);
    expect(moveCursor("PageUp", 3, 311, 10, true)).toBe(0);
    expect(moveCursor("End", 3, 311, 10, true)).toBe(310);
    expect(moveCursor("Home", 3, 311, 10, true)).toBe(0);
  });

  it("takes J and K only where single keys are on", () => {
    expect(moveCursor("j", 3, 311, 10, true)).toBe(4);
    expect(moveCursor("K", 3, 311, 10, true)).toBe(2);
    expect(moveCursor("j", 3, 311, 10, false)).toBeNull();
  });

  it("has nowhere to go in an empty list", () => {
    expect(moveCursor("End", null, 0, 10, true)).toBeNull();
  });
});

describe("row numbers for assistive technology", () => {
  it("count column heads, section heads and rows without a hole", () => {
    expect(ariaHead(layout, 0)).toBe(2);
    expect(ariaRow(layout, 0)).toBe(3);
    expect(ariaRow(layout, 1)).toBe(4);
    expect(ariaHead(layout, 1)).toBe(5);
    expect(ariaRow(layout, 310)).toBe(ariaRows(layout));
  });
});

describe("new totals", () => {
  it("leave the reader where she was", () => {
    const anchor = anchorAt(layout, 500);
    const grown = layOut([pending, month("2026-10-01", 9), month("2026-09-01", 300), month("2026-08-01", 4)], heights);
    expect(scrollOf(grown, anchor)).toBe(540);
  });

  it("show the top where she was at the top, or her section is gone", () => {
    expect(anchorAt(layout, 0)).toBeNull();
    expect(scrollOf(layout, null)).toBe(0);
    expect(scrollOf(layout, { key: "1999-01-01", into: 5 })).toBe(0);
  });
});

describe("a list taller than any element", () => {
  const month = { section: { kind: "month", first: "2026-10-01" }, count: 4_000_000, sums: [] } as const;
  const tall = layOut([{ ...month, sums: [] }], heights);

  it("is scrolled from its first row to its last", () => {
    expect(elementHeight(tall)).toBe(TALLEST);
    expect(fromScroller(tall, 0, 500)).toBe(0);
    expect(fromScroller(tall, TALLEST - 500, 500)).toBeCloseTo(tall.height - 500, 3);
    for (const top of [0, 12_345, 20_000_000, tall.height - 500])
      expect(fromScroller(tall, toScroller(tall, top, 500), 500)).toBeCloseTo(top, 3);
  });

  it("any other list is scrolled pixel by pixel", () => {
    expect(elementHeight(layout)).toBe(layout.height);
    expect(fromScroller(layout, 1_234.5, 100)).toBe(1_234.5);
    expect(toScroller(layout, 1_234.5, 100)).toBe(1_234.5);
  });
});

describe("rows that are found before they are counted", () => {
  const row = (id: number, day: string, status = "booked") => ({ id, day, status }) as TransactionRow;

  it("stand in the sections that they open, whose number is not known yet", () => {
    const found = [row(3, "2026-10-05", "pending"), row(2, "2026-10-05"), row(1, "2026-10-01"), row(0, "2024-02-29")];
    const groups = grouped(found);
    const places = groups.map(({ totals, rows }) => [sectionKey(totals.section), totals.count, rows[0]?.id]);
    expect(places).toEqual([
      ["pending", 1, 3],
      ["2026-10-01", 2, 2],
      ["2024-02-01", 1, 0],
    ]);
    const first = layOut(
      groups.map(({ totals }) => totals),
      heights,
      false,
    );
    expect([first.rows, ariaRows(first), ariaRows(layout)]).toEqual([4, -1, 1 + 4 + 311]);
  });
});

describe("pages", () => {
  it("are asked for where rows in view are missing, one at a time", () => {
    const slices = visible(layout, 2_500, 100, 0);
    expect(wanted(layout, slices, () => undefined).map((one) => one.key)).toEqual(["2026-09-01"]);
    expect(wanted(layout, slices, () => ({ rows: 200, settled: false })).map((one) => one.key)).toEqual(["2026-09-01"]);
    expect(wanted(layout, slices, () => ({ rows: 200, settled: true }))).toEqual([]);
    expect(wanted(layout, slices, () => ({ rows: 300, settled: false }))).toEqual([]);
  });

  it("are not asked for where only a head is in view", () => {
    expect(wanted(layout, [{ section: 1, from: 0, to: 0 }], () => undefined)).toEqual([]);
  });
});
