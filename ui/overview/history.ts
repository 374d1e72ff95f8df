// What the chart says in words: its main fact, and why a day is not known.
import type { Account, BalanceHistory, DayBalance, Money } from "../bindings";
import { dayOf } from "../format";

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
export type Reason = { kind: "begins" | "lastRead"; account: Account; day: string } | { kind: "hole" };

/**
 * The reason for a gap: an account that was last read before that day, or whose history begins after it. Accounts without a
 * known balance are not part of the chart (nor of the total), so they open no gap.
 */
export function reasonOf(day: string, accounts: readonly Account[]): Reason {
  const spans = accounts.flatMap((account) => {
    const read = "at" in account.freshness && account.freshness.at ? account.freshness.at : account.booked?.at;
    if (!account.booked || !read) return [];
    const to = dayOf(read);
    return [{ account, from: account.wholeFrom ?? to, to }];
  });
  const last = spans.filter((one) => one.to < day).sort((a, b) => (a.to < b.to ? -1 : 1))[0];
  if (last) return { kind: "lastRead", account: last.account, day: last.to };
  const begin = spans.filter((one) => one.from > day).sort((a, b) => (a.from > b.from ? -1 : 1))[0];
  return begin ? { kind: "begins", account: begin.account, day: begin.from } : { kind: "hole" };
}

/** The days on which the balance changed or became (un)known, newest first: what the table shows. */
export function changedDays(days: readonly DayBalance[]): DayBalance[] {
  return days.filter((one, i) => one.balance?.amount !== days[i - 1]?.balance?.amount || i === 0).reverse();
}
