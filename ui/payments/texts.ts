// Sentences of the payment screens that depend on what Rust found, in the language in use.

import type { AccountCheck, DraftCheck, Field, Leaving, PaymentLine, PlainTexts, Problem, Warning } from "../bindings";
import { f, lang, t } from "../i18n.svelte";
import { MESSAGE_LIMIT } from "./form";
import type { Act } from "./states";

/** The last four characters of an account number: enough to recognise it. */
export const ending = (iban: string): string => iban.slice(-4);

/** Who gets the money; of a bulk, how many payments it holds. */
export function who(line: PaymentLine): string {
  if (line.count !== null) return t().payments.list.many(line.count);
  return line.payee.trim() || t().payments.list.noPayee;
}

/** A country's name. */
export function country(code: string): string {
  const locale = lang() === "en" ? "en-GB" : lang();
  return new Intl.DisplayNames(locale, { type: "region", fallback: "code" }).of(code) ?? code;
}

/** Short names of the days of a week, for a head over them. */
export function weekdays(days: readonly string[]): string[] {
  const names = new Intl.DateTimeFormat(lang() === "en" ? "en-GB" : lang(), { weekday: "short", timeZone: "UTC" });
  return days.map((day) => names.format(new Date(`${day}T00:00:00Z`)));
}

/** Where an account is: its bank, if known, and its country. */
export const place = (bank: string | null, code: string): string =>
  bank === null ? country(code) : `${bank}, ${country(code)}`;

/** The limit of a field's length, in characters or digits. */
const limits: Partial<Record<Field, number>> = {
  payee: 140,
  variableSymbol: 10,
  specificSymbol: 10,
  constantSymbol: 4,
  message: MESSAGE_LIMIT,
};

/** What is wrong with a field, and how it becomes right. */
export function problemText(
  field: Field,
  problem: Problem,
  check: Pick<DraftCheck, "account"> | null,
  currency: string,
): string {
  const texts = t().payments.form;
  switch (problem) {
    case "missing":
      return texts.missing[field] ?? "";
    case "tooLong": {
      const limit = limits[field] ?? MESSAGE_LIMIT;
      return field.endsWith("Symbol") ? texts.tooManyDigits(limit) : texts.tooLong(limit);
    }
    case "tooManyDecimals":
      return texts.tooManyDecimals(currency);
    case "cannotPayFrom":
      return texts.cannotPayFrom(currency);
    case "accountWrong":
      return texts.accountProblem[check?.account.kind === "wrong" ? check.account.problem : "digits"];
    default:
      return texts.problem[problem];
  }
}

/** What is known of a valid account number. */
export function validText(account: Extract<AccountCheck, { kind: "valid" }>): string {
  const where = place(account.bank, account.country);
  const texts = t().payments.form;
  return account.domestic ? texts.validDomestic(where, f().iban(account.iban)) : texts.valid(where);
}

/** A warning; in the review also what follows from it. */
export function warningText(warning: Warning, payee: string, inReview = false): string {
  const texts = t().payments.warning;
  switch (warning.kind) {
    case "firstPayment":
      return texts.firstPayment;
    case "otherAccount":
      return texts.otherAccount(payee, f().dayLong(warning.last), ending(warning.lastIban));
    case "likelyDuplicate": {
      const said = texts.likelyDuplicate(f().dayMonth(warning.day));
      return inReview ? `${said} ${texts.onlyIfNew}` : said;
    }
    case "earlierUnknown":
      return texts.earlierUnknown;
    case "notCovered":
      return texts.notCovered(f().money(warning.after));
    case "underLowest":
      return texts.underLowest(f().money(warning.after), f().money(warning.lowest));
    case "otherCountry":
      return texts.otherCountry(country(warning.country));
    case "symbolPaid":
      return texts.symbolPaid(f().dayLong(warning.day), f().money(warning.amount));
    case "unusualAmount":
      return texts.unusualAmount(f().money(warning.most));
    case "largestOfAll":
      return texts.largestOfAll(f().money(warning.most));
    case "outsideSepa":
      return texts.outsideSepa(country(warning.country));
    case "foreignCurrency":
      return texts.foreignCurrency(warning.currency, country(warning.country));
    case "nationalCheck":
      return texts.nationalCheck;
  }
}

/** What the variable symbol's field holds: a symbol, or a creditor reference in its place. */
export const symbolName = (typed: string): string =>
  /^\s*rf/i.test(typed) ? t().payments.summary.symbols.rf : t().payments.summary.symbols.vs;

/** What is to be known of the day on which a payment leaves; nothing where it is plainly the day chosen. */
export function leavingNote(leaving: Leaving | null | undefined): string {
  const texts = t().payments.summary;
  const closes = leaving?.closes?.slice(0, 5);
  const known = closes && (leaving?.late ? t().paying.late(closes) : leaving?.today && t().paying.closesAt(closes));
  return [leaving?.moved && texts.moved, known, leaving?.today && !closes && texts.cutOff].filter(Boolean).join(" ");
}

/** How the payee will probably read name and message, each only where it comes out otherwise than typed. */
export const reads = (carried: PlainTexts | undefined): string[] =>
  [carried?.payee, carried?.message].filter((text): text is string => Boolean(text));

/** What an act is called: what was refused is corrected before it is paid anew, and a bulk is taken apart, not thrown away. */
export function actText(act: Exclude<Act, "approve">, line: PaymentLine): string {
  const texts = t().payments;
  if (line.count !== null && (act === "edit" || act === "remove" || act === "again")) return texts.bulk.acts[act];
  return act === "again" && line.state === "failed" ? texts.detail.correct : texts.detail.acts[act];
}
