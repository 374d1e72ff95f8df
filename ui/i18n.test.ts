import { afterEach, describe, expect, it } from "vitest";
import { f, lang, spoken, t, useLanguage } from "./i18n.svelte";
import { cs } from "./messages/cs";
import { de } from "./messages/de";
import { en } from "./messages/en";
import { plural } from "./messages/plural";
import { sk } from "./messages/sk";

type Leaf = { path: string; value: unknown };
const leaves = (of: unknown, path = ""): Leaf[] =>
  of !== null && typeof of === "object"
    ? Object.entries(of).flatMap(([key, value]) => leaves(value, path === "" ? key : `${path}.${key}`))
    : [{ path, value: of }];

/** The words of single screens, as what they stand under in a language. */
const screens = import.meta.glob<Record<string, unknown>>("./**/words/*.ts", { eager: true });
const all = (messages: unknown, lang: string) => ({
  messages,
  ...Object.fromEntries(
    Object.entries(screens)
      .filter(([file]) => file.endsWith(`/${lang}.ts`))
      .map(([file, words]) => [file.replace(`/${lang}.ts`, ""), words[lang]]),
  ),
});

describe("texts", () => {
  const english = leaves(all(en, "en"));

  it("of single screens are among them", () => {
    expect(Object.keys(all(en, "en")).length).toBeGreaterThan(3);
  });

  it.each([
    ["sk", all(sk, "sk")],
    ["cs", all(cs, "cs")],
    ["de", all(de, "de")],
  ] as const)("%s has every text, filled in, and none of its own", (_, of) => {
    const theirs = leaves(of);
    expect(theirs.map(({ path }) => path).sort()).toEqual(english.map(({ path }) => path).sort());
    const filled = new Set(english.filter(({ value }) => value !== "").map(({ path }) => path));
    expect(theirs.filter(({ path, value }) => value === "" && filled.has(path))).toEqual([]);
  });

  it.each([
    ["sk", all(sk, "sk")],
    ["cs", all(cs, "cs")],
    ["de", all(de, "de")],
  ] as const)("%s leaves no sentence in English", (_, of) => {
    const there = new Map(leaves(of).map(({ path, value }) => [path, value]));
    const same = english.filter(
      ({ path, value }) =>
        typeof value === "string" &&
        value.split(" ").length >= 3 &&
        value !== "PAY by square" &&
        there.get(path) === value,
    );
    expect(same).toEqual([]);
  });

  it.each([
    ["en", all(en, "en")],
    ["sk", all(sk, "sk")],
    ["cs", all(cs, "cs")],
    ["de", all(de, "de")],
  ] as const)("%s keeps the voice: no exclamation marks, straight quotes or three dots", (_, of) => {
    const loud = leaves(of).filter(({ value }) => typeof value === "string" && /[!]|\.\.\.|"/.test(value));
    expect(loud).toEqual([]);
  });
});

describe("plural", () => {
  it("has the three forms of Slovak and Czech", () => {
    const forms = { one: "deň", few: "dni", other: "dní" };
    expect([0, 1, 2, 4, 5, 21].map((count) => plural("sk")(count, forms))).toEqual([
      "dní",
      "deň",
      "dni",
      "dni",
      "dní",
      "dní",
    ]);
  });

  it("has the two of English", () => {
    const forms = { one: "day", other: "days" };
    expect([0, 1, 2].map((count) => plural("en")(count, forms))).toEqual(["days", "day", "days"]);
  });
});

describe("language", () => {
  afterEach(() => useLanguage("en", "en"));

  it.each([
    ["sk-SK", "sk"],
    ["cs_CZ.UTF-8", "cs"],
    ["de-AT", "de"],
    ["en-GB", "en"],
    ["fr-FR", "en"],
    ["C", "en"],
    ["", "en"],
  ])("the system's %j means %s", (tag, expected) => expect(spoken(tag)).toBe(expected));

  it("is the owner's choice before the system's, and stands on the document", () => {
    useLanguage("sk", "de-DE");
    expect(lang()).toBe("sk");
    expect(document.documentElement.lang).toBe("sk");
    expect(t().settings.title).toBe("Nastavenia");
    expect(f().money({ amount: "1", currency: "EUR" })).toBe("1,00\u00A0€");
    useLanguage("system", "C");
    expect(lang()).toBe("en");
  });

  it("is the one asked for last, even where an earlier one takes longer to read", async () => {
    await Promise.all([useLanguage("de", "en"), useLanguage("cs", "en")]);
    expect(lang()).toBe("cs");
  });
});
