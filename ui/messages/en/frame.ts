import { plural } from "../plural";

const n = plural("en");

export const frame = {
  main: "Main",
  pages: "Pages",
  application: "Application",
  skip: "Skip to the page",
  close: "Close",
  undo: "Undo",
  tomorrow: "Tomorrow",
  prepared: (count: number) => `${count} prepared to be paid`,
  toApprove: (count: number) =>
    n(count, { one: `${count} waits for your approval`, other: `${count} wait for your approval` }),
  needAttention: (count: number) => n(count, { one: `${count} needs attention`, other: `${count} need attention` }),

  syncing: "Syncing",
  syncingBank: (bank: string, done: number, count: number) => `Syncing ${bank}, ${done} of ${count} done`,
  synced: (when: string) => `Synced ${lower(when)}`,
  neverSynced: "Not synced yet",
  offlineShort: "Offline",

  ended: "Sign in to Everifin again.",
  endedMore: "Its session ended. Your data stays here; new data waits.",
  signedOut: "You are signed out of Everifin.",
  signedOutMore: "Your data stays here; new data waits until you sign in.",
  uncertainMore: "Everifin’s last answer was lost. Saldo asks again at the next sync.",
  unsaved: "Sign-in renewed, not saved yet.",
  unsavedMore: "Your keychain has not taken it. Unlock it if it is locked; Saldo keeps trying, so leave it open.",
  reconnect: "Reconnect",
  signIn: "Sign in",
  renew: "Renew",
  offline: "Offline.",
  offlineMore: (when: string) => `You see the data of ${lower(when)}. Drafts are kept and wait for you.`,
  offlineNever: "Saldo reads your accounts as soon as there is a connection.",
  unread: "Your accounts could not be read just now.",
  silent: (banks: string[]) => `${banks.join(", ")} did not answer.`,
  silentMore: "Everything else is current. Saldo tries again at the next sync.",
  tryNow: "Try now",
  reconnectBank: (bank: string) => `Reconnect ${bank}.`,
  consentEnded: (day: string, accounts: string[]) =>
    accounts.length === 1
      ? `Its consent ended on ${day}, so ${accounts[0]} shows that day’s balance.`
      : `Its consent ended on ${day}, so its accounts show that day’s balances.`,
  consentEndedOnce: (accounts: string[]) =>
    accounts.length === 1
      ? `Its consent has ended, so ${accounts[0]} shows an older balance.`
      : "Its consent has ended, so its accounts show older balances.",
  renewBank: (bank: string) => `Renew ${bank}.`,
  consentEnds: (day: string, inDays: string) => `Its consent ends on ${day}, ${inDays}.`,
  renewBefore: (days: number) => n(days, { one: "Remind me 1 day before", other: `Remind me ${days} days before` }),
  demo: "Demo data.",
  demoMore: "Nothing here is real.",
  connectEverifin: "Connect Everifin",
};

/** "Today 08:42" inside a sentence. */
function lower(when: string): string {
  return when.charAt(0) === "T" || when.charAt(0) === "Y" ? when.charAt(0).toLowerCase() + when.slice(1) : when;
}

export type FrameTexts = typeof frame;
