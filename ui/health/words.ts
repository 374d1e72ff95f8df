// Says in plain words what is known of an account's days and parts.
import type { Attempt, Money } from "../bindings";
import { f, t } from "../i18n.svelte";
import type { IconName } from "../icons";
import { settings } from "../state/settings.svelte";

/** By how much the bank's balance and what is booked differ; without the amount while amounts are hidden. */
export function differenceOf(difference: Money): string {
  const say = t().health;
  if (settings().hideAmounts) return say.differ;
  const amount = f().unsigned(difference);
  return difference.amount.startsWith("-") ? say.less(amount) : say.more(amount);
}

/** How a try ended: shape, word, and when the part last came where it did not come now. */
export type Outcome = { icon: IconName; tone: "ok" | "warn" | "info"; word: string; more: string };

/** Says how the last try of a part ended. */
export function outcomeOf({ outcome, read }: Attempt, today: string): Outcome {
  const say = t().health;
  if (outcome.kind === "read") return { icon: "done", tone: "ok", word: say.read, more: "" };
  const more = read ? say.lastCame(f().moment(read, today)) : say.never;
  if (outcome.kind === "rateLimited") {
    const word = outcome.until ? say.waits(f().moment(outcome.until, today)) : say.waitsLonger;
    return { icon: "clock", tone: "info", word, more };
  }
  return { icon: "warn", tone: "warn", word: say[outcome.kind], more };
}
