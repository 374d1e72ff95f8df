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
  about: "About",
  dataFolder: "Your data",
  dataFolderHint: "Everything Saldo has read stays in this folder",
  version: "Version",
};

export type SettingsTexts = typeof settings;
