import { describe, expect, it } from "vitest";
import type { Account, BalanceHistory } from "../bindings";
import { changedDays, mainFact, reasonOf } from "./history";

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

const account = (name: string, wholeFrom: string | null, read = "2026-10-14T12:00:00Z", known = true): Account => ({
  id: 1,
  name,
  bank: { name: "Tatra banka", short: "TB", country: "SK" },
  iban: null,
  number: null,
  currency: "EUR",
  booked: known ? { money: eur("1.00"), at: read } : null,
  available: null,
  freshness: { kind: "upToDate", at: read },
  wholeFrom,
  canPay: false,
  unproved: null,
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
  const late = account("C", "2022-01-01", "2026-10-12T12:00:00Z");

  it("is the account that begins last", () => {
    const all = [account("A", "2024-01-01"), account("B", "2024-06-01")];
    expect(reasonOf("2023-12-31", all)).toMatchObject({ kind: "begins", day: "2024-06-01", account: { name: "B" } });
    expect(reasonOf("2024-05-31", all)).toMatchObject({ kind: "begins", account: { name: "B" } });
    expect(reasonOf("2024-06-01", all)).toEqual({ kind: "hole" });
  });

  it("is the account that was last read longest ago", () => {
    const all = [account("A", "2024-01-01"), late];
    expect(reasonOf("2026-10-13", all)).toMatchObject({ kind: "lastRead", day: "2026-10-12", account: { name: "C" } });
    expect(reasonOf("2026-10-12", all)).toEqual({ kind: "hole" });
  });

  it("is never an account that is not in the total", () => {
    const unknown = account("D", "2026-10-01", "2026-10-01T12:00:00Z", false);
    expect(reasonOf("2025-01-01", [account("A", "2024-01-01"), unknown])).toEqual({ kind: "hole" });
    expect(reasonOf("2025-01-01", [])).toEqual({ kind: "hole" });
  });

  it("is the day of the reading where the history is not known at all", () => {
    expect(reasonOf("2026-10-01", [account("E", null)])).toMatchObject({ kind: "begins", day: "2026-10-14" });
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
