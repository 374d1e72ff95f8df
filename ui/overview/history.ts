// What the chart says in words: its main fact, and why a day is not known.
import type { Account, BalanceHistory, DayBalance, Money } from "../bindings";

/** A day whose balance is known. */
export type KnownDay = { day: string; balance: Money };

/** The ends and the lowest day of a history; null where no day is known. */
export function mainFact(history: BalanceHistory): { first: KnownDay; last: KnownDay; lowest: KnownDay } | null {
  const known = history.days.filter((one): one is KnownDay => one.balance !== null);
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last) return null;
  // Numbers only to compare; what is shown is the exact text.
  const lowest = known.reduce((low, one) => (Number(one.balance.amount) < Number(low.balance.amount) ? one : low));
  return { first, last, lowest };
}

/** Why the balance of a day is not known, as far as the accounts tell. */
export type Reason =
  { kind: "noBalance"; account: Account } | { kind: "begins"; account: Account; day: string } | { kind: "hole" };

/**
 * The reason for a gap: an account whose bank gives no balance, or whose history begins later; where neither is so, the
 * bookings of those days do not prove the balance.
 */
export function reasonOf(day: string, accounts: readonly Account[]): Reason {
  const later = accounts
    .filter((one) => one.wholeFrom !== null && one.wholeFrom > day)
    .sort((a, b) => ((a.wholeFrom ?? "") < (b.wholeFrom ?? "") ? 1 : -1))[0];
  if (later?.wholeFrom) return { kind: "begins", account: later, day: later.wholeFrom };
  const silent = accounts.find((one) => one.booked === null);
  return silent ? { kind: "noBalance", account: silent } : { kind: "hole" };
}

/** The days on which the balance changed or became (un)known, newest first: what the table shows. */
export function changedDays(days: readonly DayBalance[]): DayBalance[] {
  return days.filter((one, i) => one.balance?.amount !== days[i - 1]?.balance?.amount || i === 0).reverse();
}
