import type { Place } from "../../bindings";
import type { DiagnosticsTexts } from "../en/diagnostics";
import { plural } from "../plural";

const n = plural("de");
const lower = (when: string) => when.replace(/^H/, "h").replace(/^G/, "g");

const places: Record<Place, string> = {
  signIn: "Anmeldung",
  renewal: "Erneuern der Anmeldung",
  accounts: "Lesen der Konten",
  payment: "Zahlung",
};

export const diagnostics = {
  title: "Diagnose",
  asking: "Saldo prüft sich selbst und den Passwortspeicher.",

  signedInUntil: (when: string) => `Angemeldet bis: ${lower(when)}; jede Nutzung verlängert das`,
  signedIn: "Angemeldet, solange Everifin die Anmeldung behält",
  signedOut: "Abgemeldet",
  ended: "Everifin hat die Anmeldung beendet",
  uncertain: "Ob Everifin die Anmeldung erneuert hat, zeigt sich bei der nächsten Anfrage",
  unsaved: "Die Anmeldung ist erneuert, der Passwortspeicher hat sie aber noch nicht angenommen",
  renewed: (when: string) => `Zuletzt erneuert: ${lower(when)}`,
  notRenewed: (when: string, why: string) => `Das Erneuern ist fehlgeschlagen (${lower(when)}): ${why}`,
  noRenewal: "Seit dem Start von Saldo noch nicht erneuert",

  clockSlow: (minutes: number) =>
    n(minutes, {
      one: `Die Uhr dieses Computers geht ${minutes} Minute nach`,
      other: `Die Uhr dieses Computers geht ${minutes} Minuten nach`,
    }),
  clockFast: (minutes: number) =>
    n(minutes, {
      one: `Die Uhr dieses Computers geht ${minutes} Minute vor`,
      other: `Die Uhr dieses Computers geht ${minutes} Minuten vor`,
    }),
  clockHint:
    "Stellen Sie sie in den Systemeinstellungen. Saldo arbeitet weiter, zeigt aber falsche Tage und Uhrzeiten.",

  keychain: "Passwortspeicher",
  keychainWorks: (name: string) => `${name}: geprüft, behält, was er bekommt`,
  keychainSealed: (file: string) =>
    `Dieser Computer hat keinen. An seiner Stelle versiegelt Ihre Passphrase ${file}: geprüft, behält, was sie bekommt`,
  test: "Prüfen",
  inOrder: "In Ordnung",
  notInOrder: "Nicht in Ordnung",

  links: "Saldos eigene Links",
  linksHere: "Der Browser kommt zu diesem Saldo zurück",
  linksElsewhere: (program: string) => `${program} öffnet sie, der Browser käme nicht hierher zurück`,
  linksOther: "Ein anderes Programm öffnet sie, der Browser käme nicht hierher zurück",
  linksNobody: "Kein Programm öffnet sie, der Browser käme nicht hierher zurück",
  linksUnknown: "Dieses System sagt nicht, welches Programm sie öffnet",
  repair: "Reparieren",

  pkce: "Schutz der Anmeldung (PKCE)",
  pkceUntried:
    "Zum Ausprobieren melden Sie sich noch einmal an. Saldo gibt einen falschen Nachweis und behält nichts davon.",
  pkceEnforced: (when: string) =>
    `Everifin prüft PKCE: Ein gestohlener Anmeldecode ist wertlos. Ausprobiert: ${lower(when)}`,
  pkceNotEnforced: (when: string) =>
    `PKCE wird nicht verlangt: Bitten Sie Everifin, es einzuschalten. Ausprobiert: ${lower(when)}`,
  pkceTry: "Ausprobieren",

  database: "Datendatei",
  encrypted: (cipher: string, size: string) => `Verschlüsselt (SQLCipher ${cipher}), ${size}`,
  plain: (size: string) => `Nicht verschlüsselt, ${size}`,
  checked: (when: string) => `Zuletzt ganz geprüft: ${lower(when)}`,
  unchecked: "Noch nicht ganz geprüft",
  copied: (when: string) => `letzte Sicherheitskopie: ${lower(when)}`,
  noCopy: "noch keine Sicherheitskopie",
  megabytes: (count: string) => `${count} MB`,
  versions: "Versionen",
  webView: (version: string) => `Webansicht ${version}`,
  folder: "Datenordner",

  failures: "Was zuletzt nicht gelungen ist",
  noFailures: "In den letzten Tagen ist nichts fehlgeschlagen.",
  places,
  failed: (place: string, why: string) => `${place}: ${why}`,
  times: (count: number) => `${count}-mal`,

  report: "Bericht für den Support",
  reportHint: "Enthält keine Salden, Namen, Kontonummern oder Passwörter",
  saveReport: "Bericht speichern",
  reportSaved: "Der Bericht ist gespeichert",

  probeTitle: "Melden Sie sich noch einmal im Browser an",
  probeSay:
    "Saldo antwortet Everifin mit einem falschen Nachweis, um zu sehen, ob es ihn ablehnt. Von dieser Anmeldung bleibt nichts.",
  enforced: "Everifin prüft PKCE",
  notEnforced: "PKCE wird nicht verlangt",
  probedEnforced: "Everifin hat den falschen Nachweis abgelehnt. Ein gestohlener Anmeldecode nützt niemandem.",
  probedNotEnforced:
    "Everifin hat den falschen Nachweis angenommen. Saldo hat diese Anmeldung sofort beendet. Bitten Sie Everifin, PKCE für Ihren Client einzuschalten.",
  backToDiagnostics: "Zurück zur Diagnose",

  wayOther: (program: string) =>
    `${program} öffnet Saldos Links auf diesem Computer. Die Antwort des Browsers ginge dorthin und käme nicht hierher zurück.`,
  wayAnother:
    "Ein anderes Programm öffnet Saldos Links auf diesem Computer. Die Antwort des Browsers ginge dorthin und käme nicht hierher zurück.",
  wayNobody:
    "Kein Programm öffnet Saldos Links auf diesem Computer. Die Antwort des Browsers käme nicht hierher zurück.",
  wayInstead: "Sie können auch die Adresse einfügen oder sich über localhost anmelden.",
} satisfies DiagnosticsTexts;
