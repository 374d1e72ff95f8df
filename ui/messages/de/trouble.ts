import type { TroubleTexts } from "../en/trouble";

export const trouble = {
  keychainAbsent: "Es gibt keinen Passwortspeicher",
  keychainAbsentWays: {
    linux: [
      "Installieren Sie GNOME Keyring oder KeePassXC und schalten Sie dort Secret Service ein, oder nutzen Sie KDE Wallet.",
      "Melden Sie sich am Computer ab und wieder an, damit er startet.",
    ],
    mac: [
      "Öffnen Sie die Schlüsselbundverwaltung und prüfen Sie, ob es den Schlüsselbund Anmeldung gibt.",
      "Starten Sie den Computer neu.",
    ],
    windows: ["Prüfen Sie, ob der Dienst Anmeldeinformationsverwaltung läuft.", "Starten Sie den Computer neu."],
  },
  keychainWaiting: "Warten auf den Passwortspeicher",
  keychainWaitingWays: ["Wenn ein Fenster nach einem Passwort oder einer Erlaubnis fragt, antworten Sie dort."],
  keychainWaitingThen: "Saldo fährt danach von selbst fort.",
  keychainLocked: "Der Passwortspeicher ist gesperrt",
  keychainLockedWays: {
    linux: [
      "Entsperren Sie ihn, wenn das System danach fragt, meist mit dem Passwort dieses Computers.",
      "Versuchen Sie es danach hier erneut.",
    ],
    mac: [
      "Erlauben Sie Saldo den Zugriff auf den Schlüsselbund, wenn macOS fragt.",
      "Versuchen Sie es danach hier erneut.",
    ],
    windows: ["Melden Sie sich mit Ihrem eigenen Konto bei Windows an.", "Versuchen Sie es danach hier erneut."],
  },
  keychainFailed: "Der Passwortspeicher ist nicht nutzbar",
  keychainFailedWays: [
    "Starten Sie den Computer neu und öffnen Sie Saldo wieder.",
    "Ihre Daten auf diesem Computer sind unberührt.",
  ],
  diskFull: "Die Datendatei lässt sich nicht schreiben",
  diskFullWays: [
    "Schaffen Sie Platz auf dem Datenträger, oder machen Sie den Ordner beschreibbar.",
    "Nichts Gespeichertes ging verloren.",
  ],
  storeNewer: "Die Daten sind von einem neueren Saldo",
  storeNewerWays: ["Installieren Sie die neueste Version von Saldo und öffnen Sie sie wieder."],
  storeFailed: "Die Datendatei lässt sich nicht öffnen",
  storeFailedWays: [
    "Schließen Sie andere Programme, die sie nutzen könnten, etwa eine Datensicherung.",
    "Saldo hat die Datei nicht verändert.",
  ],
  passphrase: "Stattdessen eine Passphrase verwenden",
  passphraseSay:
    "Saldo bewahrt Ihre Anmeldung und den Schlüssel zu Ihren Daten dann in einer Datei auf, die nur diese Passphrase öffnet. Sie wird bei jedem Öffnen verlangt. Sie lässt sich nicht wiederherstellen: Ohne sie sind die Daten auf diesem Computer nicht zu öffnen.",
  passphraseDo: "Diese Passphrase verwenden",
} satisfies TroubleTexts;
