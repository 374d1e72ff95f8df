// Amounts, dates and account numbers as the owner reads them. Exact: amounts stay text from the wire to the screen.
// Every locale is named, because a web view under LANG=C has none and Intl throws.
import type { Money } from "./bindings";

/** The languages that have a format. */
type Locale = "en" | "sk" | "cs" | "de";

const NBSP = "\u00A0";
const MINUS = "\u2212";

/** An amount in pieces, so that the decimals can be quieter than the rest. */
export type MoneyParts = { before: string; whole: string; decimals: string; after: string };

/** How a sign is written: `minus` only below zero, `both` for money in and out, `none` for amounts to be paid. */
export type Sign = "minus" | "both" | "none";

type Rules = {
  /** For Intl; a region is named where the bare language would mean another way to write dates. */
  intl: string;
  decimal: string;
  group: string;
  /** Signs that this language has for a currency; others are written as their code. */
  symbols: Partial<Record<string, string>>;
  /** Whether the currency stands before the number. */
  before: boolean;
  thousand: string;
  million: string;
  today: string;
  yesterday: string;
};

const rules: Record<Locale, Rules> = {
  en: {
    intl: "en-GB",
    decimal: ".",
    group: ",",
    symbols: { EUR: "€", GBP: "£", USD: "$" },
    before: true,
    thousand: "k",
    million: "m",
    today: "Today",
    yesterday: "Yesterday",
  },
  sk: {
    intl: "sk-SK",
    decimal: ",",
    group: NBSP,
    symbols: { EUR: "€", CZK: "Kč" },
    before: false,
    thousand: `${NBSP}tis.`,
    million: `${NBSP}mil.`,
    today: "Dnes",
    yesterday: "Včera",
  },
  cs: {
    intl: "cs-CZ",
    decimal: ",",
    group: NBSP,
    symbols: { EUR: "€", CZK: "Kč" },
    before: false,
    thousand: `${NBSP}tis.`,
    million: `${NBSP}mil.`,
    today: "Dnes",
    yesterday: "Včera",
  },
  de: {
    intl: "de-DE",
    decimal: ",",
    group: ".",
    symbols: { EUR: "€" },
    before: false,
    thousand: `${NBSP}Tsd.`,
    million: `${NBSP}Mio.`,
    today: "Heute",
    yesterday: "Gestern",
  },
};

/** ISO 4217 currencies whose smallest unit is not a hundredth, as far as a European account may have them. */
const exponents: Partial<Record<string, number>> = { BHD: 3, ISK: 0, JPY: 0, KRW: 0, KWD: 3, TND: 3 };

/** How many decimals a currency has. */
export const decimalsOf = (currency: string): number => exponents[currency] ?? 2;

/** IBAN or any account number without spaces, in groups of four. */
export const iban = (text: string): string => text.replace(/(.{4})(?=.)/g, `$1${NBSP}`);

/** Time left, as "9 min 42 s"; never below zero. */
export function countdown(until: string, now: number): string {
  const left = Math.max(0, Math.floor((Date.parse(until) - now) / 1000));
  const minutes = Math.floor(left / 60);
  return minutes > 0 ? `${minutes}${NBSP}min ${left % 60}${NBSP}s` : `${left}${NBSP}s`;
}

/** The local calendar day of a moment, `YYYY-MM-DD`. */
export function dayOf(moment: string | number | Date): string {
  const at = new Date(moment);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Whole days from one calendar day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

type Split = { negative: boolean; zero: boolean; whole: string; fraction: string };

/** Splits an exact decimal. Text that is none comes back untouched as `whole`, so that nothing is hidden. */
function split(amount: string, decimals: number): Split {
  const found = /^([-\u2212+]?)(\d+)(?:\.(\d+))?$/.exec(amount.trim());
  if (!found) return { negative: false, zero: false, whole: amount, fraction: "" };
  const whole = (found[2] ?? "0").replace(/^0+(?=\d)/, "");
  // More decimals than the currency has are kept: an exact amount is never rounded for looks.
  const fraction = (found[3] ?? "").replace(/0+$/, "").padEnd(decimals, "0");
  const zero = /^0*$/.test(whole + fraction);
  return { negative: found[1] !== "" && found[1] !== "+" && !zero, zero, whole, fraction };
}

/** The formats of one language. Days are `YYYY-MM-DD`, moments are RFC 3339 or milliseconds. */
export type Formats = ReturnType<typeof make>;

function make(locale: Locale) {
  const r = rules[locale];
  const cache = new Map<string, Intl.DateTimeFormat>();
  const dates = (options: Intl.DateTimeFormatOptions, zone?: string) => {
    const key = JSON.stringify(options) + zone;
    const known =
      cache.get(key) ?? new Intl.DateTimeFormat(r.intl, { ...options, ...(zone ? { timeZone: zone } : {}) });
    cache.set(key, known);
    return known;
  };
  const words = new Map<string, Intl.NumberFormat>();
  /** A currency's word as it stands with an amount ("euro", "euros"). Only the word is taken from here, never the figure. */
  const word = (currency: string, whole: string): string => {
    const known =
      words.get(currency) ?? new Intl.NumberFormat(r.intl, { style: "currency", currency, currencyDisplay: "name" });
    words.set(currency, known);
    return known.formatToParts(Number(whole)).find(({ type }) => type === "currency")?.value ?? currency;
  };
  const tidy = (text: string) => text.replace(/[ \u202F]/g, NBSP).replace(/Sept\b/, locale === "en" ? "Sep" : "Sept");
  const ofDay = (day: string, options: Intl.DateTimeFormatOptions) =>
    tidy(dates(options, "UTC").format(new Date(`${day}T00:00:00Z`)));

  const group = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, r.group);
  const mark = (currency: string) => r.symbols[currency] ?? currency;
  const signOf = (s: Split, sign: Sign) =>
    sign === "none" || s.zero ? "" : s.negative ? MINUS : sign === "both" ? "+" : "";

  const parts = (money: Money, sign: Sign = "minus"): MoneyParts => {
    const s = split(money.amount, decimalsOf(money.currency));
    const symbol = mark(money.currency);
    const gap = r.before && symbol.length === 1 ? "" : NBSP;
    return {
      before: signOf(s, sign) + (r.before ? symbol + gap : ""),
      whole: group(s.whole),
      decimals: s.fraction ? r.decimal + s.fraction : "",
      after: r.before ? "" : gap + symbol,
    };
  };
  const write = (money: Money, sign: Sign) => {
    const p = parts(money, sign);
    return p.before + p.whole + p.decimals + p.after;
  };
  const plain = (money: Money, sign: Sign = "minus") => {
    const s = split(money.amount, decimalsOf(money.currency));
    return signOf(s, sign) + group(s.whole) + (s.fraction ? r.decimal + s.fraction : "");
  };
  const time = (moment: string | number) =>
    dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(moment));
  const dayShort = (day: string) =>
    locale === "sk" || locale === "cs"
      ? ofDay(day, { day: "numeric", month: "numeric" })
      : ofDay(day, { day: "numeric", month: "short" });
  const dayLong = (day: string) => ofDay(day, { day: "numeric", month: "long", year: "numeric" });
  const dayMonth = (day: string) => ofDay(day, { day: "numeric", month: "long" });
  const dayYear = (day: string) =>
    locale === "sk" || locale === "cs"
      ? ofDay(day, { day: "numeric", month: "numeric", year: "numeric" })
      : ofDay(day, { day: "numeric", month: "short", year: "numeric" });

  /** "Today", "Yesterday", or the short day; with the year where it is another one. */
  const day = (of: string, today: string): string => {
    const back = daysBetween(of, today);
    if (back === 0) return r.today;
    if (back === 1) return r.yesterday;
    return of.slice(0, 4) === today.slice(0, 4) ? dayShort(of) : dayYear(of);
  };

  return {
    /** A balance or a sum: no sign, a true minus below zero. */
    money: (money: Money) => write(money, "minus"),
    /** Money in or out: always with its sign. */
    signed: (money: Money) => write(money, "both"),
    /** An amount to be paid: no sign. */
    unsigned: (money: Money) => write(money, "none"),
    /** The same in pieces. */
    parts,
    /** Without the currency, for a column whose head names it. */
    plain,
    /** For a screen reader: "minus 486.20 euros". */
    spoken: (money: Money, sign: Sign = "minus") => {
      const s = split(money.amount, decimalsOf(money.currency));
      const name = word(money.currency, s.whole);
      const said = sign === "none" || s.zero ? "" : s.negative ? "minus " : sign === "both" ? "plus " : "";
      return `${said}${group(s.whole)}${s.fraction ? r.decimal + s.fraction : ""} ${name}`;
    },
    /** A round figure at a chart's axis. The value is a place on the screen, not an amount. */
    axis: (value: number, currency: string) => {
      const size = Math.abs(value);
      const [divisor, unit] = size >= 1e6 ? [1e6, r.million] : size >= 1e3 ? [1e3, r.thousand] : [1, ""];
      const number = String(Math.round((size / divisor) * 100) / 100).replace(".", r.decimal);
      const symbol = mark(currency);
      const sign = value < 0 ? MINUS : "";
      return r.before
        ? sign + symbol + (symbol.length === 1 ? "" : NBSP) + number + unit
        : sign + number + unit + NBSP + symbol;
    },
    /** A whole number with its groups: "1,284". */
    count: (count: number) => group(String(Math.trunc(count))),
    /** "14 Oct". */
    dayShort,
    /** "14 Oct 2026". */
    dayYear,
    /** "14 October". */
    dayMonth,
    /** "14 October 2026". */
    dayLong,
    /** "Wednesday 14 October", in the language's own order. */
    weekday: (of: string) => {
      const text = ofDay(of, { weekday: "long", day: "numeric", month: "long" });
      return locale === "en" ? text.replace(",", "") : text;
    },
    /** "Sun, 23 Aug 2026", for a day that is read out of a chart. */
    weekdayShort: (of: string) => `${ofDay(of, { weekday: "short" })}, ${dayYear(of)}`,
    /** "October 2026", as a heading of its own. */
    month: (of: string) => {
      const text = ofDay(of, { month: "long", year: "numeric" });
      return text.charAt(0).toLocaleUpperCase(r.intl) + text.slice(1);
    },
    /** "October", as a heading of its own. */
    monthName: (of: string) => {
      const text = ofDay(of, { month: "long" });
      return text.charAt(0).toLocaleUpperCase(r.intl) + text.slice(1);
    },
    /** "Oct", for an axis. */
    monthShort: (of: string) => ofDay(of, { month: "short" }),
    /** "Jan 27": a month with its year, for an axis. */
    monthYear: (of: string) => `${ofDay(of, { month: "short" })}${NBSP}${of.slice(2, 4)}`,
    day,
    /** "Today", "Yesterday", or the short day, where a heading says the year. */
    nearDay: (of: string, today: string) => {
      const back = daysBetween(of, today);
      return back === 0 || back === 1 ? day(of, today) : dayShort(of);
    },
    /** "08:42" on this computer's clock. */
    time,
    /** "Today 08:42", "Yesterday 17:30", "12 Oct, 06:10". */
    moment: (at: string | number, today: string) => {
      const of = dayOf(at);
      const near = daysBetween(of, today);
      return near === 0 || near === 1 ? `${day(of, today)} ${time(at)}` : `${day(of, today)}, ${time(at)}`;
    },
    /** "in 6 days". */
    inDays: (days: number) =>
      tidy(new Intl.RelativeTimeFormat(r.intl, { numeric: "always" }).format(Math.trunc(days), "day")),
    iban,
  };
}

const made: Record<Locale, Formats> = { en: make("en"), sk: make("sk"), cs: make("cs"), de: make("de") };

/** The formats of a language. */
export const formats = (locale: Locale): Formats => made[locale];
