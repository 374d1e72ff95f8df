import { beforeEach, describe, expect, it } from "vitest";
import type { BankGroup, Freshness, Standing } from "../bindings";
import { useLanguage } from "../i18n.svelte";
import { nextToEnd, ofBanks, ofSession, ofToken } from "./clocks";

beforeEach(() => useLanguage("en", ""));
const today = "2026-10-14";

const bank = (name: string, consentUntil: string | null, freshness: Freshness): BankGroup => ({
  bank: { name, short: "", country: "SK" },
  consentUntil,
  freshness,
  accounts: [],
});
const fresh: Freshness = { kind: "upToDate", at: "2026-10-14T08:00:00Z" };
const ended: Freshness = { kind: "reconnect", at: null, ended: null };
const standing: Standing = {
  state: "signedIn",
  until: "2026-11-13T10:00:00Z",
  renewal: { at: "2026-10-12T10:00:00Z", failure: null },
};

describe("the banks' clock", () => {
  it("names the consent that ends next, not one that has ended", () => {
    const banks = [
      bank("A", "2026-10-12T10:00:00Z", ended),
      bank("B", "2027-01-20T10:00:00Z", fresh),
      bank("C", "2026-12-24T10:00:00Z", fresh),
      bank("D", null, fresh),
    ];
    expect(nextToEnd(banks, today)).toEqual({ bank: "C", day: "2026-12-24" });
    expect(ofBanks(banks, today)).toMatchObject({ tone: "warn", word: "3 of 4 banks give their data" });
  });

  it("says that no bank tells when it ends", () => {
    expect(ofBanks([bank("D", null, fresh)], today)).toMatchObject({
      tone: "ok",
      more: "The banks do not say when they end",
    });
  });
});

describe("the session's clock and the token's", () => {
  it("say until when, and when it was renewed", () => {
    expect(ofSession("signedIn", standing, today).more).toContain("in\u00A030\u00A0days");
    expect(ofToken("signedIn", standing, today)).toMatchObject({
      tone: "ok",
      more: expect.stringContaining("12\u00A0Oct"),
    });
  });

  it("say what to do where the session is over", () => {
    expect(ofSession("ended", undefined, today)).toMatchObject({
      tone: "bad",
      more: expect.stringContaining("sign in"),
    });
    expect(ofToken("ended", undefined, today)).toMatchObject({ tone: "quiet", word: "Waits for the session" });
  });

  it("say that a renewal failed", () => {
    const failed: Standing = {
      ...standing,
      renewal: { at: "2026-10-14T10:00:00Z", failure: { kind: "offline", retryAt: null } },
    };
    expect(ofToken("uncertain", failed, today)).toMatchObject({
      tone: "warn",
      more: expect.stringContaining("The renewal failed"),
    });
  });
});
