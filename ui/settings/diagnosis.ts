// Says in plain words what Saldo has found out about itself.
import type { BookState, Diagnostics, Opener, PastFailure } from "../bindings";
import { explain } from "../errors";
import { f, t } from "../i18n.svelte";

/** A line of the section: what it is about, and how that stands. `well` is absent where nothing is good or bad. */
export type Finding = { title: string; hint: string; well?: boolean };

const say = () => t().diagnostics;

/** Until when the sign-in is good, and how its last renewal went. */
export function ofSession({ session: { state, until, renewal } }: BookState, today: string): Finding {
  const titles = {
    signedIn: until ? say().signedInUntil(f().moment(until, today)) : say().signedIn,
    signedOut: say().signedOut,
    ended: say().ended,
    uncertain: say().uncertain,
    unsaved: say().unsaved,
  };
  const when = renewal && f().moment(renewal.at, today);
  const hint = !when
    ? say().noRenewal
    : renewal.failure
      ? say().notRenewed(when, explain(renewal.failure).sentence)
      : say().renewed(when);
  return { title: titles[state], hint, well: state === "signedIn" && !renewal?.failure };
}

/** A clock that is wrong by more than a minute. */
export function ofClock({ clockAhead }: BookState): Finding | null {
  if (clockAhead === null) return null;
  const minutes = Math.round(Math.abs(clockAhead) / 60);
  return {
    title: clockAhead < 0 ? say().clockSlow(minutes) : say().clockFast(minutes),
    hint: say().clockHint,
    well: false,
  };
}

/** Whether the keychain keeps what it is given. */
export function ofKeychain({ keychain }: BookState): Finding {
  const hint =
    keychain.kind === "works"
      ? say().keychainWorks(keychain.name)
      : keychain.kind === "sealed"
        ? say().keychainSealed(keychain.file)
        : explain(keychain.failure).sentence;
  return { title: say().keychain, hint, well: keychain.kind !== "fails" };
}

/** Which program opens Saldo's links. */
export function ofLinks(opener: Opener): Finding {
  const title = say().links;
  switch (opener.kind) {
    case "thisSaldo":
      return { title, hint: say().linksHere, well: true };
    case "another":
      return {
        title,
        hint: opener.program ? say().linksElsewhere(opener.program) : say().linksOther,
        well: false,
      };
    case "nobody":
      return { title, hint: say().linksNobody, well: false };
    case "unknown":
      return { title, hint: say().linksUnknown };
  }
}

/** What is wrong with the way back from the browser; null where nothing is known to be. */
export function wayBack(opener: Opener): string | null {
  switch (opener.kind) {
    case "another":
      return opener.program ? say().wayOther(opener.program) : say().wayAnother;
    case "nobody":
      return say().wayNobody;
    default:
      return null;
  }
}

/** Whether Everifin enforces PKCE, as far as that has been tried. */
export function ofPkce({ pkce }: BookState, today: string): Finding {
  const title = say().pkce;
  if (!pkce) return { title, hint: say().pkceUntried };
  const when = f().moment(pkce.at, today);
  const enforced = pkce.found === "enforced";
  return { title, hint: enforced ? say().pkceEnforced(when) : say().pkceNotEnforced(when), well: enforced };
}

/** The data file: how it is kept, and when it was looked at and copied last. */
export function ofDatabase({ database: { cipher, kilobytes, checked, copied } }: BookState, today: string): Finding {
  const size = say().megabytes(f().count(Math.max(1, Math.round(kilobytes / 1024))));
  const kept = cipher ? say().encrypted(cipher, size) : say().plain(size);
  const looked = checked ? say().checked(f().moment(checked, today)) : say().unchecked;
  const copy = copied ? say().copied(f().moment(copied, today)) : say().noCopy;
  return { title: say().database, hint: `${kept}. ${looked}, ${copy}` };
}

/** What runs here. */
export function ofVersions({ versions: { saldo, sqlite, webView, system } }: Diagnostics): Finding {
  const parts = [`Saldo ${saldo}`, `SQLite ${sqlite}`, ...(webView ? [say().webView(webView)] : []), system];
  return { title: say().versions, hint: parts.join(", ") };
}

/** One thing that failed. */
export const ofFailure = ({ place, kind, times }: PastFailure): string => {
  const said = say().failed(say().places[place], explain({ kind, retryAt: null }).sentence);
  return times > 1 ? `${said} (${say().times(times)})` : said;
};
