// The payments, drafts and payees that are kept while the page lives, and those that are there at first. States: noPayments,
// fewPayments, manyDrafts.
import type { DraftInput, Payee, PaymentId, PaymentState } from "../bindings";
import { accounts } from "./banks";
import { daysAgo, inState, refuse } from "./types";

type Kept = {
  input: DraftInput;
  state: PaymentState;
  steps: [PaymentState, number][];
  checks: number;
  standing?: string;
  /** The payments in a bulk. */
  lines?: PaymentId[];
  /** Whether it is in a bulk. */
  inBulk?: boolean;
};

export const kovostav = "SK4975000000003184027753";

const last = (days: number, amount: string) => ({ day: daysAgo(days), amount: { amount, currency: "EUR" } });
const none = { variableSymbol: "", specificSymbol: "", constantSymbol: "" };

/** The payees known at first. */
export const known: Payee[] = [
  { name: "Kovostav Hron s.r.o.", iban: kovostav, bank: "ČSOB", times: 6, last: last(30, "1840.00"), ...none },
  {
    name: "Kováčska dielňa Pribina",
    iban: "SK4709000000005077138625",
    bank: "Slovenská sporiteľňa",
    times: 2,
    last: last(133, "318.00"),
    ...none,
  },
  {
    name: "Zámočníctvo Kovolit s.r.o.",
    iban: "SK1711110000001182903749",
    bank: "UniCredit Bank",
    times: 1,
    last: last(237, "96.40"),
    ...none,
  },
  {
    name: "Grafit Print s.r.o.",
    iban: "SK3983300000002901147850",
    bank: "Fio banka",
    times: 9,
    last: last(12, "212.40"),
    ...none,
  },
];

/** A form. */
export function input(
  from: number,
  payee: string,
  iban: string,
  amount: string,
  symbol: string,
  message = "",
  payOn: string | null = null,
): DraftInput {
  const currency = accounts.find((one) => one.id === from)?.currency ?? "EUR";
  return {
    from,
    payee,
    account: iban,
    amount,
    currency,
    payOn,
    variableSymbol: symbol,
    specificSymbol: "",
    constantSymbol: "",
    message,
  };
}

export const kept = new Map<PaymentId, Kept>();
export const one = (id: PaymentId): Kept => kept.get(id) ?? refuse("notFound");
let next = 1;
/** Keeps a payment that reached these states so many minutes ago; `standing` is the day it was prepared for. */
export function keep(
  state: PaymentState,
  of: DraftInput,
  steps: [PaymentState, number][],
  checks = 1,
  standing?: string,
): PaymentId {
  kept.set(next, { input: of, state, steps, checks, ...(standing ? { standing } : {}) });
  return next++;
}

const approvalSteps: [PaymentState, number][] = [
  ["sending", 32],
  ["created", 32],
  ["awaitingBank", 31],
];
const day = 1440;
if (!inState("noPayments")) {
  keep(
    "awaitingBank",
    input(1, "Kovostav Hron s.r.o.", kovostav, "1840.00", "2026104418", "Faktúra 2026104418"),
    approvalSteps,
  );
  keep(
    "awaitingBank",
    input(1, "Leasing Tatrin a.s.", "SK3112000000198742637541", "642.10", "4417028", "", daysAgo(-6)),
    approvalSteps,
  );
  keep(
    "unknown",
    input(1, "Grafit Print s.r.o.", "SK3983300000002901147850", "212.40", "260871", "Katalóg jeseň 2026"),
    [
      ["sending", 41],
      ["awaitingBank", 40],
      ["unknown", 33],
    ],
    3,
  );
  keep(
    "processing",
    input(1, "Elektro Vážan s.r.o.", "SK8975000000000012345671", "486.20", "2610447"),
    [
      ["sending", 95],
      ["awaitingBank", 95],
      ["processing", 92],
    ],
    4,
  );
  keep("draft", input(5, "Dýhy Morava s.r.o.", "CZ6508000000192000145399", "38450.00", "2600418", "", daysAgo(-14)), [
    ["draft", 200],
  ]);
  if (inState("manyDrafts"))
    for (const [payee, account, amount, symbol] of [
      ["Papier Drobec s.r.o.", "SK8975000000000012345671", "74.30", "262244"],
      ["Leasing Tatrin a.s.", "SK3112000000198742637541", "642.10", "4417029"],
      ["Kovostav Hron s.r.o.", kovostav, "1840.00", "2026104418"],
    ] as const)
      keep("draft", input(1, payee, account, amount, symbol, "", daysAgo(-2)), [["draft", 30]]);
  if (!inState("fewPayments")) {
    const lines = (
      [
        ["Papier Drobec s.r.o.", "74.30", "262218", "finished"],
        ["Grafit Print s.r.o.", "212.40", "260872", "failed"],
        ["Laky a farby Turiec s.r.o.", "1276.90", "2609918", "finished"],
      ] as const
    ).map(([payee, amount, symbol, state]) => keep(state, input(1, payee, kovostav, amount, symbol), [[state, 150]]));
    for (const line of lines) one(line).inBulk = true;
    const bulk = keep("partiallyPaid", input(1, "", "", "1563.60", ""), [
      ["awaitingBank", 170],
      ["processing", 165],
      ["partiallyPaid", 150],
    ]);
    one(bulk).lines = lines;
    keep(
      "failed",
      input(5, "Sklenářství Brno-Líšeň s.r.o.", "CZ6508000000192000145399", "48900.00", "26190", "", daysAgo(1)),
      [
        ["awaitingBank", day + 40],
        ["processing", day + 30],
        ["failed", day + 22],
      ],
    );
    const done: [string, string, string, number][] = [
      ["Priemyselný park Brod s.r.o.", "2150.00", "102026", 2],
      ["Papier Drobec s.r.o.", "74.30", "262218", 2],
      ["Sociálna poisťovňa", "2418.60", "9920260930", 6],
      ["Zdravotná poisťovňa", "1012.34", "9920260930", 6],
      ["Laky a farby Turiec s.r.o.", "1276.90", "2609918", 8],
      ["Účtovníctvo Malinová s.r.o.", "290.00", "260902", 13],
      ["Mobil Plus a.s.", "64.90", "9034417720", 21],
    ];
    for (const [payee, amount, symbol, days] of done) {
      keep(
        "finished",
        input(1, payee, kovostav, amount, symbol, "", daysAgo(days)),
        [
          ["awaitingBank", days * day + 60],
          ["processing", days * day + 55],
          ["finished", days * day + 30],
        ],
        5,
      );
    }
    keep("cancelled", input(3, "Palivá Rajec", kovostav, "96.20", "", "", daysAgo(5)), [["cancelled", 5 * day]]);
  }
}
