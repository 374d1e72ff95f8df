// The days on which no payment leaves an account's bank, by Rust's calendars.

import type { AccountId, DayOff } from "../bindings";
import { ask, failureOf } from "../ipc";

/** Those of the account that `from` answers; none before they are known, and none where they cannot be had. */
export function closedDays(from: () => AccountId | null): { of: (day: string) => DayOff | undefined } {
  let days = $state.raw<Partial<Record<string, DayOff>>>({});
  $effect(() => {
    const account = from();
    if (account === null) return;
    let current = true;
    ask
      .closedDays(account)
      .then((found) => current && (days = Object.fromEntries(found.map(({ day, why }) => [day, why]))), failureOf);
    return () => (current = false);
  });
  return { of: (day) => days[day] };
}
