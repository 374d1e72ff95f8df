import { describe, expect, it } from "vitest";
import { readDay, writeDay } from "./day";

describe("a typed day", () => {
  it("is read in every usual way", () => {
    for (const text of [
      "14.10.2026",
      "14. 10. 2026",
      "14/10/2026",
      "14.10.26",
      "2026-10-14",
      " 14. 10. ",
      "14.10",
      "14/10",
    ]) {
      expect(readDay(text, "2026-11-22"), text).toBe("2026-10-14");
    }
  });

  it("without a year is never in the future", () => {
    expect(readDay("24.12.", "2026-11-22")).toBe("2025-12-24");
    expect(readDay("22.11.", "2026-11-22")).toBe("2026-11-22");
    expect(readDay("29.2.", "2025-06-01")).toBe("2024-02-29");
  });

  it("that the calendar does not have is none", () => {
    for (const text of [
      "31.2.2026",
      "0.1.2026",
      "1.13.2026",
      "32/1/2026",
      "14",
      "",
      "yesterday",
      "14-10-2026",
      "2026-02-30",
    ]) {
      expect(readDay(text, "2026-11-22"), text).toBeNull();
    }
  });

  it("is written so that it is read again", () => {
    for (const lang of ["en", "sk", "cs", "de"]) {
      expect(readDay(writeDay("2026-10-04", lang), "2026-11-22")).toBe("2026-10-04");
    }
    expect(writeDay("2026-10-04", "en")).toBe("4/10/2026");
    expect(writeDay("2026-10-04", "sk")).toBe("4.10.2026");
  });
});
