import { describe, expect, it } from "vitest";
import { plusDays, plusMonths, weeks, within } from "./calendar";

describe("the calendar", () => {
  it("counts days over the ends of months and years, and over a change of the clocks", () => {
    expect(plusDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(plusDays("2026-03-29", 1)).toBe("2026-03-30");
    expect(plusDays("2026-10-25", 1)).toBe("2026-10-26");
    expect(plusDays("2028-03-01", -1)).toBe("2028-02-29");
  });

  it("keeps to a month's last day", () => {
    expect(plusMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(plusMonths("2026-10-14", -1)).toBe("2026-09-14");
    expect(plusMonths("2026-12-15", 1)).toBe("2027-01-15");
  });

  it("lays a month out in weeks from Monday", () => {
    const october = weeks("2026-10-14");
    expect(october[0]?.[0]).toBe("2026-09-28");
    expect(october[0]?.[3]).toBe("2026-10-01");
    expect(october.at(-1)?.at(-1)).toBe("2026-11-01");
    expect(october).toHaveLength(5);
    expect(weeks("2027-02-01")).toHaveLength(4);
  });

  it("keeps a day within its range", () => {
    expect(within("2026-01-01", "2026-10-14", "2027-10-14")).toBe("2026-10-14");
    expect(within("2028-01-01", "2026-10-14", "2027-10-14")).toBe("2027-10-14");
    expect(within("2026-11-01", "2026-10-14", "2027-10-14")).toBe("2026-11-01");
  });
});
