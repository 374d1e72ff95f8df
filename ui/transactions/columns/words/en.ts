import type { Meaning } from "../../../bindings";

export type Words = {
  title: string;
  column: string;
  example: string;
  holds: string;
  needed: string;
  meaning: Record<Meaning, string>;
};

export const en: Words = {
  title: "What do the columns hold?",
  column: "Column",
  example: "Example",
  holds: "Holds",
  needed: "A day and an amount are needed: either one signed amount, or what went out and what came in.",
  meaning: {
    nothing: "Not needed",
    booked: "Day of booking",
    value: "Value date",
    amount: "Amount, with its sign",
    debit: "What went out",
    credit: "What came in",
    side: "Out or in",
    currency: "Currency",
    balance: "Balance after",
    ownAccount: "Own account",
    id: "Bank’s number",
    counterparty: "Other party",
    counterpartyAccount: "Their account",
    counterpartyBank: "Their bank code",
    variable: "Variable symbol",
    constant: "Constant symbol",
    specific: "Specific symbol",
    reference: "Reference",
    message: "Message",
    description: "Bank’s text",
  },
};
