import type { FailureKind } from "../../bindings";
import type { ActionName } from "../../errors";
import type { Errors } from "../en/errors";

const say: Record<FailureKind, string> = {
  offline: "Es besteht keine Verbindung zum Internet. Was Sie sehen, ist auf diesem Computer gespeichert.",
  statementUnreadable: "Diese Datei ist kein Kontoauszug, den Saldo lesen kann. Nichts wurde geändert.",
  periodRefused:
    "Die Bank gibt die Umsätze eines so langen Zeitraums nicht heraus. Nichts ist verloren. Beim nächsten Abgleich fragt Saldo nach weniger.",
  serviceDown:
    "Everifin oder eine Bank hat nicht richtig geantwortet. Hier ging nichts verloren. Saldo versucht es beim nächsten Abgleich wieder.",
  rateLimited:
    "Everifin bittet Saldo, mit der nächsten Anfrage zu warten. Was Sie sehen, ist auf diesem Computer gespeichert.",
  answerUnreadable: "Es kam eine Antwort, die Saldo nicht versteht. Nichts wurde geändert.",
  signInNeeded: "Die Sitzung bei Everifin ist beendet. Ihre Daten bleiben hier; neue warten, bis Sie sich anmelden.",
  anotherUser:
    "Sie haben sich bei Everifin als jemand anderes angemeldet. Saldo hat diese Anmeldung beendet und nichts mit ihr gelesen; Ihr Buch bleibt. Melden Sie sich als Sie selbst an.",
  credentialsRejected:
    "Everifin nimmt diese Client-ID oder dieses Geheimnis nicht an. Vergleichen Sie beides mit dem, was Everifin Ihnen geschickt hat.",
  credentialsMissing:
    "Saldo braucht die Client-ID und das Geheimnis, die Sie von Everifin haben. Sie werden einmal eingegeben.",
  addressInvalid:
    "Eine Serveradresse ist nicht brauchbar. Sie muss mit https:// beginnen oder auf diesem Computer liegen.",
  addressWrong:
    "Unter dieser Adresse gibt es kein Everifin, oder es kennt diesen Realm nicht. Vergleichen Sie beides mit dem, was Everifin Ihnen geschickt hat.",
  accessDenied: "Der Zugriff wurde nicht erlaubt. Es wurde nichts weitergegeben.",
  linkWrong: "Diese Adresse ist nicht die Antwort auf die laufende Anmeldung. Saldo hat sie nicht beachtet.",
  linkOld: "Dieser Anmeldelink ist zu alt oder wurde schon benutzt. Beginnen Sie eine neue Anmeldung.",
  paymentsNotAllowed:
    "Diese Anmeldung darf nur Konten lesen. Um zu zahlen, erlauben Sie Zahlungen in den Zugangsdaten und melden Sie sich neu an.",
  keychainAbsent:
    "Dieser Computer hat keinen Passwortspeicher. Saldo bewahrt Anmeldung und Geheimnisse nur dort auf, nie in einer Datei.",
  keychainWaiting: "Saldo hat den Passwortspeicher dieses Computers gefragt und wartet auf die Antwort.",
  keychainLocked: "Der Passwortspeicher dieses Computers ist gesperrt, oder der Zugriff wurde verweigert.",
  keychainFailed: "Der Passwortspeicher dieses Computers hat nicht geantwortet, wie er soll.",
  browserFailed:
    "Der Browser konnte nicht geöffnet werden. Kopieren Sie den Link und fügen Sie ihn in einen Browser ein.",
  clipboardFailed: "Der Link konnte nicht kopiert werden. Öffnen Sie ihn stattdessen von hier noch einmal.",
  draftInvalid: "In der Zahlung fehlt etwas oder ist falsch. Bei den Feldern steht, was.",
  draftChanged: "Die Zahlung hat sich seit der Prüfung geändert. Prüfen Sie sie noch einmal.",
  releaseNeeded:
    "Diese Zahlung liegt über Ihrer Grenze: Zuerst muss die zweite Passphrase sie freigeben. Es wurde nichts gesendet.",
  alreadyHandedOver: "Diese Zahlung wurde schon übergeben. Sie wird nicht zweimal gesendet.",
  bulkMixed:
    "Diese Zahlungen lassen sich nicht mit einer Unterschrift freigeben. Sie brauchen dasselbe Konto, dieselbe Währung und denselben Tag; es können 2 bis 500 sein.",
  partOfBulk:
    "Diese Zahlung wird zusammen mit anderen bezahlt. Nehmen Sie sie dort heraus oder bezahlen Sie alle zusammen.",
  paymentRefused:
    "Die Zahlung wurde abgelehnt, bevor sie angelegt war. Nichts wurde gesendet, kein Geld hat sich bewegt.",
  answerInvalid: "Das ist keine Antwort auf die Frage der Bank, oder es ist zu lang. Nichts wurde gesendet.",
  bankAddressRefused: "Die Freigabeadresse der Bank ist keine, die Saldo öffnen darf. Nichts wurde freigegeben.",
  returnAddressRefused:
    "Everifin nimmt die Adresse nicht an, auf die Ihre Bank den Browser zurückschicken würde. Nichts wurde gesendet; wählen Sie in den Einstellungen einen anderen Weg.",
  notFound: "Das ist nicht mehr da.",
  diskFull: "Die Datendatei konnte nicht geschrieben werden. Der Datenträger ist voll oder schreibgeschützt.",
  storeFailed: "Die Datendatei konnte nicht gelesen oder geschrieben werden.",
  storeNewer: "Die Datendatei wurde von einer neueren Version von Saldo geschrieben. Sie blieb unberührt.",
  storeDamaged: "Die Datendatei ist beschädigt, oder ihr Schlüssel passt nicht. Saldo hat sie nicht verändert.",
  keyMissing:
    "Ihre Daten sind da, aber ihr Schlüssel fehlt im Passwortspeicher dieses Computers. Saldo hat die Daten nicht verändert.",
  locked: "Saldo ist gesperrt. Ihre Daten sind sicher und warten auf Ihr Passwort.",
  passphraseWrong: "Das ist nicht das richtige Passwort. Nichts wurde geändert.",
  backupUnreadable:
    "Diese Datei lässt sich nicht lesen: Sie ist keine Sicherung von Saldo, ist beschädigt oder hat ein anderes Passwort. Nichts wurde geändert.",
  folderRefused:
    "Saldo darf in diesen Ordner nicht schreiben. Wählen Sie einen anderen, oder erlauben Sie das Schreiben.",
  otherSaldo:
    "Ein anderes offenes Saldo arbeitet gerade mit denselben Daten und ist noch nicht fertig. Nichts wurde doppelt getan.",
};

const act: Record<ActionName, string> = {
  wayBack: "Anderen Weg wählen",
  retry: "Erneut versuchen",
  signIn: "Anmelden",
  credentials: "Zugangsdaten öffnen",
  copyLink: "Link kopieren",
  newSignIn: "Neu beginnen",
  review: "Erneut prüfen",
  openPayment: "Zahlung anzeigen",
  edit: "Zurück zum Bearbeiten",
  back: "Zurück",
  unlock: "Entsperren",
  chooseFile: "Andere Datei wählen",
  chooseFolder: "Anderen Ordner wählen",
};

export const errors = {
  say,
  act,
  rateLimitedUntil: (time: string) =>
    `Everifin bittet Saldo, mit der nächsten Anfrage bis ${time} zu warten. Was Sie sehen, ist auf diesem Computer gespeichert.`,
} satisfies Errors;
