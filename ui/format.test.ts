import { describe, expect, it } from "vitest";
import { countdown, dayOf, daysBetween, formats, iban } from "./format";
import vectors from "./format.vectors.json";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const czk = (amount: string) => ({ amount, currency: "CZK" });
/** Non-breaking spaces made visible, so that a test shows what it means. */
const seen = (text: string) => text.replaceAll("\u00A0", "_").replaceAll("\u2212", "~");

describe("amounts", () => {
  for (const { locale, amounts } of vectors) {
    const f = formats(locale as "sk");
    // The vectors are CLDR's; the design differs in three things: a true minus, Kč in Slovak, a space after CZK in English.
    const ours = (text: string) => text.replace("-", "\u2212").replaceAll("\u202F", "\u00A0");
    const koruna = (text: string) =>
      locale === "sk" ? text.replace("CZK", "Kč") : locale === "en" ? text.replace("CZK", "CZK\u00A0") : text;
    it.each(amounts)(`${locale}: $value`, ({ value, eur: inEur, czk: inCzk, plain2 }) => {
      expect(f.money(eur(value))).toBe(ours(inEur));
      expect(f.money(czk(value))).toBe(koruna(ours(inCzk)));
      expect(f.plain(eur(value))).toBe(ours(plain2));
    });
  }

  it.each([
    ["sk", "~1_234,50_€", "+1_234,50_€"],
    ["cs", "~1_234,50_€", "+1_234,50_€"],
    ["en", "~€1,234.50", "+€1,234.50"],
    ["de", "~1.234,50_€", "+1.234,50_€"],
  ] as const)("writes both signs in %s", (locale, out, into) => {
    expect(seen(formats(locale).signed(eur("-1234.5")))).toBe(out);
    expect(seen(formats(locale).signed(eur("1234.5")))).toBe(into);
  });

  it("gives an amount to be paid no sign, and zero none at all", () => {
    expect(formats("en").unsigned(eur("-12.00"))).toBe("€12.00");
    expect(formats("en").signed(eur("-0.00"))).toBe("€0.00");
  });

  it("never rounds: what no float can hold stays as it is", () => {
    expect(formats("en").money(eur("-90071992547409931234.57"))).toBe("\u2212€90,071,992,547,409,931,234.57");
    expect(formats("en").money(eur("0.125"))).toBe("€0.125");
  });

  it("knows currencies without hundredths", () => {
    expect(seen(formats("en").money({ amount: "1234", currency: "JPY" }))).toBe("JPY_1,234");
    expect(seen(formats("sk").money({ amount: "1.5", currency: "KWD" }))).toBe("1,500_KWD");
  });

  it("shows text that is no amount instead of hiding it", () => {
    expect(formats("en").plain(eur("about 5"))).toBe("about 5");
  });

  it("takes an amount to pieces that make the whole", () => {
    const parts = formats("en").parts(eur("114403.14"));
    expect(parts).toEqual({ before: "€", whole: "114,403", decimals: ".14", after: "" });
  });

  it("says amounts with words", () => {
    expect(formats("en").spoken(eur("-486.2"), "both")).toBe("minus 486.20 euros");
    expect(formats("sk").spoken(eur("2"))).toBe("2,00 eura");
    expect(formats("en").spoken(eur("5"), "both")).toBe("plus 5.00 euros");
  });
});

describe("axis", () => {
  it.each([
    ["sk", "150_tis._€"],
    ["cs", "150_tis._€"],
    ["en", "€150k"],
    ["de", "150_Tsd._€"],
  ] as const)("%s", (locale, text) => expect(seen(formats(locale).axis(150_000, "EUR"))).toBe(text));

  it("writes millions, negatives and zero", () => {
    expect(seen(formats("en").axis(-1_500_000, "CZK"))).toBe("~CZK_1.5m");
    expect(seen(formats("sk").axis(0, "EUR"))).toBe("0_€");
  });
});

describe("days", () => {
  it.each([
    ["sk", "14._10.", "14._októbra_2026"],
    ["cs", "14._10.", "14._října_2026"],
    ["en", "14_Oct", "14_October_2026"],
    ["de", "14._Okt.", "14._Oktober_2026"],
  ] as const)("%s as in the design", (locale, short, long) => {
    expect(seen(formats(locale).dayShort("2026-10-14"))).toBe(short);
    expect(seen(formats(locale).dayLong("2026-10-14"))).toBe(long);
  });

  it("says today and yesterday, and the year where it is another", () => {
    const f = formats("en");
    expect(f.day("2026-10-14", "2026-10-14")).toBe("Today");
    expect(f.day("2026-10-13", "2026-10-14")).toBe("Yesterday");
    expect(seen(f.day("2026-09-30", "2026-10-14"))).toBe("30_Sep");
    expect(seen(f.day("2025-09-30", "2026-10-14"))).toBe("30_Sep_2025");
    expect(seen(f.dayLong("2026-09-30"))).toBe("30_September_2026");
  });

  it("counts days over a change to summer time and over new year", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysBetween("2026-12-31", "2027-01-01")).toBe(1);
  });

  it("writes moments on this computer's clock", () => {
    const at = new Date(2026, 9, 14, 8, 42);
    expect(formats("en").time(at.toISOString())).toBe("08:42");
    expect(formats("en").moment(at.toISOString(), "2026-10-14")).toBe("Today 08:42");
    expect(seen(formats("en").moment(at.toISOString(), "2026-10-20"))).toBe("14_Oct, 08:42");
    expect(dayOf(at)).toBe("2026-10-14");
  });

  it("puts days ahead into words", () => {
    expect(seen(formats("sk").inDays(6))).toBe("o_6_dní");
    expect(seen(formats("cs").inDays(1))).toBe("za_1_den");
    expect(seen(formats("de").inDays(2))).toBe("in_2_Tagen");
  });

  it("names the weekday without a comma in English", () => {
    expect(seen(formats("en").weekday("2026-10-14"))).toBe("Wednesday_14_October");
    expect(seen(formats("sk").weekday("2026-10-14"))).toBe("streda_14._októbra");
  });

  it("begins a month's heading with a capital", () => {
    expect(seen(formats("sk").month("2026-10-01"))).toBe("Október_2026");
  });
});

it("groups account numbers by four", () => {
  expect(seen(iban("SK6811000000002612345678"))).toBe("SK68_1100_0000_0026_1234_5678");
  expect(iban("1234")).toBe("1234");
});

it("counts down to zero and no further", () => {
  expect(seen(countdown(new Date(582_000).toISOString(), 0))).toBe("9_min 42_s");
  expect(seen(countdown(new Date(1000).toISOString(), 5000))).toBe("0_s");
});
