// From what was read to the form: which fields it fills, and which of them the owner had written herself. What may be filled
// in was decided in Rust.

import type { DraftInput, Field, FoundPayment } from "../bindings";
import { f } from "../i18n.svelte";
import { FIELDS } from "../payments/form";

/** The fields that a payment that was read can fill. */
export type Filled = Exclude<Field, "from">;
type Change = Partial<DraftInput>;

/** A text for an input: with spaces that the keyboard has. */
const typed = (text: string) => text.replaceAll("\u00A0", " ");

/** What a payment that was read puts into the form; what it does not say is not there. */
export function changeOf(found: FoundPayment): Change {
  const change: Change = {
    ...(found.payee !== null && { payee: found.payee }),
    ...(found.account !== null && { account: typed(f().iban(found.account)) }),
    ...(found.amount !== null && { amount: typed(f().plain(found.amount, "none")) }),
    ...(found.currency !== null && { currency: found.currency }),
    ...(found.payOn !== null && { payOn: found.payOn }),
    ...(found.variableSymbol !== null && { variableSymbol: found.variableSymbol }),
    ...(found.specificSymbol !== null && { specificSymbol: found.specificSymbol }),
    ...(found.constantSymbol !== null && { constantSymbol: found.constantSymbol }),
    ...(found.message !== null && { message: found.message }),
  };
  return change;
}

const fields = FIELDS.filter((field): field is Filled => field !== "from");
const bare = (value: string | null) => (value ?? "").replace(/\s/g, "");

/** The form without what an earlier reading had filled in and nobody has changed since. */
export function without(input: DraftInput, earlier: Change): DraftInput {
  const cleared = { ...input };
  for (const field of fields) {
    if (earlier[field] !== undefined && bare(input[field]) === bare(earlier[field])) {
      if (field === "payOn") cleared.payOn = null;
      else cleared[field] = "";
    }
  }
  return cleared;
}

/** The fields with something of the owner's own that a change would replace by something else. */
export function replaced(input: DraftInput, change: Change): Filled[] {
  return fields.filter(
    (field) => change[field] !== undefined && bare(input[field]) !== "" && bare(input[field]) !== bare(change[field]),
  );
}
