// Says in plain words what a change-set did, and what can be decided of rows in doubt.
import type { AccountChanges, Change, Decision, Reason, Said } from "../bindings";
import { f, t } from "../i18n.svelte";
import type { IconName } from "../icons";

/** What happened in one account: "Tatra banka, Operating account: 3 new, 1 changed". */
export function sayAccount(one: AccountChanges): string {
  const say = t().changes;
  const counted = (["added", "changed", "removed", "aside"] as const)
    .filter((what) => one[what] > 0)
    .map((what) => say.counted[what](one[what], f().count(one[what])));
  const what = one.first ? say.first(one.added, f().count(one.added)) : counted.join(", ") || say.nothing;
  return `${say.at(one.bank, one.name)}: ${what}`;
}

/** What happened to a row: its shape and word. A row that was set aside may count again. */
export function sayKind({ kind, aside }: Change): { icon: IconName; word: string } {
  const icons = { added: "plus", changed: "edit", removed: "draft", aside: "close" } as const;
  if (kind === "aside" && aside === null) return { icon: "check", word: t().changes.countsAgain };
  return { icon: icons[kind], word: t().changes.kinds[kind] };
}

/** What a field says, where it is no amount. */
export function sayValue(said: Exclude<Said, { kind: "amount" }> | null): string {
  if (said === null) return t().changes.nothing;
  if (said.kind === "day") return f().dayYear(said.value);
  return said.kind === "status" ? t().transactions.status[said.value] : said.value;
}

/** What the owner can decide of a question, the calmest first. */
export function choicesOf(reason: Reason): { decision: Decision; label: string }[] {
  const say = t().changes;
  switch (reason) {
    case "disagrees":
      return [
        { decision: "both", label: say.both },
        { decision: "first", label: say.onlyFirst },
        { decision: "second", label: say.onlySecond },
      ];
    case "duplicate":
      return [
        { decision: "both", label: say.countBoth },
        { decision: "first", label: say.countOne },
      ];
    case "vanished":
      return [
        { decision: "both", label: say.count },
        // The row that stood there is set aside, and there is no second one.
        { decision: "second", label: say.leave },
      ];
    case "unreadable":
      return [{ decision: "seen", label: say.seen }];
  }
}
