// What Rust answered (tests/ipc.rs keeps it in answers/) goes through the window's own code: a field that is renamed, or a
// form that changes on one side only, fails here.
import { decode } from "bysquare/pay";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type {
  Account,
  BalanceHistory,
  Connections,
  Diagnostics,
  Money,
  Overview,
  RequestCheck,
  SectionTotals,
  Start,
  TransactionDetail,
  TransactionPage,
} from "./bindings";
import { formats } from "./format";
import { useLanguage } from "./i18n.svelte";
import { mainFact } from "./overview/history";
import {
  ofClock,
  ofDatabase,
  ofFailure,
  ofKeychain,
  ofLinks,
  ofPkce,
  ofSession,
  ofVersions,
} from "./settings/diagnosis";
import { layOut, PAGE } from "./transactions/window";

const answer = <T>(name: string): T => JSON.parse(readFileSync(`answers/${name}.json`, "utf8")) as T;

/** All amounts anywhere in an answer. */
function moneyIn(value: unknown): Money[] {
  if (typeof value !== "object" || value === null) return [];
  if ("amount" in value && "currency" in value && typeof value.amount === "string") return [value as Money];
  return Object.values(value).flatMap(moneyIn);
}

describe("answers of Rust", () => {
  const overview = answer<Overview>("overview");

  it("have amounts that every language can write in full", () => {
    const amounts = ["overview", "accounts", "connections", "transactions", "transaction_sections"].flatMap((name) =>
      moneyIn(answer(name)),
    );
    expect(amounts.length).toBeGreaterThan(100);
    for (const language of ["sk", "cs", "en", "de"] as const) {
      for (const amount of amounts) {
        const digits = amount.amount.replace(/\D/g, "");
        expect(formats(language).money(amount).replace(/\D/g, "")).toBe(digits);
      }
    }
  });

  it("end the chart at the total", () => {
    const history = answer<BalanceHistory>("balance_history");
    const total = overview.totals.find(({ booked }) => booked.currency === history.currency);
    expect(mainFact(history)?.last.balance).toEqual(total?.booked);
    expect(mainFact(history)?.last.day).toBe(overview.today);
  });

  it("lay out a list that holds what its pages bring", () => {
    const sections = answer<SectionTotals[]>("transaction_sections");
    const page = answer<TransactionPage>("transactions");
    const layout = layOut(sections, { head: 28, row: 36 });
    expect(layout.rows).toBe(sections.reduce((sum, { count }) => sum + count, 0));
    expect(page.rows).toHaveLength(Math.min(PAGE, sections[0]?.count ?? 0));
    expect(answer<TransactionDetail>("transaction").row).toEqual(page.rows[0]);
  });

  it("name each bank once, on the overview and among the connections", () => {
    const names = ({ banks }: { banks: Overview["banks"] }) => banks.map(({ bank }) => bank.name).sort();
    expect(names(answer<Connections>("connections"))).toEqual(names(overview));
    expect(new Set(names(overview)).size).toBe(overview.banks.length);
  });

  it("say how Saldo fares, in every language", async () => {
    const found = answer<Diagnostics>("diagnostics");
    const { book } = found;
    if (!book) throw new Error("the book is open");
    for (const language of ["sk", "cs", "en", "de"] as const) {
      await useLanguage(language, "");
      expect(ofLinks(found.opener)).toMatchObject({ well: false, hint: expect.stringContaining("/opt/other/saldo") });
      expect(ofSession(book, "2026-11-18").well).toBe(true);
      expect(ofKeychain(book).well).toBe(true);
      expect(ofClock(book)).toBeNull();
      expect(ofPkce(book, "2026-11-18").well).toBeUndefined();
      expect(ofDatabase(book, "2026-11-18").hint).toContain("14 MB");
      expect(ofVersions(found).hint).toContain("SQLite 3.53.4");
      expect(found.failures.map(ofFailure)).toHaveLength(1);
    }
  });

  it("tell when the data file was checked and copied last, and what seals the secrets", async () => {
    const { book } = answer<Diagnostics>("diagnostics");
    if (!book) throw new Error("the book is open");
    await useLanguage("en", "");
    const hint = (checked: string | null, copied: string | null) =>
      ofDatabase({ ...book, database: { ...book.database, checked, copied } }, "2026-11-18").hint;
    expect(hint(null, null)).toMatch(/14 MB\. Not checked whole yet, no safety copy yet$/);
    expect(hint("2026-11-16T07:30:00Z", "2026-11-18T07:30:00Z")).toMatch(
      /Last checked whole .*16.*, last safety copy today/,
    );
    const sealed = ofKeychain({ ...book, keychain: { kind: "sealed", file: "vault.sealed" } });
    expect(sealed).toMatchObject({ well: true, hint: expect.stringContaining("vault.sealed") });
  });

  it("are paid by banks that read a PAY by square code with another's library", () => {
    const { codes } = answer<RequestCheck>("payment_codes");
    const account = answer<Account[]>("accounts").find(({ id }) => id === 1);
    const { payments } = decode(codes.find(({ format }) => format === "payBySquare")?.text ?? "");
    expect(payments).toHaveLength(1);
    expect(payments[0]).toMatchObject({
      amount: 1234.56,
      currencyCode: "EUR",
      variableSymbol: "2026000123",
      specificSymbol: "99",
      constantSymbol: "0308",
      paymentNote: "Ďakujeme: 100 % záloha",
      bankAccounts: [{ iban: account?.iban }],
      beneficiary: { name: "Brezan Interiér s.r.o." },
    });
  });

  it("begin with the welcome of somebody who has never connected", () => {
    const start = answer<Start>("start");
    expect(start).toMatchObject({ book: "own", connected: false, session: "signedOut", trouble: null });
  });
});
