import { describe, expect, it } from "vitest";
import {
  dayLabels,
  dayScale,
  gaps,
  gridValues,
  knownRuns,
  moveDay,
  nearestDay,
  stepArea,
  stepLine,
  valueScale,
} from "./step";

const same = (value: number) => value;

describe("grid values", () => {
  it("are round, hold the data and zero, and are few", () => {
    expect(gridValues([99_000, 172_000], 4)).toEqual([0, 50_000, 100_000, 150_000, 200_000]);
    expect(gridValues([12, 9.5], 4)).toEqual([0, 5, 10, 15]);
  });

  it("go below zero for an overdrawn account", () => {
    const grid = gridValues([-4_200, 9_000], 4);
    expect(grid[0]).toBeLessThanOrEqual(-4_200);
    expect(grid).toContain(0);
    expect(grid[grid.length - 1]).toBeGreaterThanOrEqual(9_000);
  });

  it("never exceed the number of steps asked for, whatever the size", () => {
    for (const high of [0.03, 1, 7, 99, 101, 1_234, 250_001, 3_999_999, 7e9]) {
      for (const low of [0, -high / 3, -high * 4]) {
        const grid = gridValues([low, high], 4);
        expect(grid.length - 1).toBeLessThanOrEqual(4);
        expect(grid[0]).toBeLessThanOrEqual(low);
        expect(grid[grid.length - 1]).toBeGreaterThanOrEqual(high);
      }
    }
  });

  it("have two lines even when nothing was ever on the account", () => {
    expect(gridValues([0, 0], 4).length).toBeGreaterThanOrEqual(2);
    expect(gridValues([null], 4).length).toBeGreaterThanOrEqual(2);
  });
});

describe("the step line", () => {
  it("holds a value until it changes, then goes straight up or down", () => {
    expect(stepLine([5, 5, 8, 8], same, same)).toBe("M0 5H2V8H3");
  });

  it("breaks at a gap and shows a lone day as a dash", () => {
    const series = [5, null, 7, null, null];
    expect(stepLine(series, same, same)).toBe("M0 5H0.5M1.5 7H2.5");
    expect(knownRuns(series)).toEqual([
      { from: 0, to: 0 },
      { from: 2, to: 2 },
    ]);
    expect(gaps(series)).toEqual([
      { from: 1, to: 1 },
      { from: 3, to: 4 },
    ]);
  });

  it("closes the area at zero, run by run", () => {
    expect(stepArea([5, 6, null], same, same)).toBe("M0 5H1V6H1.5V0H0Z");
  });

  it("draws nothing where nothing is known", () => {
    expect(stepLine([null, null], same, same)).toBe("");
    expect(stepArea([], same, same)).toBe("");
  });

  it("keeps every peak when there are more days than pixels, and stays short", () => {
    const series = Array.from({ length: 3_650 }, (_, i) => (i === 1_234 ? 999 : i === 2_000 ? -50 : 100 + (i % 3)));
    const x = dayScale(series.length, 300);
    const line = stepLine(series, x, same);
    expect(line).toContain("V999");
    expect(line).toContain("V-50");
    expect(line.split("H").length).toBeLessThanOrEqual(303);
  });
});

describe("scales", () => {
  it("put the first day left, the last right, a single day right", () => {
    expect(dayScale(11, 200)(0)).toBe(0);
    expect(dayScale(11, 200)(10)).toBe(200);
    expect(dayScale(1, 200)(0)).toBe(200);
  });

  it("put the highest grid value on top", () => {
    const y = valueScale([0, 50, 100], 10, 110);
    expect(y(100)).toBe(10);
    expect(y(0)).toBe(110);
  });
});

describe("the read-out", () => {
  it("takes the nearest day and never leaves the chart", () => {
    expect(nearestDay(149, 5, 400)).toBe(1);
    expect(nearestDay(151, 5, 400)).toBe(2);
    expect(nearestDay(-20, 5, 400)).toBe(0);
    expect(nearestDay(900, 5, 400)).toBe(4);
    expect(nearestDay(10, 1, 400)).toBe(0);
  });

  it("starts at the last day and moves by day, month and to the ends", () => {
    const first = "2026-01-15";
    expect(moveDay("ArrowLeft", null, first, 100)).toBe(99);
    expect(moveDay("ArrowLeft", 99, first, 100)).toBe(98);
    expect(moveDay("ArrowRight", 99, first, 100)).toBe(99);
    expect(moveDay("PageDown", 0, first, 100)).toBe(31);
    expect(moveDay("PageUp", 31, first, 100)).toBe(0);
    expect(moveDay("Home", 50, first, 100)).toBe(0);
    expect(moveDay("End", 50, first, 100)).toBe(99);
    expect(moveDay("x", 50, first, 100)).toBeNull();
    expect(moveDay("End", null, first, 0)).toBeNull();
  });
});

describe("labels", () => {
  it("name months, and no two closer than asked", () => {
    const labels = dayLabels("2026-04-14", 184, 627, 48);
    expect(labels.map((label) => label.day)).toEqual([
      "2026-05-01",
      "2026-06-01",
      "2026-07-01",
      "2026-08-01",
      "2026-09-01",
      "2026-10-01",
    ]);
    expect(labels.every((label) => label.form === "month")).toBe(true);
  });

  it("are Mondays for a month", () => {
    const labels = dayLabels("2026-09-14", 31, 627, 48);
    expect(labels.map((label) => label.day)).toEqual(["2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12"]);
  });

  it("say the year over several years, and only years over ten", () => {
    expect(dayLabels("2024-10-14", 730, 627, 48).some((label) => label.form === "monthYear")).toBe(true);
    const years = dayLabels("2016-10-14", 3_650, 480, 40);
    expect(years.every((label) => label.form === "year")).toBe(true);
    expect(years.length).toBeGreaterThan(3);
  });

  it("never overlap", () => {
    for (const count of [10, 31, 92, 184, 365, 730, 1_095, 3_650]) {
      for (const width of [280, 500, 627, 900]) {
        const labels = dayLabels("2023-10-14", count, width, 48);
        const perDay = width / (count - 1);
        labels.slice(1).forEach((label, i) => {
          expect((label.index - (labels[i]?.index ?? 0)) * perDay).toBeGreaterThan(43);
        });
      }
    }
  });
});
