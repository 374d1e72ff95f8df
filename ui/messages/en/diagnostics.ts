import type { Place } from "../../bindings";
import { plural } from "../plural";

const n = plural("en");

/** A moment in the middle of a sentence. */
const lower = (when: string) => when.replace(/^T/, "t").replace(/^Y/, "y");

const places: Record<Place, string> = {
  signIn: "Sign-in",
  renewal: "Renewal of the session",
  accounts: "Reading of accounts",
  payment: "Payment",
};

export const diagnostics = {
  title: "Diagnostics",
  asking: "Saldo looks at itself and tests the password store.",

  signedInUntil: (when: string) => `Signed in until ${lower(when)}, longer with each use`,
  signedIn: "Signed in as long as Everifin keeps it",
  signedOut: "Signed out",
  ended: "Everifin has ended the session",
  uncertain: "Whether Everifin has renewed the session shows at the next request",
  unsaved: "The session is renewed, but the password store has not taken it yet",
  renewed: (when: string) => `Last renewed ${lower(when)}`,
  notRenewed: (when: string, why: string) => `The renewal failed ${lower(when)}: ${why}`,
  noRenewal: "Not renewed yet since Saldo started",

  clockSlow: (minutes: number) =>
    n(minutes, {
      one: `This computer’s clock is ${minutes} minute slow`,
      other: `This computer’s clock is ${minutes} minutes slow`,
    }),
  clockFast: (minutes: number) =>
    n(minutes, {
      one: `This computer’s clock is ${minutes} minute fast`,
      other: `This computer’s clock is ${minutes} minutes fast`,
    }),
  clockHint: "Set it in the system’s settings. Saldo goes on working; the days and times that it shows are wrong.",

  keychain: "Password store",
  keychainWorks: (name: string) => `${name}: tested, keeps what it is given`,
  keychainSealed: (file: string) =>
    `None on this computer. Your passphrase seals ${file} in its place: tested, keeps what it is given`,
  test: "Test it",
  inOrder: "In order",
  notInOrder: "Not in order",

  links: "Saldo’s own links",
  linksHere: "The browser comes back to this Saldo",
  linksElsewhere: (program: string) => `${program} opens them, so the browser would not come back here`,
  linksOther: "Another program opens them, so the browser would not come back here",
  linksNobody: "No program opens them, so the browser would not come back here",
  linksUnknown: "This system does not say which program opens them",
  repair: "Repair",

  pkce: "Protection of the sign-in (PKCE)",
  pkceUntried: "To find out, you sign in once more. Saldo gives a wrong proof and keeps nothing of it.",
  pkceEnforced: (when: string) => `Everifin checks PKCE: a stolen sign-in code is worth nothing. Tried ${lower(when)}`,
  pkceNotEnforced: (when: string) => `PKCE is not enforced: ask Everifin to switch it on. Tried ${lower(when)}`,
  pkceTry: "Try it",

  database: "Data file",
  encrypted: (cipher: string, size: string) => `Encrypted (SQLCipher ${cipher}), ${size}`,
  plain: (size: string) => `Not encrypted, ${size}`,
  checked: (when: string) => `Last checked whole ${lower(when)}`,
  unchecked: "Not checked whole yet",
  copied: (when: string) => `last safety copy ${lower(when)}`,
  noCopy: "no safety copy yet",
  megabytes: (count: string) => `${count} MB`,
  versions: "Versions",
  webView: (version: string) => `web view ${version}`,
  folder: "Data folder",

  failures: "What failed of late",
  noFailures: "Nothing has failed in the last days.",
  places,
  failed: (place: string, why: string) => `${place}: ${why}`,
  times: (count: number) => n(count, { one: `${count} time`, other: `${count} times` }),

  report: "Report for support",
  reportHint: "Contains no balances, names, account numbers or passwords",
  saveReport: "Save report",
  reportSaved: "The report is saved",

  probeTitle: "Sign in once more in your browser",
  probeSay: "Saldo will answer Everifin with a wrong proof, to see whether it minds. Nothing is kept of this sign-in.",
  enforced: "Everifin checks PKCE",
  notEnforced: "PKCE is not enforced",
  probedEnforced: "Everifin refused the wrong proof. A sign-in code that somebody steals is worth nothing to them.",
  probedNotEnforced:
    "Everifin accepted the wrong proof. Saldo ended that sign-in at once. Ask Everifin to switch PKCE on for your client.",
  backToDiagnostics: "Back to Diagnostics",

  wayOther: (program: string) =>
    `${program} opens Saldo’s links on this computer. The answer from the browser would go there and not come back here.`,
  wayAnother:
    "Another program opens Saldo’s links on this computer. The answer from the browser would go there and not come back here.",
  wayNobody: "No program opens Saldo’s links on this computer. The answer from the browser would not come back here.",
  wayInstead: "You can also paste the address, or sign in by localhost.",
};

export type DiagnosticsTexts = typeof diagnostics;
