import type { BackupTexts } from "../en/backup";

export const backup = {
  section: "Sicherung",
  lastTitle: "Letzte Sicherung",
  last: (when: string, size: string) => `${when}, ${size}, geprüft und lesbar`,
  none: "Noch keine",
  now: "Jetzt sichern",
  folder: "Ordner",
  change: "Ändern",
  set: "Festlegen",
  daily: "Jeden Tag",
  dailyHint: "Verschlüsselt mit Ihrem Sicherungspasswort",
  password: "Sicherungspasswort",
  passwordHint: "Ohne dieses Passwort lässt sich keine Sicherung öffnen",
  passwordNone: "Eine Sicherung braucht eines",
  passwordTitle: "Sicherungspasswort",
  passwordSay:
    "Es verschlüsselt die Sicherungen ab jetzt; ältere behalten ihres. Es lässt sich nicht wiederherstellen: Ohne das Passwort ist eine Sicherung nicht zu öffnen. Bewahren Sie es nicht auf diesem Computer auf.",
  restore: "Wiederherstellen",
  restoreHint: "Ersetzt die Daten auf diesem Computer",
  restoreDo: "Aus einer Datei",

  restoring: {
    title: "Sicherung wiederherstellen",
    means: [
      "Zuerst wird die Datei geprüft. Erst dann ersetzt sie Konten, Umsätze, Notizen, Kategorien und Entwürfe auf diesem Computer.",
      "Was nach der Sicherung hinzukam, fehlt. Umsätze werden von den Banken neu gelesen; Notizen, Kategorien und Entwürfe nicht.",
      "Anmeldung und Passwörter sind in keiner Sicherung: Sie bleiben auf diesem Computer, wie sie sind.",
    ],
    choose: "Datei wählen",
    password: "Passwort dieser Sicherung",
    does: "Wiederherstellen",
    done: "Fertig",
  },
  restored: {
    title: "Ihre Daten sind wieder da",
    as: (when: string) => `Auf dem Stand vom ${when}.`,
    what: "Was",
    back: "Wieder da",
    carried: "Aus der beschädigten Datei",
    rows: {
      accounts: "Konten",
      transactions: "Umsätze",
      notes: "Notizen und Kategorien",
      drafts: "Entwürfe",
      payments: "Zahlungen",
    },
    nothing: "Von dem, was nur Saldo wusste, fehlt nichts.",
    notesSince: (when: string) => `Notizen und Kategorien seit dem ${when} können fehlen.`,
    paymentsSince: (when: string) =>
      `Zahlungen und Entwürfe seit dem ${when} sind hier vielleicht nicht bekannt: Sehen Sie bei der Bank nach, bevor Sie noch einmal zahlen.`,
    transactions: "Neuere Umsätze werden von den Banken neu gelesen.",
    unreadable: (count: string) => `Stellen der beschädigten Datei, die nicht zu lesen waren: ${count}.`,
    aside: (name: string) => `Die bisherige Datei bleibt im Ordner von Saldo: ${name}`,
  },
  recovery: {
    title: { keyMissing: "Der Schlüssel zu Ihren Daten fehlt", storeDamaged: "Die Datendatei ist beschädigt" },
    kept: {
      keyMissing: [
        "Ihre Daten liegen verschlüsselt auf diesem Computer. Saldo hat sie nicht angerührt und legt keinen neuen Schlüssel an.",
        "Ihre Bankkonten und Everifin sind nicht betroffen.",
      ],
      storeDamaged: [
        "Die beschädigte Datei bleibt erhalten, was auch immer Sie wählen. Saldo hat sie nicht verändert.",
        "Ihre Bankkonten und Everifin sind nicht betroffen.",
      ],
    },
    way: {
      again: "Noch einmal öffnen",
      copy: "Sicherheitskopie verwenden",
      file: "Sicherung wiederherstellen",
      over: "Neu beginnen",
    },
    does: { again: "Erneut versuchen", copy: "Verwenden", file: "Datei wählen", over: "Neu beginnen" },
    hints: {
      again: {
        keyMissing: "Der Schlüssel kann zurückkehren, sobald der Passwortspeicher offen ist.",
        storeDamaged: "Falls der Datenträger beim Öffnen von Saldo nicht bereit war.",
      },
      file: "Was nach der Sicherung hinzukam, fehlt.",
      over: "Alles von den Banken wird neu gelesen. Notizen, Kategorien und Entwürfe bleiben in der alten Datei.",
    },
    copyHint: (when: string) => `${when}. Was danach hinzukam, fehlt.`,
    overMeans: [
      "Saldo beginnt mit einer leeren Datendatei und liest alles von den Banken neu.",
      "Notizen, Kategorien, Entwürfe und der Zahlungsverlauf sind nicht darin.",
      "Die alte Datei wird im Ordner von Saldo beiseitegelegt, nicht gelöscht.",
    ],
    open: "Saldo öffnen",
  },
  forget: {
    section: "Entfernen",
    title: "Alles vergessen",
    hint: "Ihre Bankkonten und Ihr Everifin-Konto bleiben, wie sie sind",
    open: "Entfernen",
    say: "Von diesem Computer wird endgültig entfernt:",
    what: [
      "Alle Konten, Umsätze, Notizen, Kategorien und Entwürfe",
      "Die Anmeldung, die Zugangsdaten des Dienstes und das Passwort von Saldo",
      "Die Sicherheitskopien von Saldo; Sicherungen in Ihrem Ordner bleiben",
    ],
    label: "Bestätigung",
    word: "vergessen",
    asked: (word: string) => `Geben Sie zur Bestätigung „${word}“ ein.`,
  },
} satisfies BackupTexts;
