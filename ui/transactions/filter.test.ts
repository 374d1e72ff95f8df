import { describe, expect, it } from "vitest";
import { NO_FILTER, PRESETS, parts, presetDates, presetOf, wider, withDates, without } from "./filter";

const full = { text: "nedoplatok", accounts: [1], from: "2026-09-11", to: "2026-10-14", direction: "out" as const };

describe("date presets", () => {
  it("are whole months and years, and ninety days with today", () => {
    expect(presetDates("thisMonth", "2026-02-14")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(presetDates("lastMonth", "2026-01-31")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
    expect(presetDates("last90", "2026-10-14")).toEqual({ from: "2026-07-17", to: "2026-10-14" });
    expect(presetDates("lastYear", "2026-10-14")).toEqual({ from: "2025-01-01", to: "2025-12-31" });
  });

  it("are recognised again", () => {
    for (const preset of PRESETS) expect(presetOf(presetDates(preset, "2026-10-14"), "2026-10-14")).toBe(preset);
    expect(presetOf({ from: "2026-10-02", to: null }, "2026-10-14")).toBeNull();
  });
});

describe("parts of a filter", () => {
  it("are named and can be taken away one by one", () => {
    expect(parts(NO_FILTER)).toEqual([]);
    expect(parts(full)).toEqual(["accounts", "dates", "direction", "text"]);
    expect(without(full, "dates")).toEqual({ ...full, from: null, to: null });
    expect(without(full, "accounts", "direction", "text", "dates")).toEqual(NO_FILTER);
    expect(parts({ ...NO_FILTER, text: "   " })).toEqual([]);
  });

  it("are given up before the words are", () => {
    expect(wider(full)).toEqual([["accounts"], ["dates"], ["direction"], ["accounts", "dates", "direction"]]);
    expect(wider({ ...NO_FILTER, text: "x" })).toEqual([]);
    expect(wider({ ...NO_FILTER, accounts: [3] })).toEqual([["accounts"]]);
  });

  it("swap dates in the wrong order", () => {
    expect(withDates(NO_FILTER, { from: "2026-10-14", to: "2026-09-01" })).toMatchObject({
      from: "2026-09-01",
      to: "2026-10-14",
    });
  });
});
