import { plural } from "../plural";

const n = plural("en");

export const overview = {
  title: "Overview",
  sync: "Sync",
  total: "Total balance",
  others: "Other currencies",
  leftOut: (count: number) =>
    n(count, {
      one: "1 balance is not known and not included.",
      other: `${count} balances are not known and not included.`,
    }),
  oldest: (day: string) => `Oldest balance: ${day}`,
  notKnown: "Not known",
  chart: {
    currency: "Currency of the chart",
    range: "Range",
    ranges: { "1M": "1M", "3M": "3M", "6M": "6M", "1Y": "1Y", all: "All" },
    rangeNames: { "1M": "1 month", "3M": "3 months", "6M": "6 months", "1Y": "1 year", all: "All" },
    since: (day: string) => `since ${day}`,
    options: "Chart options",
    asTable: "Show as table",
    asChart: "Show as chart",
    fact: (one: { currency: string; first: string; from: string; last: string; to: string; low: string; on: string }) =>
      `Balance in ${one.currency}: ${one.first} on ${one.from}, ${one.last} on ${one.to}, lowest ${one.low} on ${one.on}.`,
    nothing: (currency: string) => `The balance in ${currency} is not known for these days.`,
    table: (currency: string) => `End-of-day balance in ${currency}`,
    day: "Day",
    balance: "Balance",
    change: "Change",
    begins: (account: string, day: string) => `The history of ${account} starts on ${day}.`,
    lastRead: (account: string, day: string) => `${account} was last read on ${day}.`,
    differs: (account: string, amount: string) =>
      amount
        ? `The bank’s balance of ${account} and what is booked differ by ${amount}.`
        : `The bank’s balance of ${account} and what is booked differ.`,
    setAside: (account: string, amount: string) =>
      amount
        ? `You set transactions of ${account} aside; the bank’s balance differs by ${amount}.`
        : `You set transactions of ${account} aside; the bank’s balance differs.`,
    notRead: (account: string) => `${account} has not been read on these days.`,
    striped: "Striped days are not proved by the bank’s balances:",
  },
  accounts: "Accounts",
  manage: "Manage",
  fresh: {
    syncing: "Syncing",
    renew: (days: number) =>
      days <= 0 ? "Renew today" : n(days, { one: "Renew by tomorrow", other: `Renew in ${days} days` }),
    reconnect: "Reconnect",
    wait: (time: string) => `Again at ${time}`,
    waitLonger: "Asked to wait",
    failed: "Did not answer",
    gone: "Not delivered",
    never: "Not read yet",
  },
  flow: {
    soFar: (month: string) => `${month} so far`,
    into: "In",
    out: "Out",
    difference: "Difference",
    fact: (one: { from: string; to: string; into: string; out: string }) =>
      `Money in and out by month, ${one.from} to ${one.to}. This month in ${one.into}, out ${one.out}.`,
  },
  approve: {
    title: "To approve",
    atBank: "Approve at the bank",
    all: "All payments",
    more: (count: number) => n(count, { one: "1 more", other: `${count} more` }),
    none: "Nothing waits for you",
    noneHint: "A payment that its bank holds for your approval stands here.",
    pay: "New payment",
  },
  latest: {
    title: "Latest transactions",
    all: "All",
    pending: "Pending",
    rejected: "Rejected",
    cancelled: "Cancelled",
    none: "No transactions yet",
    noneHint: "They appear here after the next sync.",
  },
  reading: {
    title: "Reading your accounts",
    soFar: (count: number) => n(count, { one: "1 transaction so far.", other: `${count} transactions so far.` }),
    hint: "You can use everything else meanwhile.",
  },
  empty: {
    title: "No accounts yet",
    hint: "Connect your banks in Everifin. Their accounts appear here after the next sync.",
    connect: "Connect banks",
  },
  failed: "The overview could not be read",
};

export type Overview = typeof overview;
