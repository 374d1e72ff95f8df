// How a bank's freshness is said: shape, word, and how old its data is.
import type { Freshness } from "../bindings";
import { f, t } from "../i18n.svelte";
import type { IconName } from "../icons";

/** A status as it is shown. */
export type Said = { icon: IconName; spin: boolean; tone: string; word: string; more: string };

/** Says a freshness; while the bank is being read, that. */
export function stateOf(fresh: Freshness, reading: boolean, today: string): Said {
  const say = t().connections;
  const of = (at: string | null) => (at ? say.dataOf(f().moment(at, today)) : say.noData);
  const synced = (at: string | null) => (at ? t().frame.synced(f().moment(at, today)) : say.noData);
  const said = (icon: IconName, tone: string, word: string, more: string): Said => ({
    icon,
    tone,
    word,
    more,
    spin: false,
  });
  if (reading) return { ...said("sync", "info", say.syncing, say.readingNow), spin: true };
  switch (fresh.kind) {
    case "upToDate":
      return said("done", "ok", say.upToDate, synced(fresh.at));
    case "renewSoon":
      return said("clock", "warn", say.renewSoon, synced(fresh.at));
    case "reconnect":
      return said("warn", "warn", say.reconnectNeeded, of(fresh.at));
    case "rateLimited":
      return said(
        "clock",
        "info",
        say.limited,
        fresh.until ? say.nextAt(f().moment(fresh.until, today)) : of(fresh.at),
      );
    case "failed":
      return said("warn", "warn", say.noAnswer, of(fresh.at));
    case "gone":
      return said("warn", "warn", say.gone, of(fresh.at));
    case "never":
      return said("draft", "quiet", say.never, say.noData);
  }
}
