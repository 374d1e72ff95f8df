// Beginning a payment from what is known: as a draft, so that nothing has to be typed again.

import type { DraftInput, Payee, PaymentDetail } from "../bindings";
import { f } from "../i18n.svelte";
import { ask } from "../ipc";
import { ledger } from "../state/ledger.svelte";
import { go } from "../state/navigation.svelte";
import { emptyInput } from "./form";

/** What of a payee a payment begins with. */
type Known = Pick<Payee, "name" | "iban" | "last" | "variableSymbol" | "specificSymbol" | "constantSymbol">;

const payFrom = (currency: string) =>
  ledger()
    .connections.value?.banks.flatMap((bank) => bank.accounts)
    .find((account) => account.canPay && account.currency === currency)?.id ?? null;

/** Begins a payment to a payee, in the currency last used. Throws what keeps it from being kept. */
export async function payTo(payee: Known): Promise<void> {
  const { name, iban, last, variableSymbol, specificSymbol, constantSymbol } = payee;
  const currency = last?.amount.currency ?? "EUR";
  await begin({
    ...emptyInput(payFrom(currency), currency),
    payee: name,
    account: iban,
    variableSymbol,
    specificSymbol,
    constantSymbol,
  });
}

/** What was typed of a payment, with its amount as the window's language writes it: in another one the digits may mean less or more. */
export function retyped({ input, line }: PaymentDetail): DraftInput {
  return line.amount ? { ...input, amount: f().plain(line.amount, "none").replaceAll("\u00A0", " ") } : input;
}

async function begin(input: DraftInput): Promise<void> {
  go({ page: "payment", draft: (await ask.saveDraft(null, input)).id });
}
