import type { LockTexts } from "../en/lock";

export const lock = {
  title: "Saldo ist gesperrt",
  say: "Entsperren Sie es, um dort weiterzumachen, wo Sie waren.",
  sayPhrase: "Dieser Computer hat keinen Passwortspeicher, daher öffnet Ihre Passphrase die Daten.",
  password: "Passwort",
  phrase: "Passphrase",
  phraseAgain: "Passphrase wiederholen",
  unlock: "Entsperren",
  wrong: "Das ist nicht das richtige Passwort.",
  wrongPhrase: "Das ist nicht die richtige Passphrase.",
  waits: (time: string) => `Der nächste Versuch ist in ${time} möglich.`,
  show: "Eingabe anzeigen",
  caps: "Die Feststelltaste ist aktiv.",
  forgotten: "Vergessen?",
  forgottenSay:
    "Ohne das Passwort lassen sich die Daten auf diesem Computer nicht öffnen. Niemand kann es zurücksetzen, auch wir nicht.",
  forgottenPhrase:
    "Ohne die Passphrase lassen sich die Daten auf diesem Computer nicht öffnen. Niemand kann sie zurücksetzen, auch wir nicht.",
  forgottenWays:
    "Es bleibt, neu zu beginnen: Saldo entfernt alles von diesem Computer, Sie melden sich wieder an, und alles von den Banken wird neu gelesen. Notizen, Kategorien und Entwürfe kommen nur aus einer Sicherung zurück.",

  section: "App-Sperre",
  ask: "Beim Öffnen von Saldo nach einem Passwort fragen",
  askHint: "Die Daten auf diesem Computer sind in jedem Fall verschlüsselt",
  change: "Ändern",
  idle: "Sperren bei Untätigkeit nach",
  minutes: (count: number) => `${count} Minuten`,
  never: "Nie",
  hide: "Beträge verbergen, bis ich auf sie zeige",
  hideHint: "Für offene Büros und Videogespräche",
  kept: "Wo die Anmeldung aufbewahrt wird",
  keptHint: "Dort liegt auch der Schlüssel zu Ihren Daten, nie in einer Datei",
  keptPhrase: "Eine Passphrase von Ihnen (kein Passwortspeicher auf diesem Computer)",
  keptPhraseHint: "In einer Datei, die nur Ihre Passphrase öffnet",

  dialog: { set: "Passwort festlegen", change: "Passwort ändern", remove: "Passwort entfernen" },
  setSay:
    "Saldo fragt danach beim Öffnen und nach jedem Sperren. Es lässt sich nicht wiederherstellen: Ohne das Passwort sind die Daten auf diesem Computer nicht zu öffnen.",
  removeSay:
    "Saldo öffnet sich dann ohne Nachfrage. Die Daten bleiben verschlüsselt, ihr Schlüssel liegt im Passwortspeicher.",
  act: { set: "Passwort festlegen", change: "Passwort ändern", remove: "Passwort entfernen" },
  done: { set: "Passwort festgelegt", change: "Passwort geändert", remove: "Passwort entfernt" },
  field: { current: "Aktuelles Passwort", next: "Neues Passwort", repeat: "Neues Passwort wiederholen" },
  least: "Mindestens 8 Zeichen. Länger ist sicherer.",
  problem: {
    missing: "Das aktuelle Passwort fehlt.",
    short: "Es braucht mindestens 8 Zeichen.",
    differs: "Das stimmt nicht mit dem oberen überein.",
  },
  cancel: "Abbrechen",

  now: "Saldo sperren",
  setFirst: "Um Saldo zu sperren, legen Sie zuerst ein Passwort fest.",
  notInDemo: "In der Demo ist nichts echt, daher gibt es nichts zu sperren.",
  hidden: "Betrag verborgen",
  hideNow: "Beträge verbergen",
  showNow: "Beträge zeigen",
} satisfies LockTexts;
