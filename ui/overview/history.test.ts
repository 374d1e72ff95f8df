import { describe, expect, it } from "vitest";
import type { BalanceHistory, Gap, GapCause } from "../bindings";
import { changedDays, mainFact, reasonsOf, unprovedAccounts, unprovedRuns } from "./history";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const history: BalanceHistory = {
  currency: "EUR",
  gaps: [],
  days: [
    { day: "2026-10-01", balance: null },
    { day: "2026-10-02", balance: eur("10.00") },
    { day: "2026-10-03", balance: eur("-9.50") },
    { day: "2026-10-04", balance: eur("-9.50") },
    { day: "2026-10-05", balance: eur("12.00") },
  ],
  change: eur("2.00"),
};

const gap = (name: string, from: string, to: string, cause: GapCause["kind"]): Gap => ({
  from,
  to,
  account: name.charCodeAt(0),
  name,
  bank: "Tatra banka",
  cause: cause === "noHistory" || cause === "notRead" ? { kind: cause } : { kind: cause, difference: eur("-9.50") },
});

describe("the main fact of a chart", () => {
  it("is its known ends and its lowest day", () => {
    expect(mainFact(history)).toMatchObject({
      first: { day: "2026-10-02" },
      last: { day: "2026-10-05" },
      lowest: { day: "2026-10-03", balance: eur("-9.50") },
    });
  });

  it("is nothing where nothing is known", () => {
    expect(mainFact({ ...history, days: [{ day: "2026-10-01", balance: null }] })).toBeNull();
    expect(mainFact({ ...history, days: [] })).toBeNull();
  });
});

describe("the reason of a gap", () => {
  const names = (day: string, gaps: Gap[]) => reasonsOf(day, gaps).map(({ name }) => name);

  it("is the account that begins last", () => {
    const gaps = [gap("A", "2024-01-01", "2024-02-29", "noHistory"), gap("B", "2024-01-01", "2024-05-31", "noHistory")];
    expect(names("2024-02-29", gaps)).toEqual(["B"]);
    expect(names("2024-06-01", gaps)).toEqual([]);
  });

  it("is the account that was last read longest ago, before any that begins later", () => {
    const gaps = [
      gap("A", "2024-01-01", "2026-10-14", "noHistory"),
      gap("C", "2026-10-02", "2026-10-14", "notRead"),
      gap("D", "2026-10-05", "2026-10-14", "notRead"),
    ];
    expect(names("2026-10-13", gaps)).toEqual(["C"]);
    expect(names("2026-10-01", gaps)).toEqual(["A"]);
  });

  it("is every account whose balances differ, before all else", () => {
    const gaps = [
      gap("C", "2026-10-01", "2026-10-14", "notRead"),
      gap("A", "2026-10-03", "2026-10-05", "differs"),
      gap("B", "2026-10-04", "2026-10-04", "setAside"),
    ];
    expect(names("2026-10-04", gaps)).toEqual(["A", "B"]);
    expect(names("2026-10-05", gaps)).toEqual(["A"]);
    expect(names("2026-10-06", gaps)).toEqual(["C"]);
  });

  it("is drawn where balances differ, inside the chart, and names each account once", () => {
    const gaps = [
      gap("A", "2026-09-20", "2026-10-01", "differs"),
      gap("B", "2026-10-02", "2026-10-02", "notRead"),
      gap("A", "2026-10-04", "2026-10-05", "setAside"),
    ];
    expect(unprovedRuns({ ...history, gaps })).toEqual([
      { from: 0, to: 0 },
      { from: 3, to: 4 },
    ]);
    expect(unprovedAccounts({ ...history, gaps }).map(({ name }) => name)).toEqual(["A"]);
    expect(unprovedRuns({ ...history, days: [], gaps })).toEqual([]);
  });
});

describe("the table", () => {
  it("shows each change once, newest first, and where knowledge ends", () => {
    expect(changedDays(history.days).map((one) => one.day)).toEqual([
      "2026-10-05",
      "2026-10-03",
      "2026-10-02",
      "2026-10-01",
    ]);
  });
});
