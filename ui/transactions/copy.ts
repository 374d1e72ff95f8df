// A transaction as text for the clipboard.
import type { TransactionDetail } from "../bindings";
import { f, t } from "../i18n.svelte";
import { ask } from "../ipc";

/** The transaction in lines of "name: value", without what is not known. */
export function detailsAsText({ row, ...detail }: TransactionDetail): string {
  const texts = t().transactions;
  const lines: [string, string | null][] = [
    [texts.columns.party, row.counterparty],
    [texts.columns.amount, f().signed(row.amount)],
    [texts.columns.date, f().dayLong(row.day)],
    [texts.columns.account, texts.panel.ownAccount(row.accountName, row.bank.name)],
    ["IBAN", detail.counterpartyIban && f().iban(detail.counterpartyIban)],
    [texts.panel.number, detail.counterpartyNumber],
    [texts.panel.bank, detail.counterpartyBank],
    ["VS", row.variableSymbol],
    ["SS", detail.specificSymbol],
    ["KS", detail.constantSymbol],
    [texts.panel.reference, detail.reference],
    [texts.panel.message, row.message],
    [texts.panel.category, row.category && texts.categories[row.category]],
    [texts.panel.note, detail.note],
  ];
  return lines.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join("\n");
}

/** Puts text on the clipboard, for a minute; whether that worked. Rust does it, since a page cannot ask to be left out of histories. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await ask.copyText(text);
    return true;
  } catch {
    return false;
  }
}
