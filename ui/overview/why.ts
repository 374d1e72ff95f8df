// Says why the balance of a day is not known.
import type { BalanceHistory, Gap } from "../bindings";
import { addDays } from "../days";
import { f, t } from "../i18n.svelte";
import { settings } from "../state/settings.svelte";
import { reasonsOf } from "./history";

function sentence({ name, from, to, cause }: Gap, first: string): string {
  const say = t().overview.chart;
  switch (cause.kind) {
    case "noHistory":
      return say.begins(name, f().dayLong(addDays(to, 1)));
    case "notRead":
      // Before the chart begins, the day of the last reading is not told.
      return from > first ? say.lastRead(name, f().dayLong(addDays(from, -1))) : say.notRead(name);
    case "differs":
    case "setAside": {
      // The sentence stands where no pointer uncovers it, so a hidden amount is left out.
      const amount = settings().hideAmounts ? "" : f().unsigned(cause.difference);
      return say[cause.kind](name, amount);
    }
  }
}

/** Why the balance of a day is not known, in a sentence or a few. */
export const why = (day: string, { days, gaps }: BalanceHistory): string =>
  reasonsOf(day, gaps)
    .map((gap) => sentence(gap, days[0]?.day ?? day))
    .join(" ");
