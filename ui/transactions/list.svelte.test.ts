import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Section, SectionTotals, TransactionFilter, TransactionRow } from "../bindings";
import { changes } from "../state/changes.svelte";
import { NO_FILTER } from "./filter";
import { TransactionList } from "./list.svelte";
import { visible } from "./window";

const asked = vi.hoisted(() => ({
  transactionSections: vi.fn(),
  findTransactions: vi.fn(),
  transactions: vi.fn(),
  transaction: vi.fn(),
}));
vi.mock("../ipc", () => ({ ask: asked, failureOf: (thrown: unknown) => thrown }));

const month = (first: string, count: number): SectionTotals => ({
  section: first === "pending" ? { kind: "pending" } : { kind: "month", first },
  count,
  sums: [],
});

function row(id: number, day: string): TransactionRow {
  return {
    id,
    account: 1,
    accountName: "A",
    bank: { name: "B", short: "B", country: "SK" },
    day,
    status: "booked",
    amount: { amount: "-1.00", currency: "EUR" },
    counterparty: `Party ${id}`,
    variableSymbol: null,
    message: null,
    category: null,
    hasNote: false,
    balanceAfter: null,
  };
}

/** The ledger that is asked: ids of each month, newest first. */
let ledger: Record<string, number[]>;

function answer() {
  asked.transactionSections.mockImplementation((filter: TransactionFilter) =>
    Promise.resolve(
      filter.text === ""
        ? Object.entries(ledger).map(([first, ids]) => month(first, ids.length))
        : [month("2026-09-01", 1)],
    ),
  );
  asked.findTransactions.mockImplementation((filter: TransactionFilter) =>
    Promise.resolve(filter.text === "nobody" ? [] : [row(900, "2026-09-11")]),
  );
  asked.transactions.mockImplementation((_: TransactionFilter, section: Section, after: string | null) => {
    const first = section.kind === "month" ? section.first : "pending";
    const from = after === null ? 0 : Number(after);
    const ids = (ledger[first] ?? []).slice(from, from + 200);
    const next = from + 200 < (ledger[first]?.length ?? 0) ? String(from + 200) : null;
    return Promise.resolve({ rows: ids.map((id) => row(id, first)), next });
  });
}

const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => from - i);
let stop = () => {};

function open(question: () => TransactionFilter = () => NO_FILTER, opened: number | null = null): TransactionList {
  let list: TransactionList | undefined;
  stop = $effect.root(() => {
    list = new TransactionList(question, { row: 10, head: 10 }, opened);
  });
  flushSync();
  if (!list) throw new Error("no list");
  return list;
}

const settle = (list: TransactionList) => vi.waitFor(() => expect(list.reading).toBeDefined());
const section = (list: TransactionList, index: number) => {
  const found = list.reading?.layout.sections[index];
  if (!found) throw new Error("no such section");
  return found;
};

beforeEach(() => {
  vi.clearAllMocks();
  ledger = { "2026-10-01": ids(1_000, 450), "2026-09-01": ids(500, 30) };
  answer();
});
afterEach(() => stop());

describe("the list of transactions", () => {
  it("comes with its first rows, and the cursor on the first", async () => {
    const list = open();
    await settle(list);
    expect(list.reading?.layout.rows).toBe(480);
    expect(list.rowAt(section(list, 0), 0)?.id).toBe(1_000);
    await vi.waitFor(() => expect(list.selected?.id).toBe(1_000));
  });

  it("puts the cursor on the first booked row where it is in view, else opens at the top", async () => {
    ledger = { pending: ids(2_000, 5), ...ledger };
    const few = open();
    await vi.waitFor(() => expect(few.selected?.id).toBe(1_000));
    stop();
    ledger = { pending: ids(2_000, 70), "2026-10-01": ids(1_000, 450) };
    const many = open();
    await vi.waitFor(() => expect(many.selected?.id).toBe(2_000));
    expect(many.cursor).toBe(0);
  });

  it("reads the row under the cursor although it is not in view", async () => {
    const list = open();
    await settle(list);
    list.cursor = 470;
    expect(list.selected).toBeUndefined();
    list.need([]);
    await vi.waitFor(() => expect(list.selected?.id).toBe(480));
  });

  it("reads the pages that the view needs, one after the other", async () => {
    const list = open();
    await settle(list);
    const layout = list.reading?.layout;
    if (!layout) throw new Error("no layout");
    const slices = visible(layout, 10 + 430 * 10, 100, 0);
    await vi.waitFor(() => {
      list.need(slices);
      expect(list.rowAt(section(list, 0), 440)?.id).toBe(560);
    });
    expect(asked.transactions.mock.calls.map((call) => call[2])).toEqual([null, "200", "400"]);
  });

  it("keeps the cursor on its transaction when new ones arrive above", async () => {
    const list = open();
    await settle(list);
    list.cursor = 5;
    const before = list.selected?.id;
    ledger["2026-10-01"] = [...ids(1_003, 3), ...ids(1_000, 450)];
    changes.data += 1;
    flushSync();
    await vi.waitFor(() => expect(list.reading?.layout.rows).toBe(483));
    await vi.waitFor(() => expect(list.cursor).toBe(8));
    expect(list.selected?.id).toBe(before);
  });

  it("stays where she went while it was read anew", async () => {
    const list = open();
    await settle(list);
    let release: (totals: SectionTotals[]) => void = () => {};
    asked.transactionSections.mockImplementationOnce(() => new Promise((done) => (release = done)));
    changes.data += 1;
    flushSync();
    const rows = asked.transactions.getMockImplementation();
    asked.transactions.mockImplementationOnce(async (...all) => {
      // Between the totals and their rows: End, to a row that has not been read.
      list.cursor = 479;
      list.view = { top: 4_700, height: 100 };
      return rows?.(...all);
    });
    release([month("2026-10-01", 450), month("2026-09-01", 30)]);
    const before = list.jump;
    await vi.waitFor(() => expect(list.jump).not.toBe(before));
    expect(list.jump.to).toBe(4_700);
    expect(list.cursor).toBe(479);
  });

  it("drops an answer that a newer question has overtaken", async () => {
    let filter = $state(NO_FILTER);
    const list = open(() => filter);
    await settle(list);
    let release: (totals: SectionTotals[]) => void = () => {};
    asked.transactionSections.mockImplementationOnce(() => new Promise((done) => (release = done)));
    filter = { ...NO_FILTER, text: "slow" };
    flushSync();
    filter = { ...NO_FILTER, text: "quick" };
    flushSync();
    await vi.waitFor(() => expect(list.reading?.filter.text).toBe("quick"));
    release([month("2026-10-01", 3)]);
    await Promise.resolve();
    expect(list.reading?.filter.text).toBe("quick");
    expect(list.reading?.layout.rows).toBe(1);
  });

  it("shows what a search finds before it is counted, and keeps the cursor when it is", async () => {
    let filter = $state(NO_FILTER);
    const list = open(() => filter);
    await settle(list);
    let counted: (totals: SectionTotals[] | null) => void = () => {};
    asked.transactionSections.mockImplementation(() => new Promise((done) => (counted = done)));
    asked.findTransactions.mockResolvedValueOnce([
      row(1_000, "2026-10-20"),
      row(999, "2026-10-19"),
      row(500, "2026-09-30"),
    ]);
    filter = { ...NO_FILTER, text: "party" };
    flushSync();
    await vi.waitFor(() => expect(list.reading?.filter.text).toBe("party"));
    expect(list.reading?.layout).toMatchObject({ rows: 3, counted: false });
    expect(list.rowAt(section(list, 1), 0)?.id).toBe(500);
    list.cursor = 1;
    await vi.waitFor(() => expect(asked.transactionSections.mock.calls.length).toBe(2));
    counted([month("2026-10-01", 450), month("2026-09-01", 30)]);
    await vi.waitFor(() => expect(list.reading?.layout).toMatchObject({ rows: 480, counted: true }));
    await vi.waitFor(() => expect(list.selected?.id).toBe(999));
  });

  it("leaves what is shown where counting gave way to a newer question", async () => {
    let filter = $state(NO_FILTER);
    const list = open(() => filter);
    await settle(list);
    asked.transactionSections.mockResolvedValueOnce(null);
    filter = { ...NO_FILTER, text: "party" };
    flushSync();
    await vi.waitFor(() => expect(asked.transactionSections.mock.calls.length).toBe(2));
    await Promise.resolve();
    expect(list.reading?.layout).toMatchObject({ rows: 1, counted: false });
    expect(list.failure).toBeUndefined();
  });

  it("opens on a transaction far down its month", async () => {
    asked.transaction.mockResolvedValue({ row: row(600, "2026-10-11") });
    const list = open(() => NO_FILTER, 600);
    await vi.waitFor(() => expect(list.selected?.id).toBe(600));
    expect(list.cursor).toBe(400);
  });

  it("shows what it has when a reading fails, and says so", async () => {
    const list = open();
    await settle(list);
    asked.transactionSections.mockRejectedValueOnce({ kind: "storeFailed", retryAt: null });
    changes.data += 1;
    flushSync();
    await vi.waitFor(() => expect(list.failure?.kind).toBe("storeFailed"));
    expect(list.reading?.layout.rows).toBe(480);
    list.again();
    await vi.waitFor(() => expect(list.failure).toBeUndefined());
  });

  it("does not ask for ever for a page that fails", async () => {
    const list = open();
    await settle(list);
    asked.transactions.mockRejectedValue({ kind: "storeFailed", retryAt: null });
    const slices = [{ section: 0, from: 300, to: 310 }];
    list.need(slices);
    await vi.waitFor(() => expect(list.failure?.kind).toBe("storeFailed"));
    const calls = asked.transactions.mock.calls.length;
    list.need(slices);
    expect(asked.transactions.mock.calls.length).toBe(calls);
  });

  it("puts an annotated row in its place and keeps its balance", async () => {
    const list = open();
    await settle(list);
    list.replace({ ...row(998, "2026-10-01"), hasNote: true });
    expect(list.rowAt(section(list, 0), 2)).toMatchObject({ id: 998, hasNote: true });
  });
});
