// The language of the window: its texts and its way to write amounts and dates.
import type { Language } from "./bindings";
import { formats, type Formats } from "./format";
import type { Messages } from "./messages/en";

/** The languages Saldo speaks. */
export type Lang = Exclude<Language, "system">;

// Each language is a file of its own, so that a window reads only the one it speaks.
const files: Record<Lang, () => Promise<Messages>> = {
  en: () => import("./messages/en").then(({ en }) => en),
  sk: () => import("./messages/sk").then(({ sk }) => sk),
  cs: () => import("./messages/cs").then(({ cs }) => cs),
  de: () => import("./messages/de").then(({ de }) => de),
};
const read: Partial<Record<Lang, Messages>> = {};

let shown = $state.raw<{ lang: Lang; texts: Messages | undefined }>({ lang: "en", texts: undefined });
let wanted: Lang = "en";

/** The language in use. */
export const lang = (): Lang => shown.lang;

/** The texts of the language in use: `t().frame.overview`. Reactive where it is called. */
export function t(): Messages {
  if (!shown.texts) throw new Error("no language is in use yet");
  return shown.texts;
}

/** Amounts, dates and account numbers in the language in use: `f().money(total)`. Reactive where it is called. */
export const f = (): Formats => formats(shown.lang);

/**
 * Uses the owner's choice, or the system's language (a BCP 47 tag) where Saldo speaks it, or English. A language that has
 * been read before is in use at once; of two that are being read, the one asked for last.
 */
export async function useLanguage(choice: Language, system: string): Promise<void> {
  const next = choice === "system" ? spoken(system) : choice;
  wanted = next;
  const texts = read[next] ?? (read[next] = await files[next]());
  if (wanted !== next) return;
  shown = { lang: next, texts };
  document.documentElement.lang = next;
}

/** The language of ours that fits a BCP 47 tag; English where none does. */
export function spoken(tag: string): Lang {
  const primary = tag.toLowerCase().split(/[-_.]/)[0] ?? "";
  return primary === "sk" || primary === "cs" || primary === "de" ? primary : "en";
}
