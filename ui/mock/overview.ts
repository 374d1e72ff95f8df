// The overview and the chart. States: fine (no banner), renew, empty.
import { accounts, banks } from "./banks";
import { daysAgo, inState, minutesAgo, type Answers } from "./types";

export const overview: Answers = {
  overview: () => ({
    today: daysAgo(0),
    totals: [
      {
        booked: { amount: "114403.14", currency: "EUR" },
        accounts: 4,
        unknown: 0,
        oldest: minutesAgo(3000),
      },
      { booked: { amount: "1094210.55", currency: "CZK" }, accounts: 2, unknown: 0, oldest: minutesAgo(12) },
    ],
    banks: inState("empty") ? [] : banks,
    flow: [],
    latest: [],
    notice:
      inState("fine") || inState("demo")
        ? null
        : inState("renew")
          ? { kind: "renewSoon", bank: "Slovenská sporiteľňa", ends: minutesAgo(-6 * 1440), days: 6 }
          : { kind: "reconnect", bank: "ČSOB", ended: minutesAgo(2 * 1440), accounts: [accounts[3]?.name ?? ""] },
    synced: minutesAgo(12),
  }),
};
