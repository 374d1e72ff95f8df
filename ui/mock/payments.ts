// What is answered of payments. The checks are a stand-in for Rust's: just enough for each state of the form. States:
// wrongDigits, otherAccount, changed, refused, offlinePay, browserFailed,
// slowPay, diskFullDraft, unusual; and those of rules.ts.
import type {
  AccountCheck,
  Asked,
  PlainTexts,
  DraftCheck,
  DraftInput,
  FieldProblem,
  InputField,
  Leaving,
  Money,
  PaymentDetail,
  PaymentId,
  PaymentState,
  Review,
  Warning,
} from "../bindings";
import { addDays } from "../days";
import { accounts } from "./banks";
import { keep, kept, known, kovostav, one } from "./kept";
import { happen } from "./session";
import { needsRelease } from "./rules";
import { daysAgo, inState, minutesAgo, pause, refuse, type Answers } from "./types";

const spaceless = (text: string) => text.replace(/\s/g, "");

function accountOf(typed: string): AccountCheck {
  const text = spaceless(typed).toUpperCase();
  if (text === "") return { kind: "empty" };
  if (text === "19-2000145399/0800") {
    return {
      kind: "valid",
      iban: "CZ6508000000192000145399",
      domestic: true,
      country: "CZ",
      bank: "Česká spořitelna",
      nationalCheckFailed: false,
    };
  }
  if (/[^A-Z0-9/-]/.test(text)) return { kind: "wrong", problem: "character" };
  if (text.startsWith("XX")) return { kind: "wrong", problem: "country" };
  if (text.length < 24) return { kind: "unfinished" };
  if (text.length > 24) return { kind: "wrong", problem: "length" };
  if (text.endsWith("0000")) return { kind: "wrong", problem: "digits" };
  const bank = known.find((one) => one.iban === text)?.bank ?? (text.startsWith("SK4975") ? "ČSOB" : null);
  return {
    kind: "valid",
    iban: text,
    domestic: false,
    country: text.slice(0, 2),
    bank,
    nationalCheckFailed: text.endsWith("9999"),
  };
}

/** Minor units of a plain decimal; the mock's own arithmetic, in whole numbers. */
function cents(text: string): bigint | null {
  const found = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (!found) return null;
  const size = BigInt(found[2] ?? "0") * 100n + BigInt((found[3] ?? "").padEnd(2, "0"));
  return found[1] ? -size : size;
}
function decimal(units: bigint): string {
  const size = units < 0n ? -units : units;
  return `${units < 0n ? "-" : ""}${size / 100n}.${String(size % 100n).padStart(2, "0")}`;
}
function amountOf(typed: string): bigint | null {
  const text = spaceless(typed);
  const mark = /[.,](\d{1,2})$/.exec(text);
  const whole = (mark ? text.slice(0, mark.index) : text).replace(/[.,]/g, "");
  return cents(mark ? `${whole}.${mark[1]}` : whole);
}

const nothingRead: PlainTexts = { payee: null, message: null };
/** The next weekday; the mock knows no other days off. */
function leavingOf(wanted: string): Leaving {
  let day = wanted;
  while ([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) day = addDays(day, 1);
  const today = day === daysAgo(0);
  const closes = inState("closes") || inState("late") ? "14:30:00" : null;
  if (inState("late") && today) return { day: addDays(day, 1), moved: false, today: false, late: true, closes };
  return { day, moved: day !== wanted, today, late: false, closes };
}
/** A text without its accents, where it has any. */
function read(typed: string): string | null {
  const bare = typed.trim().normalize("NFD").replace(/\p{M}/gu, "");
  return bare === typed.trim() ? null : bare;
}

const isReference = (typed: string) => /^\s*rf/i.test(typed);

/** What Rust would say of a form. */
export function check(of: DraftInput): DraftCheck {
  const problems: FieldProblem[] = [];
  const from = accounts.find((one) => one.id === of.from);
  const account = accountOf(of.account);
  const units = amountOf(of.amount);
  if (!from) problems.push({ field: "from", problem: "missing" });
  else if (from.currency !== of.currency) problems.push({ field: "from", problem: "cannotPayFrom" });
  if (of.payee.trim() === "") problems.push({ field: "payee", problem: "missing" });
  if (account.kind === "empty") problems.push({ field: "account", problem: "missing" });
  if (account.kind === "unfinished") problems.push({ field: "account", problem: "accountUnfinished" });
  if (account.kind === "wrong") problems.push({ field: "account", problem: "accountWrong" });
  if (of.amount.trim() === "") problems.push({ field: "amount", problem: "missing" });
  else if (units === null)
    problems.push({ field: "amount", problem: /[.,]\d{3,}$/.test(of.amount) ? "tooManyDecimals" : "notAnAmount" });
  else if (units <= 0n) problems.push({ field: "amount", problem: "notPositive" });
  for (const [field, limit] of [
    ["variableSymbol", 10],
    ["specificSymbol", 10],
    ["constantSymbol", 4],
  ] as const) {
    if (field === "variableSymbol" && isReference(of[field])) continue;
    if (isReference(of.variableSymbol) && of[field] !== "") problems.push({ field, problem: "besideReference" });
    else if (/\D/.test(of[field])) problems.push({ field, problem: "notDigits" });
    else if (of[field].length > limit) problems.push({ field, problem: "tooLong" });
  }
  if (Array.from(of.message).length > 140) problems.push({ field: "message", problem: "tooLong" });

  const money = (value: bigint): Money => ({ amount: decimal(value), currency: of.currency });
  const amount = units !== null && units > 0n ? money(units) : null;
  const now = from?.available?.money ?? null;
  const after = now && amount ? money((cents(now.amount) ?? 0n) - (units ?? 0n)) : null;
  const payee = account.kind === "valid" ? known.find((one) => one.iban === account.iban) : undefined;
  const warnings: Warning[] = [];
  if (account.kind === "valid") {
    if (inState("otherAccount")) warnings.push({ kind: "otherAccount", lastIban: kovostav, last: daysAgo(30) });
    else if (!payee) warnings.push({ kind: "firstPayment" });
    if (payee?.iban === kovostav && amount?.amount === "1840.00")
      warnings.push({ kind: "likelyDuplicate", day: daysAgo(30), amount });
    if (account.country !== "SK" && from?.bank.country === "SK")
      warnings.push({ kind: "otherCountry", country: account.country });
    if (account.nationalCheckFailed) warnings.push({ kind: "nationalCheck" });
  }
  if (after?.amount.startsWith("-")) warnings.push({ kind: "notCovered", after });
  else if (inState("underLowest") && after)
    warnings.push({ kind: "underLowest", after, lowest: { amount: "65000.00", currency: of.currency } });
  if (inState("unusual") && amount) {
    const most = { amount: "120.00", currency: of.currency };
    warnings.push({ kind: "unusualAmount", most }, { kind: "symbolPaid", day: daysAgo(70), amount: most });
  }
  return {
    account,
    amount,
    problems,
    warnings,
    balanceNow: now,
    balanceAfter: after,
    paidTimes: payee?.times ?? 0,
    leaving: from ? leavingOf(of.payOn ?? daysAgo(0)) : null,
    carried: of.currency === "EUR" ? { payee: read(of.payee), message: read(of.message) } : nothingRead,
  };
}

const approves = (state: PaymentState) => state === "awaitingBank" || state === "created";
const open = (state: PaymentState) => approves(state) || ["sending", "processing", "unknown"].includes(state);

/** What the bank of the first payment asks for: states asksHow, asksCode, asksElsewhere. */
function question(id: PaymentId): Asked | null {
  if (id !== 1 || !approves(one(id).state)) return null;
  const plain = { description: null, options: [], picture: null, sealed: false };
  const code: InputField = { ...plain, name: "otp", kind: "code", label: "Code from the text message", sealed: true };
  if (inState("asksElsewhere")) return { fields: [code], canAnswer: false };
  if (inState("asksHow"))
    return {
      canAnswer: true,
      fields: [
        {
          ...plain,
          name: "method",
          kind: "select",
          label: "How do you want to approve?",
          options: [
            { value: "sms", label: "Code by text message" },
            { value: "push", label: "Confirm on my phone" },
          ],
        },
      ],
    };
  if (!inState("asksCode")) return null;
  return {
    canAnswer: true,
    fields: [
      { ...plain, name: "word", kind: "picture", label: "Word in the picture", picture: pixels },
      { ...code, description: "It was sent to the number that ends in 42." },
      { ...plain, name: "userPassword", kind: "password", label: "Password", sealed: true },
      { ...plain, name: "deviceName", kind: "other", label: "Device" },
    ],
  };
}
const pixels =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAAAUCAAAAAAYHWTjAAAA3UlEQVR42p2UUQ7DMAhDfZx3/7vxP7UJBVKYplVTx5gxYEiEXQ9c37e9HftDclywgrjeevluLtzB5raVYOXJvE5AzkKhWVZFBE7hwzrQ5HBGdcmfCvGSZxpFVPSP2VjySSOXui2ZRxBqIm8Y08+56LXRPwLm8Ygqah7cwEtxqF+C0mg48IWIEI3Ur85pt01Do8A3KcJcFcTkyf0Pu7Rx92jRSx5ORYc5bBpZs8jYudMR5VJ5SKrALwDqpVBOfzYXTvmw7/+OOyOhU6yXJzuj4neysoNiq8FQjJOPWtoHmzdycoeEAtwAAAAASUVORK5CYII=";

export function detail(id: PaymentId): PaymentDetail {
  const { input: of, state, steps, checks, standing, lines } = one(id);
  const today = daysAgo(0);
  const from = accounts.find((each) => each.id === of.from);
  const found = check(of);
  return {
    line: {
      id,
      state,
      payee: of.payee,
      amount: found.amount,
      count: lines?.length ?? null,
      payOn: of.payOn ?? daysAgo(0),
      fromName: from?.name ?? null,
      bank: from?.bank ?? null,
      changed: minutesAgo(steps.at(-1)?.[1] ?? 0),
      standing: standing ?? null,
      missed: state === "draft" && (of.payOn ?? standing ?? today) < today ? (of.payOn ?? standing ?? null) : null,
    },
    iban: found.account.kind === "valid" ? found.account.iban : null,
    input: of,
    timeline: steps.map(([reached, ago]) => ({ state: reached, at: minutesAgo(ago) })),
    checked: open(state) ? minutesAgo(2) : null,
    checks,
    nextCheck: open(state) ? minutesAgo(-8) : null,
    canApprove: approves(state) && !question(id),
    asked: question(id),
    proof: state === "finished" ? 1 : null,
    lines: (lines ?? []).map((line) => detail(line).line),
    bulk: null,
  };
}

export function review(id: PaymentId): Review {
  const { input: of, state } = one(id);
  if (state !== "draft") refuse("alreadyHandedOver");
  const found = check(of);
  const from = accounts.find((each) => each.id === of.from);
  if (found.problems.length > 0 || !found.amount || found.account.kind !== "valid" || !from)
    return refuse("draftInvalid");
  return {
    id,
    hash: JSON.stringify(of),
    amount: found.amount,
    fromName: from.name,
    fromIban: from.iban ?? "",
    bank: from.bank,
    payee: of.payee,
    iban: found.account.iban,
    country: found.account.country,
    payeeBank: found.account.bank,
    payOn: of.payOn ?? daysAgo(0),
    leaving: leavingOf(of.payOn ?? daysAgo(0)),
    variableSymbol: isReference(of.variableSymbol) ? null : of.variableSymbol || null,
    reference: isReference(of.variableSymbol) ? of.variableSymbol.replaceAll(" ", "").toUpperCase() : null,
    specificSymbol: of.specificSymbol || null,
    constantSymbol: of.constantSymbol || null,
    message: of.message || null,
    carried: found.carried,
    balanceAfter: found.balanceAfter,
    warnings: found.warnings,
    needsRelease: needsRelease(JSON.stringify(of)),
  };
}

/** All payments. */
/** Forgets a draft. */
export const removed = (id: PaymentId) => void kept.delete(id);
export const lines = () => [...kept].filter(([, { inBulk }]) => !inBulk).map(([id]) => detail(id).line);

export function reach(id: PaymentId, state: PaymentState) {
  const payment = one(id);
  payment.state = state;
  payment.steps.push([state, 0]);
  happen({ kind: "payment", id });
}

/** How many hand-overs were asked for; the screens count them. */
const asked = { handOvers: 0 };
/** The names of the fields that were answered. */
const typedNames: string[] = [];
Object.assign(globalThis, { mockPayments: asked, mockReach: reach, mockTyped: typedNames });

export async function handOver(id: PaymentId, hash: string): Promise<PaymentDetail> {
  asked.handOvers += 1;
  await pause(inState("slowPay") ? 60_000 : 60);
  if (one(id).state !== "draft") refuse("alreadyHandedOver");
  if (needsRelease(hash)) refuse("releaseNeeded");
  if (inState("refused")) refuse("paymentRefused");
  if (inState("offlinePay")) refuse("offline");
  if (inState("changed") && asked.handOvers === 1) {
    one(id).input.amount = "1940.00";
    refuse("draftChanged");
  }
  if (review(id).hash !== hash) refuse("draftChanged");
  reach(id, "awaitingBank");
  if (inState("browserFailed")) refuse("browserFailed");
  return detail(id);
}

export const payments: Answers = {
  accounts: () => accounts,
  checkAccount: accountOf,
  payees: (text) =>
    known.filter((each) => fold(each.name).includes(fold(text)) || each.iban.includes(spaceless(text).toUpperCase())),
  checkDraft: (_, of) => check(of),
  saveDraft: (id, of) => {
    if (inState("diskFullDraft")) refuse("diskFull");
    if (id === null) id = keep("draft", of, [["draft", 0]]);
    else one(id).input = of;
    return { id, input: of, check: check(of) };
  },
  draft: (id) => ({ id, input: one(id).input, check: check(one(id).input) }),
  reviewPayment: review,
  answerPayment: (id, typed) => {
    typedNames.push(...typed.map(({ name }) => name));
    if (typed.some(({ value }) => value === "wrong")) refuse("paymentRefused");
    reach(id, "processing");
    return detail(id);
  },
  savePaymentJournal: () => true,
  pasteReturn: (id, address) => {
    if (!address.includes("code=")) refuse("linkWrong");
    reach(id, "processing");
    return detail(id);
  },
  waysBack: () => ({
    link: { taken: minutesAgo(90), refused: null, cameBack: minutesAgo(85) },
    port: { taken: null, refused: minutesAgo(4000), cameBack: null },
  }),
  approvePayment: (id) => (inState("browserFailed") ? refuse("browserFailed") : detail(id)),
  payments: lines,
  payment: detail,
  checkPayment: async (id) => {
    await pause(60);
    one(id).checks += 1;
    return detail(id);
  },
};

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
