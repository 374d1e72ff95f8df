// Filters in words, for chips and for the sentence under an empty list.
import type { Account, TransactionFilter } from "../bindings";
import { f, t } from "../i18n.svelte";
import { parts, presetOf, type Part } from "./filter";

/** One part of the filter in a few words: "Operating account", "11 Sep – 14 Oct", "In". */
export function say(part: Part, filter: TransactionFilter, accounts: readonly Account[], today: string): string {
  const texts = t().transactions.filters;
  switch (part) {
    case "accounts": {
      const one = accounts.find((account) => account.id === filter.accounts[0]);
      return filter.accounts.length === 1 && one ? one.name : texts.accounts(filter.accounts.length);
    }
    case "dates": {
      const preset = presetOf(filter, today);
      if (preset) return texts.presets[preset];
      const { from, to } = filter;
      const day = (of: string) => (of.slice(0, 4) === today.slice(0, 4) ? f().dayShort(of) : f().dayYear(of));
      if (from && to) return `${day(from)} – ${day(to)}`;
      return from ? texts.since(day(from)) : texts.until(day(to ?? today));
    }
    case "direction":
      return filter.direction === "in" ? texts.into : texts.out;
    case "text":
      return texts.text(filter.text.trim());
  }
}

/** Everything that narrows the list except the words searched for, as an enumeration. */
export const sayAll = (filter: TransactionFilter, accounts: readonly Account[], today: string): string =>
  parts(filter)
    .filter((part) => part !== "text")
    .map((part) => say(part, filter, accounts, today))
    .join(", ");
