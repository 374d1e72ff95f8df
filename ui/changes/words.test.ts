import { beforeEach, describe, expect, it } from "vitest";
import type { AccountChanges, Change, Reason } from "../bindings";
import { useLanguage } from "../i18n.svelte";
import { choicesOf, sayAccount, sayKind, sayValue } from "./words";

beforeEach(() => useLanguage("en", ""));

const account = (more: Partial<AccountChanges>): AccountChanges => ({
  account: 1,
  name: "Operating account",
  bank: "Tatra banka",
  first: false,
  added: 0,
  changed: 0,
  removed: 0,
  aside: 0,
  late: 0,
  ...more,
});

describe("an account of a change-set", () => {
  it("says only what happened", () => {
    expect(sayAccount(account({ added: 1_200, aside: 1 }))).toBe(
      "Tatra banka, Operating account: 1,200 new, 1 set aside",
    );
    expect(sayAccount(account({}))).toMatch(/: nothing$/);
  });

  it("says that it was read for the first time", () => {
    expect(sayAccount(account({ first: true, added: 1 }))).toMatch(/first reading, 1 transaction$/);
  });

  it("has the forms of Slovak", async () => {
    await useLanguage("sk", "");
    expect(sayAccount(account({ added: 3, changed: 5 }))).toMatch(/: 3 nové, 5 zmenených$/);
  });
});

it("a row that stands aside no more counts again", () => {
  const row = { kind: "aside", aside: null } as Change;
  expect(sayKind(row).word).toBe("Counts again");
  expect(sayKind({ ...row, aside: "deleted" }).word).toBe("Set aside");
});

it("a field that said nothing says so", () => {
  expect(sayValue(null)).toBe("nothing");
  expect(sayValue({ kind: "day", value: "2026-10-14" })).toBe("14\u00A0Oct\u00A02026");
  expect(sayValue({ kind: "status", value: "booked" })).toBe("Booked");
});

it("what can be decided leaves out a row that is not there", () => {
  const decisions = (reason: Reason) => choicesOf(reason).map(({ decision }) => decision);
  expect(decisions("disagrees")).toEqual(["both", "first", "second"]);
  expect(decisions("duplicate")).toEqual(["both", "first"]);
  // Without a second row, `second` is to set the first aside.
  expect(decisions("vanished")).toEqual(["both", "second"]);
  expect(decisions("unreadable")).toEqual(["seen"]);
});
