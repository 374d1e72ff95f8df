import { expect, it } from "vitest";
import { months, placeOf, todayAt } from "./timeline";

it("holds days to the edges of the timeline", () => {
  expect(placeOf("2026-10-14", "2026-10-14")).toBeCloseTo(todayAt);
  expect(placeOf("2020-01-01", "2026-10-14")).toBe(0);
  expect(placeOf("2030-01-01", "2026-10-14")).toBe(100);
});

it("has the first day of each month on it, in order", () => {
  const all = months("2026-10-14");
  expect(all.map(({ day }) => day)).toEqual([
    "2026-10-01",
    "2026-11-01",
    "2026-12-01",
    "2027-01-01",
    "2027-02-01",
    "2027-03-01",
  ]);
  expect(all.every(({ at }, index) => index === 0 || at > (all[index - 1]?.at ?? 0))).toBe(true);
});
