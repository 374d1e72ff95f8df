import { describe, expect, it } from "vitest";
import { weeks, within } from "./calendar";

describe("the calendar", () => {
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
