import { describe, expect, it } from "vitest";
import type { Account, BalanceHistory } from "../bindings";
import { changedDays, mainFact, reasonOf } from "./history";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const history: BalanceHistory = {
  currency: "EUR",
  days: [
    { day: "2026-10-01", balance: null },
    { day: "2026-10-02", balance: eur("10.00") },
    { day: "2026-10-03", balance: eur("-9.50") },
    { day: "2026-10-04", balance: eur("-9.50") },
    { day: "2026-10-05", balance: eur("12.00") },
  ],
  change: eur("2.00"),
};

const account = (name: string, wholeFrom: string | null, known = true): Account => ({
  id: 1,
  name,
  bank: { name: "Tatra banka", short: "TB", country: "SK" },
  iban: null,
  number: null,
  currency: "EUR",
  booked: known ? { money: eur("1.00"), at: "2026-10-14T06:41:00Z" } : null,
  available: null,
  freshness: { kind: "never" },
  wholeFrom,
  canPay: false,
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
  it("is the account that begins last", () => {
    const all = [account("A", "2024-01-01"), account("B", "2024-06-01"), account("C", null)];
    expect(reasonOf("2023-12-31", all)).toMatchObject({ kind: "begins", day: "2024-06-01", account: { name: "B" } });
    expect(reasonOf("2024-05-31", all)).toMatchObject({ kind: "begins", account: { name: "B" } });
    expect(reasonOf("2024-06-01", all)).toEqual({ kind: "hole" });
  });

  it("is a bank that gives no balance", () => {
    const all = [account("A", "2024-01-01"), account("B", null, false)];
    expect(reasonOf("2025-01-01", all)).toMatchObject({ kind: "noBalance", account: { name: "B" } });
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
