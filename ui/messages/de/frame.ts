import type { FrameTexts } from "../en/frame";
import { plural } from "../plural";

const n = plural("de");
const small = (when: string) => (/^(Heute|Gestern)/.test(when) ? when.charAt(0).toLowerCase() + when.slice(1) : when);

export const frame = {
  main: "Hauptbereich",
  pages: "Seiten",
  application: "Anwendung",
  skip: "Zur Seite springen",
  close: "Schließen",
  undo: "Rückgängig",
  tomorrow: "Morgen",
  prepared: (count: number) => `${count} zur Zahlung vorbereitet`,
  toApprove: (count: number) =>
    n(count, { one: `${count} wartet auf Ihre Freigabe`, other: `${count} warten auf Ihre Freigabe` }),
  needAttention: (count: number) =>
    n(count, { one: `${count} braucht Ihre Aufmerksamkeit`, other: `${count} brauchen Ihre Aufmerksamkeit` }),

  syncing: "Abgleich läuft",
  syncingBank: (bank: string, done: number, count: number) => `${bank} wird gelesen, ${done} von ${count} fertig`,
  synced: (when: string) => `Stand: ${small(when)}`,
  neverSynced: "Noch nicht abgeglichen",
  offlineShort: "Offline",

  ended: "Melden Sie sich wieder bei Everifin an.",
  endedMore: "Die Sitzung ist beendet. Ihre Daten bleiben hier; neue warten.",
  signedOut: "Sie sind bei Everifin abgemeldet.",
  signedOutMore: "Ihre Daten bleiben hier; neue warten, bis Sie sich anmelden.",
  uncertainMore: "Die letzte Antwort von Everifin ging verloren. Saldo fragt beim nächsten Abgleich wieder.",
  unsaved: "Anmeldung erneuert, aber noch nicht gespeichert.",
  unsavedMore:
    "Der Schlüsselbund hat sie nicht angenommen. Entsperren Sie ihn, falls er gesperrt ist; Saldo versucht es weiter, lassen Sie es offen.",
  reconnect: "Neu verbinden",
  signIn: "Anmelden",
  renew: "Verlängern",
  offline: "Offline.",
  offlineMore: (when: string) => `Sie sehen die Daten von ${small(when)}. Entwürfe bleiben erhalten.`,
  offlineNever: "Saldo liest Ihre Konten, sobald eine Verbindung besteht.",
  unread: "Die Konten konnten gerade nicht gelesen werden.",
  silent: (banks: string[]) =>
    banks.length === 1 ? `${banks[0]} hat nicht geantwortet.` : `Nicht geantwortet: ${banks.join(", ")}.`,
  silentMore: "Alles andere ist aktuell. Saldo versucht es beim nächsten Abgleich wieder.",
  tryNow: "Jetzt versuchen",
  reconnectBank: (bank: string) => `Verbinden Sie ${bank} neu.`,
  consentEnded: (day: string, accounts: string[]) =>
    accounts.length === 1
      ? `Die Zustimmung endete am ${day}, daher zeigt ${accounts[0]} den Saldo dieses Tages.`
      : `Die Zustimmung endete am ${day}, daher zeigen die Konten die Salden dieses Tages.`,
  consentEndedOnce: (accounts: string[]) =>
    accounts.length === 1
      ? `Die Zustimmung ist beendet, daher zeigt ${accounts[0]} einen älteren Saldo.`
      : "Die Zustimmung ist beendet, daher zeigen die Konten ältere Salden.",
  renewBank: (bank: string) => `Verlängern Sie ${bank}.`,
  consentEnds: (day: string, inDays: string) => `Die Zustimmung endet am ${day}, ${inDays}.`,
  renewBefore: (days: number) => n(days, { one: "1 Tag vorher erinnern", other: `${days} Tage vorher erinnern` }),
  demo: "Demodaten.",
  demoMore: "Nichts davon ist echt.",
  connectEverifin: "Everifin verbinden",
} satisfies FrameTexts;
