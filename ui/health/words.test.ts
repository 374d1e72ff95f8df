import { beforeEach, describe, expect, it } from "vitest";
import type { Attempt } from "../bindings";
import { useSettings } from "../state/settings.svelte";
import { differenceOf, outcomeOf } from "./words";

const settings = (hideAmounts: boolean) =>
  useSettings(
    {
      language: "en",
      theme: "light",
      singleKeys: true,
      lockAfterMinutes: null,
      hideAmounts,
      returnWay: { by: "link" },
    },
    "en",
  );
beforeEach(() => settings(false));

describe("a difference", () => {
  it("says which side has more", () => {
    expect(differenceOf({ amount: "12.50", currency: "EUR" })).toBe(
      "The bank has €12.50 more than what is booked here.",
    );
    expect(differenceOf({ amount: "-12.50", currency: "EUR" })).toBe(
      "The bank has €12.50 less than what is booked here.",
    );
  });

  it("keeps quiet about the amount while amounts are hidden", async () => {
    await settings(true);
    expect(differenceOf({ amount: "12.50", currency: "EUR" })).not.toMatch(/\d/);
  });
});

describe("a try", () => {
  const today = "2026-10-14";
  const tried = (outcome: Attempt["outcome"], read: string | null): Attempt => ({
    part: "balance",
    tried: "2026-10-14T08:00:00Z",
    read,
    outcome,
  });

  it("that went well says no more", () => {
    expect(outcomeOf(tried({ kind: "read" }, "2026-10-14T08:00:00Z"), today)).toMatchObject({ tone: "ok", more: "" });
  });

  it("that did not says when the part last came", () => {
    const late = outcomeOf(tried({ kind: "failed" }, "2026-10-12T08:00:00Z"), today);
    expect(late).toMatchObject({ tone: "warn", more: expect.stringContaining("12\u00A0Oct") });
    expect(outcomeOf(tried({ kind: "missing" }, null), today).more).toBe("Never read so far");
  });

  it("under a rate limit says when that ends, where that is known", () => {
    const until = outcomeOf(tried({ kind: "rateLimited", until: "2026-10-16T08:00:00Z" }, null), today);
    expect(until).toMatchObject({ tone: "info", word: expect.stringContaining("16\u00A0Oct") });
    expect(outcomeOf(tried({ kind: "rateLimited", until: null }, null), today).word).toBe("The bank asks to wait");
  });
});
