import { plural } from "../plural";

const n = plural("en");

export const settings = {
  title: "Settings",
  savedAtOnce: "Saved as you change them",
  general: "General",
  language: "Language",
  example: (amount: string, day: string) => `${amount} and ${day}`,
  asSystem: "Same as the computer",
  appearance: "Appearance",
  theme: "Theme",
  light: "Light",
  dark: "Dark",
  system: "System",
  singleKeys: "Single-key shortcuts",
  singleKeysHint: "Such as J, K and / in lists",
  signOutHint: "Signing out keeps all data on this computer",
  banksAt: "Banks and consents",
  banksAtHint: "You add banks and renew their consents in Everifin",
  demo: "Demo",
  leaveDemo: "Leave the demo",
  leaveDemoHint: "Its data is removed from this computer",
  leaveDemoDo: "Leave and remove",
  leaveDemoTitle: "Leave the demo",
  leaveDemoSay:
    "The demo’s accounts, payments, notes and categories are removed. Your own data, if any, is not touched.",
  stay: "Stay",
  rules: "Category rules",
  noRules: "No rules yet. Give a transaction a category, and Saldo offers to do so for all of its counterparty.",
  ruleBy: { account: (iban: string) => `known by account ${iban}`, name: "known by name" },
  ruleRows: (count: number, text: string) => n(count, { one: "1 transaction", other: `${text} transactions` }),
  removeRule: "Remove",
  ruleRemoved: "The rule is removed",
  wayBack: {
    title: "Coming back from your bank",
    hint: "How your browser finds its way to Saldo after you approve; whether Everifin accepts it shows at the first payment",
    ways: {
      link: "By Saldo’s own link",
      port: "To this computer",
      page: "To a page of yours",
      nothing: "Not by itself",
    },
    more: {
      link: "The bank’s page opens app.saldo.desktop. Nothing else is needed.",
      port: "The bank’s page opens 127.0.0.1, where Saldo waits. For when the link does not open Saldo.",
      page: "The bank’s page opens yours, which hands over to Saldo. For when Everifin takes web addresses only; the page to put there comes with Saldo’s source, as docs/return-page.html.",
      nothing:
        "The browser ends at Everifin. Saldo asks how the payment stands, and you can paste the address at which the browser ended.",
    },
    cameBack: (when: string) => `The browser last came back this way: ${when}`,
    taken: (when: string) => `Everifin took this address: ${when}. Nothing has come back on it yet.`,
    refused: (when: string) => `Everifin refused this address: ${when}. Choose another way.`,
    untried: "No payment has used this way yet.",
    page: "Address of your page",
    save: "Use it",
    wrong: "It must begin with https, have a dot in its host, and nothing like ? or # behind it.",
    notKept: "The address could not be kept. Try again.",
  },
  about: "About",
  dataFolder: "Your data",
  dataFolderHint: "Everything Saldo has read stays in this folder",
  version: "Version",
};

export type SettingsTexts = typeof settings;
