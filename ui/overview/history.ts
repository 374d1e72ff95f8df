// What the chart says in words: its main fact, and why a day is not known.
import type { AccountId, BalanceHistory, DayBalance, Gap, Money } from "../bindings";
import type { Run } from "../charts/step";
import { daysBetween } from "../format";

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

/** Whether the bank's balances and what is booked differ on the days of a gap: the others are merely not known. */
const differs = ({ cause }: Gap): boolean => cause.kind === "differs" || cause.kind === "setAside";

/**
 * Why the balance of a day is not known, in the order of telling: every account whose balances differ, or else the one that
 * has not been read for longest, or else the one whose history begins last.
 */
export function reasonsOf(day: string, gaps: readonly Gap[]): Gap[] {
  const over = gaps.filter((gap) => gap.from <= day && day <= gap.to);
  const unproved = over.filter(differs);
  if (unproved.length > 0) return unproved;
  // The gaps come in the order of their first days.
  const unread = over.find(({ cause }) => cause.kind === "notRead");
  const begins = over.filter(({ cause }) => cause.kind === "noHistory").sort((a, b) => (a.to > b.to ? -1 : 1));
  return [unread ?? begins[0]].filter((gap) => gap !== undefined);
}

/** The days that the banks' balances do not prove, as places in the history. */
export function unprovedRuns({ days, gaps }: BalanceHistory): Run[] {
  const first = days[0]?.day;
  if (first === undefined) return [];
  const place = (day: string) => Math.min(Math.max(daysBetween(first, day), 0), days.length - 1);
  return gaps.filter(differs).map((gap) => ({ from: place(gap.from), to: place(gap.to) }));
}

/** The accounts of these days, each once. */
export function unprovedAccounts({ gaps }: BalanceHistory): { account: AccountId; name: string; bank: string }[] {
  return [
    ...new Map(gaps.filter(differs).map(({ account, name, bank }) => [account, { account, name, bank }])).values(),
  ];
}

/** The days on which the balance changed or became (un)known, newest first: what the table shows. */
export function changedDays(days: readonly DayBalance[]): DayBalance[] {
  return days.filter((one, i) => one.balance?.amount !== days[i - 1]?.balance?.amount || i === 0).reverse();
}
