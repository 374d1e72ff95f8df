// What a given invoice holds, by its name; and codes to be paid by. States: slowReading, noCapture.
import type { FoundPayment, InvoiceReading, PaymentCode, RequestInput } from "../bindings";
import { addDays } from "../days";
import { daysAgo, inState, pause, type Answers } from "./types";

const today = daysAgo(0).slice(0, 10);

const found: FoundPayment = {
  source: { format: "payBySquare", place: { kind: "page", number: 1 } },
  payee: "Kovostav Hron s.r.o.",
  account: "SK4975000000003184027753",
  otherAccounts: [],
  amount: { amount: "1840.00", currency: "EUR" },
  currency: "EUR",
  due: addDays(today, 6),
  payOn: addDays(today, 6),
  variableSymbol: "2026104418",
  specificSymbol: null,
  constantSymbol: "0308",
  message: "Faktúra 2026104418",
  doubts: [],
  unpayable: null,
};

const attached: FoundPayment = {
  ...found,
  source: { format: "cii", place: { kind: "inside", name: "factur-x.xml" } },
  account: "SK4709000000005077138625",
  otherAccounts: ["SK3983300000002901147850"],
  due: addDays(today, -3),
  payOn: null,
  constantSymbol: null,
  message: "RE-2026-77",
  doubts: [
    { field: "account", doubt: { kind: "otherAccounts" } },
    { field: "payOn", doubt: { kind: "overdue" } },
    { field: "message", doubt: { kind: "referenceAsMessage" } },
  ],
};

const mail: FoundPayment = {
  ...found,
  source: { format: "text", place: { kind: "itself" } },
  payee: null,
  constantSymbol: null,
  message: null,
  doubts: [
    { field: "amount", doubt: { kind: "amountChosen" } },
    { field: "variableSymbol", doubt: { kind: "fromText" } },
  ],
};

/** What stands in each file; a text that was pasted has no name. */
const files: Record<string, Omit<InvoiceReading, "name">> = {
  "FA-2026104418.pdf": { payments: [found], warnings: [] },
  "two.pdf": { payments: [attached, found], warnings: [{ kind: "disagree", fields: ["account", "payOn"] }] },
  "credit.isdoc": {
    payments: [
      { ...found, source: { format: "isdoc", place: { kind: "itself" } }, unpayable: "creditNote", account: null },
    ],
    warnings: [],
  },
  "holiday.png": { payments: [], warnings: [{ kind: "otherCode" }, { kind: "nothingFound" }] },
};

/** A drawing that looks like a code: three corners, and modules by chance of the text. */
function code(format: PaymentCode["format"], input: RequestInput): PaymentCode {
  const side = 41;
  const seed = JSON.stringify(input) + format;
  let path = "";
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const inCorner = (x < 8 && y < 8) || (x >= side - 8 && y < 8) || (x < 8 && y >= side - 8);
      const [cx, cy] = [x < 8 ? x : x - side + 7, y < 8 ? y : y - side + 7];
      const ring = Math.max(Math.abs(cx - 3), Math.abs(cy - 3));
      const chance = (seed.charCodeAt((x * 31 + y * 17) % seed.length) * (x + 3) * (y + 7)) % 5 < 2;
      if (inCorner ? ring === 3 || ring < 2 : chance) path += `M${x + 4} ${y + 4}h1v1h-1z`;
    }
  }
  return { format, text: seed, size: side + 8, path };
}

export const invoices: Answers = {
  readInvoice: async (_, name) => {
    if (inState("slowReading")) await pause(600_000);
    const reading = name === null ? { payments: [mail], warnings: [] } : files[name];
    return { name, ...(reading ?? { payments: [], warnings: [{ kind: "unknown" }] }) };
  },
  chooseInvoice: async () => {
    if (inState("slowReading")) await pause(600_000);
    return { name: "FA-2026104418.pdf", payments: [found], warnings: [] };
  },
  captureInvoice: () =>
    inState("noCapture")
      ? { name: null, payments: [], warnings: [{ kind: "noCapture" }] }
      : { name: null, payments: [found], warnings: [] },
  paymentCodes: (input) => {
    const wrong = /[a-z]/i.test(input.variableSymbol);
    if (wrong) return { codes: [], problems: [{ field: "variableSymbol", problem: "notDigits" }] };
    const formats = (["payBySquare", "spayd", "epc"] as const).filter((one) => one !== "epc" || input.payee !== "");
    return { codes: formats.map((one) => code(one, input)), problems: [] };
  },
  savePaymentCode: () => true,
};
