// The language of the window: its texts and its way to write amounts and dates.
import type { Language } from "./bindings";
import { formats, type Formats } from "./format";
import { cs } from "./messages/cs";
import { de } from "./messages/de";
import { en, type Messages } from "./messages/en";
import { sk } from "./messages/sk";

/** The languages Saldo speaks. */
export type Lang = Exclude<Language, "system">;

const texts: Record<Lang, Messages> = { en, sk, cs, de };

const state = $state<{ lang: Lang }>({ lang: "en" });

/** The language in use. */
export const lang = (): Lang => state.lang;

/** The texts of the language in use: `t().frame.overview`. Reactive where it is called. */
export const t = (): Messages => texts[state.lang];

/** Amounts, dates and account numbers in the language in use: `f().money(total)`. Reactive where it is called. */
export const f = (): Formats => formats(state.lang);

/** Uses the owner's choice, or the system's language (a BCP 47 tag) where Saldo speaks it, or English. */
export function useLanguage(choice: Language, system: string): void {
  state.lang = choice === "system" ? spoken(system) : choice;
  document.documentElement.lang = state.lang;
}

/** The language of ours that fits a BCP 47 tag; English where none does. */
export function spoken(tag: string): Lang {
  const primary = tag.toLowerCase().split(/[-_.]/)[0] ?? "";
  return primary === "sk" || primary === "cs" || primary === "de" ? primary : "en";
}
