import type { SettingsTexts } from "../en/settings";
import { plural } from "../plural";

const n = plural("de");

export const settings = {
  title: "Einstellungen",
  savedAtOnce: "Werden beim Ändern gespeichert",
  general: "Allgemein",
  language: "Sprache",
  example: (amount: string, day: string) => `${amount} und ${day}`,
  asSystem: "Wie der Computer",
  appearance: "Darstellung",
  theme: "Design",
  light: "Hell",
  dark: "Dunkel",
  system: "System",
  singleKeys: "Tastenkürzel mit einer Taste",
  singleKeysHint: "Etwa J, K und / in Listen",
  signOutHint: "Beim Abmelden bleiben alle Daten auf diesem Computer",
  banksAt: "Banken und Zustimmungen",
  banksAtHint: "Banken und Zustimmungen verwalten Sie in Everifin",
  demo: "Demo",
  leaveDemo: "Die Demo verlassen",
  leaveDemoHint: "Ihre Daten werden von diesem Computer entfernt",
  leaveDemoDo: "Verlassen und entfernen",
  leaveDemoTitle: "Die Demo verlassen",
  leaveDemoSay:
    "Konten, Zahlungen, Notizen und Kategorien der Demo werden entfernt. Eigene Daten, falls vorhanden, bleiben unberührt.",
  stay: "Bleiben",
  rules: "Kategorieregeln",
  noRules:
    "Noch keine Regeln. Geben Sie einem Umsatz eine Kategorie, dann bietet Saldo sie für alle dieser Gegenseite an.",
  ruleBy: { account: (iban: string) => `nach Konto ${iban}`, name: "nach Namen" },
  ruleRows: (count: number, text: string) => n(count, { one: "1 Umsatz", other: `${text} Umsätze` }),
  removeRule: "Entfernen",
  ruleRemoved: "Die Regel ist entfernt",
  about: "Über Saldo",
  dataFolder: "Ihre Daten",
  dataFolderHint: "Alles, was Saldo gelesen hat, bleibt in diesem Ordner",
  version: "Version",
} satisfies SettingsTexts;
