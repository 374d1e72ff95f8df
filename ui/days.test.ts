import { expect, it } from "vitest";
import { addDays, addMonth, monthStart } from "./days";

it("lands on the last day of a shorter month", () => {
  expect(addMonth("2026-03-31", -1)).toBe("2026-02-28");
  expect(addMonth("2024-01-31", 1)).toBe("2024-02-29");
  expect(addMonth("2026-12-15", 1)).toBe("2027-01-15");
});

it("crosses ends of months, years and summer time", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
  expect(addDays("2026-10-26", -2)).toBe("2026-10-24");
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  expect(monthStart("2026-10-26")).toBe("2026-10-01");
});
