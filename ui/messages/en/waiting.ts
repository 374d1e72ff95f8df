import { plural } from "../plural";

const n = plural("en");

export const waiting = {
  title: "Continue in your browser",
  say: "Sign in to Everifin there and allow access. This window carries on by itself.",
  sayDemo: "The demo’s own sign-in page is open there; nothing on it is real. This window carries on by itself.",
  forBrowser: "Waiting for the browser",
  validFor: (time: string) => `Link valid for ${time}`,
  openAgain: "Open again",
  copyLink: "Copy link",
  copied: "Link copied",
  cancel: "Cancel",
  back: "Back",
  next: "What happens next",
  next1: "The browser says you can close the page.",
  next2: "Saldo lists the accounts you connected in Everifin.",
  next3: "It reads the transactions. The first time takes a minute or two.",

  stuck: "The browser did not come back here",
  pasteLabel: "Address of the page where the browser ended",
  pasteHint: "Copy it from the browser’s address line, even if the page says it cannot be found.",
  pasteEmpty: "Paste the address first. It contains “code=”.",
  pasteDo: "Continue",
  loopbackWhy: "Everifin may not know Saldo’s own link for your client yet.",
  loopbackDo: "Sign in by localhost instead",
  deepLinkWhy: "The browser comes back by http://localhost.",
  deepLinkDo: "Use Saldo’s own link instead",

  finishing: "Almost there",
  finishingSay: "The answer has arrived from the browser.",
  finishingLine: "Signing in",

  connected: "Everifin is connected",
  connectedSay: "Saldo can read your accounts now.",
  reconnected: "Everifin is connected again",
  asking: "Saldo asks Everifin which accounts you connected.",
  found: (accounts: number) =>
    n(accounts, {
      one: `Saldo found ${accounts} account and is reading its transactions.`,
      other: `Saldo found ${accounts} accounts and is reading their transactions.`,
    }),
  read: (accounts: number) =>
    n(accounts, { one: `Saldo has read ${accounts} account.`, other: `Saldo has read ${accounts} accounts.` }),
  readingAccounts: "Reading the list of accounts",
  reading: (bank: string, done: number, count: number) => `Reading ${bank}, ${Math.min(done + 1, count)} of ${count}`,
  transactions: (text: string, count: number) =>
    n(count, { one: `${text} transaction`, other: `${text} transactions` }),
  toOverview: "Go to Overview",
  background: "Reading continues in the background",

  denied: "Access was not allowed",
  deniedSay: "You, or Everifin, chose not to give Saldo access. Nothing has been shared.",
  deniedAllow: "To continue, choose Allow on the Everifin page.",
  deniedAsks: "Saldo asks to read accounts and to prepare payments. You can give it reading only.",
  tryAgain: "Try again",
  readOnly: "Read accounts only",

  timedOut: "The sign-in took too long",
  timedOutSay: "For your safety a sign-in link works for 10 minutes. Nothing was changed.",
  timedOutCopy: "If no page opened, copy the link and paste it into your browser.",
  newLink: "Open a new link",
  copyNewLink: "Copy new link",

  wrongTitle: "That link belongs to another sign-in",
  wrongSay: "The browser returned an older link, or one Saldo did not create. Saldo ignored it and goes on waiting.",
  wrongClose: "Close other Everifin pages in the browser and start again.",
  wrongPassword: "If you did not start a sign-in, change your Everifin password.",
  startAgain: "Start again",

  failed: "The sign-in could not be finished",
};

export type WaitingTexts = typeof waiting;
