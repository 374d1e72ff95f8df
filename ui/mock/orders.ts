// Payments of a file. States: ordersLarge (1,000 lines), ordersUnread, ordersAsk; a dropped file is the same one.
import type { DraftInput, OrderAnswers, OrderLine, OrderNote, OrdersLook, Problem, Warning } from "../bindings";
import { addDays } from "../days";
import { keep } from "./kept";
import { check } from "./payments";
import { daysAgo, inState, refuse, type Answers } from "./types";

const today = daysAgo(0).slice(0, 10);
const FROM = 1;

type Made = Partial<DraftInput> & {
  problems?: OrderLine["problems"];
  notes?: OrderNote[];
  warnings?: Warning[];
};

const few: Made[] = [
  {
    payee: "Kovostav Hron s.r.o.",
    account: "SK4975000000003184027753",
    amount: "1840,00",
    variableSymbol: "2026104418",
  },
  {
    payee: "Dýhy Morava s.r.o.",
    account: "CZ9455000000001011038930",
    amount: "612,40",
    message: "Dýha dub, dodací list 118",
    warnings: [{ kind: "firstPayment" }],
  },
  {
    payee: "Leasing Tatrin",
    account: "SK4975000000003184027754",
    amount: "349,00",
    variableSymbol: "77120",
    problems: [{ field: "account", problem: "accountWrong" }],
  },
  {
    payee: "Papier Drobec",
    account: "SK4709000000005077138625",
    amount: "87,20",
    variableSymbol: "202611",
    notes: [{ kind: "prepared", day: addDays(today, -2) }],
  },
  {
    payee: "",
    account: "SK3983300000002901147850",
    amount: "45,00",
    problems: [{ field: "payee", problem: "missing" }],
    notes: [{ kind: "dayPassed", day: addDays(today, -9) }],
  },
  {
    payee: "Grafit Print",
    account: "SK3983300000002901147850",
    amount: "128,00",
    payOn: addDays(today, 6),
    constantSymbol: "0308",
  },
];

function inputOf(made: Made, said: OrderAnswers): DraftInput {
  return {
    from: said.from ?? FROM,
    payee: made.payee ?? "",
    account: made.account ?? "",
    amount: made.amount ?? "",
    currency: "EUR",
    payOn: made.payOn ?? null,
    variableSymbol: made.variableSymbol ?? "",
    specificSymbol: "",
    constantSymbol: made.constantSymbol ?? "",
    message: made.message ?? "",
  };
}

function line(made: Made, number: number, said: OrderAnswers): OrderLine {
  const input = inputOf(made, said);
  const asked = inState("ordersAsk") && number === 0 && said.decimalComma === null;
  const problems = asked ? [{ field: "amount" as const, problem: "ambiguous" as Problem }] : (made.problems ?? []);
  const { amount, account } = check(input);
  return {
    number,
    place: { line: number + 2, id: null, batch: null },
    input: asked ? { ...input, amount: "1,840" } : input,
    account: problems.some((one) => one.field === "account") ? { kind: "wrong", problem: "digits" } : account,
    amount: asked ? null : amount,
    problems,
    warnings: made.warnings ?? [],
    notes: made.notes ?? [],
    proposed: problems.length === 0 && !made.notes?.some((note) => note.kind === "prepared"),
  };
}

const made = (): Made[] =>
  inState("ordersLarge") ? Array.from({ length: 1000 }, (_, at) => few[at % few.length] ?? {}) : few;

function look(said: OrderAnswers): OrdersLook {
  if (inState("ordersUnread")) return { kind: "unread", reason: { kind: "columns", missing: ["account", "amount"] } };
  return {
    kind: "read",
    sheet: {
      source: { kind: "csv" },
      from: said.from ?? FROM,
      lines: made().map((one, number) => line(one, number, said)),
      notes: [
        { kind: "columnLeftOut", name: "Interné číslo" },
        { kind: "lineLeftOut", line: 9 },
      ],
      asks: inState("ordersAsk") ? ["decimalComma"] : [],
    },
  };
}

export const orders: Answers = {
  chooseOrders: () => ({ file: 1, name: "uhrady-november.csv" }),
  giveOrders: (_, name) => ({ file: 1, name }),
  lookAtOrders: (_, said) => look(said),
  sumOfOrders: (_, said, lines) => {
    const cents = lines.reduce((sum, at) => {
      const amount = line(made()[at] ?? {}, at, said).amount?.amount ?? "0";
      return sum + Math.round(Number(amount) * 100);
    }, 0);
    const money = (value: number) => ({ amount: (value / 100).toFixed(2), currency: "EUR" });
    return { count: lines.length, totals: [money(cents)], balanceAfter: money(1_284_000 - cents) };
  },
  prepareOrders: (_, said, lines) =>
    lines.map((at) => {
      const one = line(made()[at] ?? refuse("notFound"), at, said);
      return keep("draft", one.input, [["draft", 0]], 0);
    }),
};
