import { describe, expect, it } from "vitest";
import type { PaymentDetail, PaymentLine, PaymentState } from "../bindings";
import { emptyInput } from "./form";
import { LOOKS, acts, canJoin, count, grouped, isOpen, prepared, stepped, steps } from "./states";

const STATES = Object.keys(LOOKS) as PaymentState[];

function line(id: number, state: PaymentState): PaymentLine {
  return {
    id,
    state,
    payee: `Payee ${id}`,
    amount: { amount: "10.00", currency: "EUR" },
    count: null,
    payOn: "2026-10-14",
    fromName: "Operating account",
    bank: { name: "Tatra banka", short: "TB", country: "SK" },
    changed: "2026-10-14T08:00:00Z",
    standing: null,
    missed: null,
  };
}

function detail(state: PaymentState, canApprove = false): PaymentDetail {
  return {
    line: line(1, state),
    iban: "SK4975000000003184027753",
    input: emptyInput(1),
    timeline: [],
    checked: null,
    checks: 0,
    nextCheck: null,
    canApprove,
    asked: null,
    proof: null,
    lines: [],
    bulk: null,
  };
}

describe("looks", () => {
  it("calls nothing done but what the bank accepted", () => {
    expect(STATES.filter((state) => LOOKS[state].tone === "ok")).toEqual(["finished"]);
    expect(STATES.filter((state) => LOOKS[state].shape === "done")).toEqual(["finished"]);
  });

  it("never shows red before the bank has refused", () => {
    expect(STATES.filter((state) => LOOKS[state].tone === "bad")).toEqual(["failed"]);
  });

  it("tells states of one part of the list apart by shape, not by colour alone", () => {
    expect(LOOKS.unknown.shape).not.toBe(LOOKS.processing.shape);
    expect(LOOKS.failed.shape).not.toBe(LOOKS.cancelled.shape);
  });
});

describe("the list", () => {
  const lines = [line(1, "finished"), line(2, "awaitingBank"), line(3, "draft"), line(4, "unknown"), line(5, "failed")];

  it("puts first what needs the owner, and leaves empty parts out", () => {
    expect(grouped(lines, "all").map((part) => [part.group, part.lines.map((each) => each.id)])).toEqual([
      ["approve", [2]],
      ["onItsWay", [4]],
      ["drafts", [3]],
      ["finished", [1, 5]],
    ]);
    expect(grouped([line(1, "draft")], "all").map((part) => part.group)).toEqual(["drafts"]);
  });

  it("shows one part under its tab, and counts", () => {
    expect(grouped(lines, "finished").map((part) => part.group)).toEqual(["finished"]);
    expect(count(lines, "finished")).toBe(2);
    expect(count(lines, "approve")).toBe(1);
  });

  it("steps through the rows and stays at the ends", () => {
    expect(stepped([7, 8, 9], 7, 1)).toBe(8);
    expect(stepped([7, 8, 9], 9, 1)).toBe(9);
    expect(stepped([7, 8, 9], 7, -1)).toBe(7);
    expect(stepped([7, 8, 9], null, 1)).toBe(7);
    expect(stepped([7, 8, 9], 99, -1)).toBe(9);
    expect(stepped([], null, 1)).toBeNull();
  });
});

describe("what the owner can do", () => {
  it("never pays again while the outcome is open", () => {
    for (const state of STATES.filter(isOpen)) {
      expect(acts(detail(state, true)), state).not.toContain("again");
    }
    expect(acts(detail("unknown", true))).toEqual(["check"]);
  });

  it("opens the approval only where the bank waits for it and the page is known", () => {
    expect(acts(detail("awaitingBank", true))).toEqual(["approve", "check"]);
    expect(acts(detail("awaitingBank", false))).toEqual(["check"]);
    expect(acts(detail("processing", true))).toEqual(["check"]);
  });

  it("pays anew of many only what was refused, and joins single drafts only", () => {
    const many = (states: PaymentState[]): PaymentDetail => ({
      ...detail("partiallyPaid"),
      line: { ...line(1, "partiallyPaid"), count: states.length },
      lines: states.map((state, at) => line(at + 2, state)),
    });
    expect(acts(many(["finished", "failed"]))).toEqual(["again"]);
    expect(acts(many(["finished", "finished"]))).toEqual([]);
    expect(STATES.filter((state) => canJoin(line(1, state)))).toEqual(["draft"]);
    expect(canJoin({ ...line(1, "draft"), count: 2 })).toBe(false);
  });

  it("edits and throws away drafts only", () => {
    expect(STATES.filter((state) => acts(detail(state)).includes("edit"))).toEqual(["draft"]);
    expect(STATES.filter((state) => acts(detail(state)).includes("remove"))).toEqual(["draft"]);
  });

  it("offers today for a draft whose day was missed", () => {
    const missed = detail("draft");
    expect(acts({ ...missed, line: { ...missed.line, missed: "2026-10-01" } })).toEqual(["today", "keep", "remove"]);
  });

  it("counts the drafts of standing payments until they are handed over", () => {
    const standing = (id: number, state: PaymentState) => ({ ...line(id, state), standing: "2026-10-14" });
    expect(prepared([standing(1, "draft"), standing(2, "awaitingBank"), line(3, "draft")])).toBe(1);
  });
});

describe("the timeline", () => {
  const at = "2026-10-14T08:12:00Z";
  const told = (...states: PaymentState[]) => steps(states.map((state) => ({ state, at })));

  it("leaves the moments inside the hand-over out once they are past", () => {
    expect(
      told("draft", "confirmed", "sending", "created", "awaitingBank", "processing").map((step) => step.state),
    ).toEqual(["awaitingBank", "processing"]);
    expect(told("draft", "confirmed", "sending").map((step) => step.state)).toEqual(["sending"]);
  });

  it("marks the present, the good and the bad end", () => {
    expect(told("awaitingBank", "processing").map((step) => step.tone)).toEqual(["ok", "now"]);
    expect(told("awaitingBank", "finished").map((step) => step.tone)).toEqual(["ok", "ok"]);
    expect(told("awaitingBank", "failed").map((step) => step.tone)).toEqual(["ok", "bad"]);
    expect(told("unknown").map((step) => step.tone)).toEqual(["warn"]);
  });
});
