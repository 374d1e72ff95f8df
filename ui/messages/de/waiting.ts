import type { WaitingTexts } from "../en/waiting";
import { plural } from "../plural";

const n = plural("de");

export const waiting = {
  title: "Weiter in Ihrem Browser",
  say: "Melden Sie sich dort bei Everifin an und erlauben Sie den Zugriff. Dieses Fenster macht von selbst weiter.",
  sayDemo:
    "Dort ist die Anmeldeseite der Demo geöffnet; nichts darauf ist echt. Dieses Fenster macht von selbst weiter.",
  forBrowser: "Warten auf den Browser",
  validFor: (time: string) => `Link gilt noch ${time}`,
  openAgain: "Erneut öffnen",
  copyLink: "Link kopieren",
  copied: "Link kopiert",
  cancel: "Abbrechen",
  back: "Zurück",
  next: "Wie es weitergeht",
  next1: "Der Browser sagt, dass Sie die Seite schließen können.",
  next2: "Saldo zeigt die Konten, die Sie in Everifin verbunden haben.",
  next3: "Es liest die Umsätze. Beim ersten Mal dauert das ein bis zwei Minuten.",

  stuck: "Der Browser kam nicht hierher zurück",
  pasteLabel: "Adresse der Seite, auf der der Browser endete",
  pasteHint: "Kopieren Sie sie aus der Adresszeile, auch wenn die Seite angeblich nicht gefunden wurde.",
  pasteEmpty: "Fügen Sie zuerst die Adresse ein. Sie enthält „code=“.",
  pasteDo: "Weiter",
  loopbackWhy: "Everifin kennt für Ihren Client den eigenen Link von Saldo vielleicht noch nicht.",
  loopbackDo: "Über localhost anmelden",
  deepLinkWhy: "Der Browser kommt über http://localhost zurück.",
  deepLinkDo: "Den eigenen Link von Saldo nutzen",

  finishing: "Fast fertig",
  finishingSay: "Die Antwort aus dem Browser ist da.",
  finishingLine: "Anmeldung läuft",

  connected: "Everifin ist verbunden",
  connectedSay: "Saldo kann jetzt Ihre Konten lesen.",
  reconnected: "Everifin ist wieder verbunden",
  asking: "Saldo fragt Everifin, welche Konten Sie verbunden haben.",
  found: (accounts: number) =>
    n(accounts, {
      one: `Saldo hat ${accounts} Konto gefunden und liest seine Umsätze.`,
      other: `Saldo hat ${accounts} Konten gefunden und liest ihre Umsätze.`,
    }),
  read: (accounts: number) =>
    n(accounts, { one: `Saldo hat ${accounts} Konto gelesen.`, other: `Saldo hat ${accounts} Konten gelesen.` }),
  readingAccounts: "Die Liste der Konten wird gelesen",
  reading: (bank: string, done: number, count: number) =>
    `${bank} wird gelesen, ${Math.min(done + 1, count)} von ${count}`,
  transactions: (text: string, count: number) => n(count, { one: `${text} Umsatz`, other: `${text} Umsätze` }),
  toOverview: "Zur Übersicht",
  background: "Das Lesen geht im Hintergrund weiter",

  denied: "Der Zugriff wurde nicht erlaubt",
  deniedSay: "Sie oder Everifin haben Saldo keinen Zugriff gegeben. Es wurde nichts weitergegeben.",
  deniedAllow: "Um fortzufahren, wählen Sie auf der Seite von Everifin Erlauben.",
  deniedAsks: "Saldo möchte Konten lesen und Zahlungen vorbereiten. Sie können ihm auch nur das Lesen erlauben.",
  tryAgain: "Erneut versuchen",
  readOnly: "Nur Konten lesen",

  timedOut: "Die Anmeldung hat zu lange gedauert",
  timedOutSay: "Zu Ihrer Sicherheit gilt ein Anmeldelink 10 Minuten. Nichts wurde geändert.",
  timedOutCopy: "Wenn sich keine Seite geöffnet hat, kopieren Sie den Link und fügen Sie ihn in den Browser ein.",
  newLink: "Neuen Link öffnen",
  copyNewLink: "Neuen Link kopieren",

  wrongTitle: "Dieser Link gehört zu einer anderen Anmeldung",
  wrongSay:
    "Der Browser gab einen älteren Link zurück oder einen, der nicht von Saldo ist. Saldo hat ihn nicht beachtet und wartet weiter.",
  wrongClose: "Schließen Sie im Browser andere Seiten von Everifin und beginnen Sie neu.",
  wrongPassword: "Wenn Sie keine Anmeldung begonnen haben, ändern Sie Ihr Passwort bei Everifin.",
  startAgain: "Neu beginnen",

  failed: "Die Anmeldung konnte nicht beendet werden",
} satisfies WaitingTexts;
