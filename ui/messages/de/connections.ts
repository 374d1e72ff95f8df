import type { ConnectionsTexts } from "../en/connections";
import { plural } from "../plural";

const n = plural("de");
const small = (when: string) => (/^(Heute|Gestern)/.test(when) ? when.charAt(0).toLowerCase() + when.slice(1) : when);

export const connections = {
  title: "Verbindungen",
  sync: "Abgleichen",
  addBank: "Bank hinzufügen",
  account: "Konto bei Everifin",
  demoName: "Demo-Everifin",
  everifinDemo: "Es läuft auf diesem Computer. Seine Banken, Konten und Zahlungen sind erfunden.",
  reads: "Saldo liest Ihre Konten über Everifin.",
  through: (payments: boolean, environment: string, client: string) =>
    `${payments ? "Saldo liest darüber Konten und bereitet Zahlungen vor." : "Saldo liest darüber Konten."} ${environment}, ${client}.`,
  standing: {
    signedIn: "Angemeldet",
    uncertain: "Noch nicht bestätigt",
    unsaved: "Noch nicht gespeichert",
    ended: "Sitzung beendet",
    signedOut: "Abgemeldet",
  },
  signOut: "Abmelden",
  signedOutDone: "Bei Everifin abgemeldet",
  signedOutHere: "Auf diesem Computer abgemeldet. Everifin war nicht zu erreichen.",
  openEverifin: "Everifin öffnen",

  banks: "Banken und Zustimmungen",
  bank: "Bank",
  consent: "Zustimmung",
  today: "Heute",
  state: "Stand",
  actions: "Aktionen",
  ended: (day: string) => `Endete am ${day}`,
  endedOnce: "Beendet",
  ends: (day: string, inDays: string) => `Endet ${day}, ${inDays}`,
  until: (day: string) => `Zustimmung bis ${day}`,
  consentUnknown: "Ende nicht bekannt",

  syncing: "Wird gelesen",
  readingNow: "Umsätze werden gelesen",
  upToDate: "Aktuell",
  renewSoon: "Bald verlängern",
  reconnectNeeded: "Neu verbinden nötig",
  limited: "Warten auf die Bank",
  nextAt: (when: string) => `Nächstes Lesen: ${small(when)}`,
  noAnswer: "Keine Antwort",
  gone: "Nicht geliefert",
  never: "Noch nicht gelesen",
  dataOf: (when: string) => `Daten von ${small(when)}`,
  noData: "Noch keine Daten",

  empty: "Noch keine Banken",
  emptyMore: "Verbinden Sie Ihre Banken in Everifin. Nach dem nächsten Abgleich erscheinen sie hier.",
  unread: "Die Banken konnten nicht gelesen werden",

  log: "Protokoll der Abgleiche",
  logEmpty: "Es wurde noch nichts abgeglichen.",
  logSynced: (bank: string, added: number, changed: number, text: (count: number) => string) => {
    const parts = [
      added > 0 ? n(added, { one: `${text(added)} neuer Umsatz`, other: `${text(added)} neue Umsätze` }) : "",
      changed > 0 ? `${text(changed)} geändert` : "",
    ].filter(Boolean);
    return `${bank}: ${parts.length > 0 ? parts.join(", ") : "nichts Neues"}`;
  },
  logSkipped: (bank: string) => `${bank}: übersprungen, muss neu verbunden werden`,
  logFailed: (bank: string, why: string) => `${bank}: nicht gelesen. ${why}`,
  clocks: "Drei Erlaubnisse, jede mit eigenem Ende",
  clockBanks: "Zustimmungen der Banken",
  clockBanksAll: (count: number) => n(count, { one: "1 Bank gibt Daten", other: `Alle ${count} Banken geben Daten` }),
  clockBanksSome: (good: number, count: number) => `${good} von ${count} Banken geben Daten`,
  clockNext: (bank: string, day: string, inDays: string) => `Als Nächstes endet ${bank} am ${day}, ${inDays}`,
  clockNoEnd: "Die Banken sagen nicht, wann sie enden",
  clockSession: "Anmeldung bei Everifin",
  clockUntil: (day: string, inDays: string) => `Bis ${day}, ${inDays}; jede Nutzung verlängert sie`,
  clockOpen: "Solange Everifin sie behält",
  clockSignIn: "Sie melden sich neu an; Ihre Daten bleiben hier",
  clockToken: "Zugangstoken",
  clockRenews: "Erneuert sich selbst",
  clockWaits: "Wartet auf die Anmeldung",
  clockRenewed: (when: string) => `Zuletzt erneuert: ${when}`,
  clockNotRenewed: (when: string) => `Erneuerung misslungen: ${when}`,
  clockNotYet: "Seit dem Start von Saldo noch nicht erneuert",
  note: "Nach dem Gesetz darf eine Bank Daten höchstens 180 Tage mit einer Anwendung teilen, dann bestätigen Sie es neu. Das dauert etwa zwei Minuten: Sie melden sich im Browser bei der Bank an, und Saldo ergänzt die fehlenden Tage.",
  noteDemo:
    "Nach dem Gesetz darf eine Bank Daten höchstens 180 Tage mit einer Anwendung teilen, dann bestätigen Sie es neu. Auch die Banken der Demo halten sich daran.",
} satisfies ConnectionsTexts;
