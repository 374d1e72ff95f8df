import { plural } from "../plural";

const n = plural("en");

export const connections = {
  title: "Connections",
  sync: "Sync",
  addBank: "Add a bank",
  account: "Everifin account",
  demoName: "Demo Everifin",
  everifinDemo: "It runs on this computer. Its banks, accounts and payments are made up.",
  reads: "Saldo reads your accounts through Everifin.",
  through: (payments: boolean, environment: string, client: string) =>
    `${payments ? "Saldo reads accounts and prepares payments through it." : "Saldo reads accounts through it."} ${environment}, ${client}.`,
  standing: {
    signedIn: "Signed in",
    uncertain: "Not confirmed yet",
    unsaved: "Not saved yet",
    ended: "Session ended",
    signedOut: "Signed out",
  },
  signOut: "Sign out",
  signedOutDone: "Signed out of Everifin",
  signedOutHere: "Signed out on this computer. Everifin could not be told.",
  openEverifin: "Open Everifin",

  banks: "Banks and consents",
  bank: "Bank",
  consent: "Consent",
  today: "Today",
  state: "State",
  actions: "Actions",
  ended: (day: string) => `Ended ${day}`,
  endedOnce: "Ended",
  ends: (day: string, inDays: string) => `Ends ${day}, ${inDays}`,
  until: (day: string) => `Consent until ${day}`,
  consentUnknown: "End not known",

  syncing: "Syncing",
  readingNow: "Reading transactions",
  upToDate: "Up to date",
  renewSoon: "Renew soon",
  reconnectNeeded: "Reconnect needed",
  limited: "Waiting for the bank",
  nextAt: (when: string) => `Next read ${when}`,
  noAnswer: "Did not answer",
  gone: "Not delivered",
  never: "Not read yet",
  dataOf: (when: string) => `Data of ${when.replace(/^T/, "t").replace(/^Y/, "y")}`,
  noData: "No data yet",

  empty: "No banks yet",
  emptyMore: "Connect your banks in Everifin. They appear here after the next sync.",
  unread: "The banks could not be read",

  log: "Sync log",
  logEmpty: "Nothing has been synced yet.",
  logSynced: (bank: string, added: number, changed: number, text: (count: number) => string) => {
    const parts = [
      added > 0 ? n(added, { one: `${text(added)} new transaction`, other: `${text(added)} new transactions` }) : "",
      changed > 0 ? `${text(changed)} changed` : "",
    ].filter(Boolean);
    return `${bank} synced, ${parts.length > 0 ? parts.join(", ") : "nothing new"}`;
  },
  logSkipped: (bank: string) => `${bank} skipped, it needs to be reconnected`,
  logFailed: (bank: string, why: string) => `${bank} not read. ${why}`,
  clocks: "Three permissions, each with its own end",
  clockBanks: "Banks’ consents",
  clockBanksAll: (count: number) =>
    n(count, { one: "1 bank gives its data", other: `All ${count} banks give their data` }),
  clockBanksSome: (good: number, count: number) => `${good} of ${count} banks give their data`,
  clockNext: (bank: string, day: string, inDays: string) => `Next to end: ${bank} on ${day}, ${inDays}`,
  clockNoEnd: "The banks do not say when they end",
  clockSession: "Session at Everifin",
  clockUntil: (day: string, inDays: string) => `Until ${day}, ${inDays}; longer with each use`,
  clockOpen: "As long as Everifin keeps it",
  clockSignIn: "You sign in again; your data stays here",
  clockToken: "Access token",
  clockRenews: "Renewed by itself",
  clockWaits: "Waits for the session",
  clockRenewed: (when: string) => `Last renewed: ${when}`,
  clockNotRenewed: (when: string) => `The renewal failed: ${when}`,
  clockNotYet: "Not renewed yet since Saldo started",
  note: "By law, a bank may share data with an app for at most 180 days before you confirm it again. Reconnecting takes about two minutes: you sign in to the bank in your browser, and Saldo fills in the days that are missing.",
  noteDemo:
    "By law, a bank may share data with an app for at most 180 days before you confirm it again. The demo’s banks keep to that too.",
};

export type ConnectionsTexts = typeof connections;
