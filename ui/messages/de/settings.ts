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
  wayBack: {
    title: "Zurück von der Bank",
    hint: "Wie der Browser nach der Freigabe zu Saldo findet; ob Everifin das annimmt, zeigt die erste Zahlung",
    ways: {
      link: "Über Saldos eigenen Link",
      port: "Auf diesen Computer",
      page: "Auf Ihre Seite",
      nothing: "Nicht von selbst",
    },
    more: {
      link: "Die Seite der Bank öffnet app.saldo.desktop. Mehr ist nicht nötig.",
      port: "Die Seite der Bank öffnet 127.0.0.1, wo Saldo wartet. Für den Fall, dass der Link Saldo nicht öffnet.",
      page: "Die Seite der Bank öffnet Ihre, und diese übergibt an Saldo. Für den Fall, dass Everifin nur Webadressen annimmt; die Seite dafür liegt in Saldos Quellen als docs/return-page.html.",
      nothing:
        "Der Browser endet bei Everifin. Saldo fragt, wie es um die Zahlung steht, und Sie können die Adresse einfügen, auf der er endete.",
    },
    cameBack: (when: string) => `So kam der Browser zuletzt zurück: ${when}`,
    taken: (when: string) => `Everifin nahm diese Adresse an: ${when}. Zurück kam auf ihr noch nichts.`,
    refused: (when: string) => `Everifin lehnte diese Adresse ab: ${when}. Wählen Sie einen anderen Weg.`,
    untried: "Auf diesem Weg ging noch keine Zahlung.",
    page: "Adresse Ihrer Seite",
    save: "Verwenden",
    wrong: "Sie muss mit https beginnen, einen Punkt im Servernamen haben und nichts wie ? oder # dahinter.",
    notKept: "Die Adresse konnte nicht gespeichert werden. Versuchen Sie es noch einmal.",
  },
  about: "Über Saldo",
  dataFolder: "Ihre Daten",
  dataFolderHint: "Alles, was Saldo gelesen hat, bleibt in diesem Ordner",
  version: "Version",
} satisfies SettingsTexts;
