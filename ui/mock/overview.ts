// The overview and the chart. States: fine (no banner), renew, empty, loading, broken, dash (an unknown balance), late.
import type { BankGroup, CurrencyTotal } from "../bindings";
import { banks } from "./banks";
import { ledger } from "./ledger";
import { daysAgo, inState, minutesAgo, pause, refuse, type Answers } from "./types";

/** One account whose bank gives no balance, and two banks that could not be read. */
function troubled(group: BankGroup): BankGroup {
  if (group.bank.short === "RB")
    return { ...group, accounts: group.accounts.map((one) => ({ ...one, booked: null, available: null })) };
  if (group.bank.short === "Fio")
    return { ...group, freshness: { kind: "rateLimited", at: minutesAgo(50), until: minutesAgo(-20) } };
  if (group.bank.short === "TB")
    return { ...group, freshness: { kind: "failed", at: minutesAgo(1500), tried: minutesAgo(12) } };
  return group;
}

/** The savings in crowns are left out of the sum. */
const short = (total: CurrencyTotal): CurrencyTotal =>
  total.booked.currency === "CZK"
    ? { ...total, booked: { amount: "684210.55", currency: "CZK" }, accounts: 1, unknown: 1 }
    : total;

export const overview: Answers = {
  overview: async () => {
    if (inState("loading")) await pause(600_000);
    if (inState("broken")) refuse("storeFailed");
    const empty = inState("empty");
    return {
      today: daysAgo(0),
      totals: empty ? [] : inState("dash") ? ledger.totals().map(short) : ledger.totals(),
      banks: empty ? [] : inState("dash") ? banks.map(troubled) : banks,
      flow: empty ? [] : ledger.flow(),
      latest: empty ? [] : ledger.latest(),
      notice:
        inState("fine") || inState("demo") || empty
          ? null
          : inState("renew")
            ? { kind: "renewSoon", bank: "Slovenská sporiteľňa", ends: minutesAgo(-6 * 1440), days: 6 }
            : { kind: "reconnect", bank: "ČSOB", ended: minutesAgo(2 * 1440), accounts: ["Payroll"] },
      synced: minutesAgo(12),
    };
  },
  balanceHistory: (currency, range) => ledger.history(currency, range),
};
