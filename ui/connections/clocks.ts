// The three clocks in words: the banks' consents, the session at Everifin, the access token. Each ends by itself.
import type { BankGroup, SessionState, Standing } from "../bindings";
import { dayOf, daysBetween } from "../format";
import { f, t } from "../i18n.svelte";

/** A clock: what it is, how it stands, and when it ends. */
export type Clock = { title: string; word: string; more: string; tone: "ok" | "warn" | "bad" | "quiet" };

/** The bank whose consent ends next, with the day; null where no bank says so. */
export function nextToEnd(banks: readonly BankGroup[], today: string): { bank: string; day: string } | null {
  const ends = banks
    .flatMap(({ bank, consentUntil }) => (consentUntil ? [{ bank: bank.name, day: dayOf(consentUntil) }] : []))
    .filter(({ day }) => day >= today);
  return ends.sort((a, b) => (a.day < b.day ? -1 : 1))[0] ?? null;
}

/** The banks' consents. */
export function ofBanks(banks: readonly BankGroup[], today: string): Clock {
  const say = t().connections;
  const good = banks.filter(({ freshness }) => freshness.kind !== "reconnect" && freshness.kind !== "gone").length;
  const next = nextToEnd(banks, today);
  const soon = banks.some(({ freshness }) => freshness.kind === "renewSoon");
  return {
    title: say.clockBanks,
    word: good === banks.length ? say.clockBanksAll(good) : say.clockBanksSome(good, banks.length),
    more: next ? say.clockNext(next.bank, f().dayLong(next.day), left(next.day, today)) : say.clockNoEnd,
    tone: good < banks.length || soon ? "warn" : "ok",
  };
}

/** The session at Everifin. Without a standing its end is not known yet. */
export function ofSession(state: SessionState, standing: Standing | undefined, today: string): Clock {
  const say = t().connections;
  const over = state === "ended" || state === "signedOut";
  const until = standing?.until ? dayOf(standing.until) : null;
  const lasts = until ? say.clockUntil(f().dayLong(until), left(until, today)) : standing ? say.clockOpen : "";
  return {
    title: say.clockSession,
    word: say.standing[state],
    more: over ? say.clockSignIn : lasts,
    tone: state === "signedIn" ? "ok" : state === "ended" ? "bad" : over ? "quiet" : "warn",
  };
}

/** The access token: it lives for minutes, and nobody has to care. */
export function ofToken(state: SessionState, standing: Standing | undefined, today: string): Clock {
  const say = t().connections;
  const over = state === "ended" || state === "signedOut";
  const renewal = standing?.renewal;
  const when = renewal && f().moment(renewal.at, today);
  const failed = !over && renewal?.failure;
  return {
    title: say.clockToken,
    word: over ? say.clockWaits : say.clockRenews,
    more: when ? (failed ? say.clockNotRenewed(when) : say.clockRenewed(when)) : standing ? say.clockNotYet : "",
    tone: over ? "quiet" : failed ? "warn" : "ok",
  };
}

const left = (day: string, today: string) => f().inDays(daysBetween(today, day));
