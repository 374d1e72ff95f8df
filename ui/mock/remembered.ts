// Payees, templates, standing payments and what is due, kept while the page lives. States: noPayees, noTemplates, noDue,
// payeesFail, templatesFail, dueFails.
import type { DueDay, Every, KnownPayee, Money, PaymentLine, PayeeInput, Template, TemplateInput } from "../bindings";
import { addDays, addMonth } from "../days";
import { input, keep, known } from "./kept";
import { check, lines } from "./payments";
import { accounts } from "./banks";
import { daysAgo, inState, refuse, type Answers } from "./types";

const eur = (amount: string): Money => ({ amount, currency: "EUR" });
const written = (name: string, note = ""): PayeeInput => ({
  name,
  note,
  variableSymbol: "",
  specificSymbol: "",
  constantSymbol: "",
});

let book: KnownPayee[] = inState("noPayees")
  ? []
  : [
      ...known.map(({ name, iban, bank, times, last }): KnownPayee => ({
        written: written(name, name.startsWith("Kovostav") ? "Oceľové profily, faktúry do 14 dní" : ""),
        accounts: [{ iban, bank, times, last }],
        times,
        first: daysAgo(400),
        last,
        paid: [eur("11040.00")],
      })),
      {
        written: { ...written("Sociálna poisťovňa"), variableSymbol: "9920260930", constantSymbol: "3558" },
        accounts: [
          {
            iban: "SK8975000000000012345671",
            bank: "ČSOB",
            times: 8,
            last: { day: daysAgo(6), amount: eur("2418.60") },
          },
          { iban: "SK3112000000198742637541", bank: null, times: 1, last: { day: daysAgo(300), amount: eur("12.00") } },
        ],
        times: 9,
        first: daysAgo(520),
        last: { day: daysAgo(6), amount: eur("2418.60") },
        paid: [eur("19360.80"), { amount: "3200.00", currency: "CZK" }],
      },
      {
        written: written("Stolárstvo Záhorie"),
        accounts: [{ iban: "SK6807200002891987426353", bank: null, times: 0, last: null }],
        times: 0,
        first: null,
        last: null,
        paid: [],
      },
    ];

const after = (every: Every, day: string, count: number): string =>
  every === "week" ? addDays(day, 7 * count) : addMonth(day, { month: 1, quarter: 3, year: 12 }[every] * count);

let nextTemplate = 1;
function template(of: TemplateInput, waiting: string[] = []): Template {
  const { amount, account } = check(of.payment);
  const { rhythm } = of;
  const days = rhythm && !rhythm.paused ? [0, 1, 2].map((count) => after(rhythm.every, rhythm.next, count)) : [];
  return {
    id: nextTemplate++,
    name: of.name,
    payment: { ...of.payment, payOn: null },
    amount,
    iban: account.kind === "valid" ? account.iban : null,
    rhythm,
    coming: days.filter((day) => !rhythm?.until || day <= rhythm.until),
    waiting,
  };
}

const rent = input(1, "Priemyselný park Brod s.r.o.", "SK6807200002891987426353", "2150.00", "102026", "Nájom haly");
const fee = input(1, "Účtovníctvo Malinová s.r.o.", "SK3983300000002901147850", "290.00", "2609");
const phone = input(1, "Mobil Plus a.s.", "SK4709000000005077138625", "64.90", "9034417720");
let kept: Template[] = inState("noTemplates")
  ? []
  : [
      template({ name: "Nájom haly", payment: rent, rhythm: rhythm("month", daysAgo(-28)) }, [daysAgo(3)]),
      template({ name: "Účtovníctvo", payment: fee, rhythm: rhythm("month", daysAgo(-9), daysAgo(-45)) }),
      template({ name: "Telefóny", payment: phone, rhythm: { ...rhythm("quarter", daysAgo(-20)), paused: true } }),
      template({
        name: "Sklad v Rajci",
        payment: phone,
        rhythm: rhythm("year", daysAgo(-300), daysAgo(-30)),
      }),
      template({ name: "Preddavok na materiál", payment: { ...rent, payee: "Kovostav Hron s.r.o." }, rhythm: null }),
      template({ name: "Pohonné hmoty", payment: { ...fee, payee: "Palivá Rajec", amount: "" }, rhythm: null }),
    ];

function rhythm(every: Every, next: string, until: string | null = null) {
  return { every, next, until, paused: false };
}

if (!inState("noPayments") && !inState("fewPayments") && !inState("noDue")) {
  keep("draft", rent, [["draft", 3 * 1440]], 0, daysAgo(3));
  keep("draft", fee, [["draft", 30]], 0, daysAgo(0));
  keep("draft", { ...phone, payOn: daysAgo(-1) }, [["draft", 400]]);
}

function due(): DueDay[] {
  const today = daysAgo(0);
  const days = new Map<string, PaymentLine[]>();
  for (const line of lines().filter(({ state }) => state === "draft" && !inState("noDue"))) {
    const day = line.missed ?? line.payOn;
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  const week = (day: string) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  const when = (day: string) => {
    if (day <= today) return day < today ? "overdue" : "today";
    return week(day) === week(today) ? "thisWeek" : "later";
  };
  return [...days.keys()].sort().map((day) => {
    const payments = days.get(day) ?? [];
    const sums = new Map<string, number>();
    for (const { amount } of payments) {
      if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + Math.round(Number(amount.amount) * 100));
    }
    const totals = [...sums].map(([currency, cents]) => ({ amount: (cents / 100).toFixed(2), currency }));
    return { day, when: when(day), payments, totals };
  });
}

const has = (ibans: string[]) => (payee: KnownPayee) => payee.accounts.some(({ iban }) => ibans.includes(iban));

export const remembered: Answers = {
  payeeBook: () => (inState("payeesFail") ? refuse("storeFailed") : book),
  paidTo: (ibans) => {
    const payee = book.find(has(ibans));
    const account = accounts[0];
    if (!payee || payee.times === 0 || !account) return [];
    return [3, 33, 64, 94].map((days, index) => ({
      id: index + 1,
      account: account.id,
      accountName: account.name,
      bank: account.bank,
      day: daysAgo(days),
      status: "booked",
      amount: eur(`-${1840 - index * 100}.00`),
      counterparty: payee.written.name,
      variableSymbol: `26${days}`,
      message: null,
      category: null,
      hasNote: false,
      balanceAfter: null,
    }));
  },
  rememberPayee: (account, of) => {
    const { account: read } = check(input(1, of.name, account, "1", ""));
    if (read.kind !== "valid" || of.name.trim() === "") return refuse("draftInvalid");
    const { iban, bank } = read;
    const accounts = [{ iban, bank, times: 0, last: null }];
    book = [...book, { written: of, accounts, times: 0, first: null, last: null, paid: [] }];
    return null;
  },
  changePayee: (ibans, of) => {
    if (of.name.trim() === "" || /\D/.test(of.variableSymbol)) refuse("draftInvalid");
    book = book.map((payee) => (has(ibans)(payee) ? { ...payee, written: of } : payee));
    return null;
  },
  forgetPayee: (ibans) => {
    book = book.filter((payee) => !has(ibans)(payee));
    return null;
  },
  templates: () => (inState("templatesFail") ? refuse("storeFailed") : kept),
  saveTemplate: (id, of) => {
    const bad = of.rhythm && (of.rhythm.next < daysAgo(0) || (of.rhythm.until ?? "9") < of.rhythm.next);
    if (of.name.trim() === "" || bad) refuse("draftInvalid");
    const made = template(of, kept.find((one) => one.id === id)?.waiting);
    if (id === null) kept = [...kept, made];
    else kept = kept.map((one) => (one.id === id ? { ...made, id } : one));
    return made;
  },
  removeTemplate: (id) => {
    kept = kept.filter((one) => one.id !== id);
    return null;
  },
  useTemplate: (id) => {
    const of = kept.find((one) => one.id === id) ?? refuse("notFound");
    return keep("draft", of.payment, [["draft", 0]], 0);
  },
  duePayments: () => (inState("dueFails") ? refuse("storeFailed") : due()),
};
