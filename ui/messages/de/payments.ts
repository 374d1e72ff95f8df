import type { Payments } from "../en/payments";
import { plural } from "../plural";

const n = plural("de");

const tabs = {
  all: "Alle",
  approve: "Freizugeben",
  onItsWay: "Unterwegs",
  drafts: "Entwürfe",
  finished: "Beendet",
};

const list = {
  more: "Weitere Aktionen",
  fromFile: "Zahlungen aus einer Datei",
  getPaid: "Per QR bezahlt werden",
  journal: {
    save: "Journal der Zahlungen speichern",
    saved: "Das Journal ist gespeichert: jeder Stand jeder Zahlung, ohne Namen und Beträge.",
  },
  tabs,
  groups: { ...tabs, approve: "Bei der Bank freizugeben" },
  none: {
    approve: "Nichts wartet auf Ihre Freigabe.",
    onItsWay: "Nichts ist unterwegs.",
    drafts: "Es gibt keine Entwürfe.",
    finished: "Noch ist nichts beendet.",
  },
  showAll: "Alle Zahlungen zeigen",
  state: "Stand",
  payee: "Empfänger",
  day: "Tag",
  from: "Von",
  amount: "Betrag",
  noPayee: "Noch ohne Empfänger",
  many: (count: number) => n(count, { one: "Eine Zahlung", other: `${count} Zahlungen zusammen` }),
  noAmount: "Noch ohne Betrag",
  approve: "Freigeben",
  approveOne: (payee: string) => `Zahlung an ${payee} freigeben`,
  empty: "Noch keine Zahlungen",
  emptyMore: "Schreiben Sie hier eine und geben Sie sie bei Ihrer Bank frei. Saldo zeigt, wie es weitergeht.",
  opened: (bank: string) => `${bank} ist im Browser geöffnet.`,
};

const detail = {
  paste: {
    stuck: "Der Browser kam nicht zurück?",
    empty: "Fügen Sie zuerst die Adresse ein.",
    wrong: "Diese Adresse gehört nicht zu dieser Zahlung. Nichts wurde gesendet.",
  },
  asks: {
    here: (bank: string) => `${bank} fragt hier danach. Es geht einmal an die Bank, und Saldo behält nichts davon.`,
    elsewhere: (bank: string) =>
      `${bank} fragt nach etwas, das Saldo nicht so senden könnte, dass nur die Bank es liest. Geben Sie die Zahlung in der App der Bank frei; der Stand ändert sich hier von selbst.`,
    send: "An die Bank senden",
    sealed: "Wird so verschlüsselt, dass nur die Bank es liest.",
    choose: "Wählen Sie",
    picture: "Bild von der Bank",
    empty: "Füllen Sie alle Felder aus.",
    refused: "Die Bank hat das nicht angenommen. Nichts wurde freigegeben; fragen Sie von hier aus erneut an.",
  },
  label: "Einzelheiten der Zahlung",
  head: "Zahlung",
  close: "Einzelheiten schließen",
  acts: {
    today: "Heute bezahlen",
    keep: "Als Vorlage behalten",
    check: "Jetzt prüfen",
    edit: "Bearbeiten",
    remove: "Entwurf löschen",
    again: "Als neue Zahlung verwenden",
  },
  approveAt: (bank: string) => `Freigeben: ${bank}`,
  step: {
    draft: () => "Begonnen",
    confirmed: () => "Sie haben sie bestätigt",
    sending: (bank: string) => `Wird an ${bank} übergeben`,
    created: () => "Everifin hat sie, die Bank noch nicht",
    awaitingBank: (bank: string) => `An ${bank} übergeben`,
    processing: (bank: string) => `${bank} hat sie übernommen`,
    finished: (bank: string) => `${bank} hat sie angenommen`,
    failed: (bank: string) => `${bank} hat sie abgelehnt`,
    partiallyPaid: (bank: string) => `${bank} hat einen Teil angenommen`,
    unknown: () => "Keine klare Antwort",
    cancelled: () => "Sie haben sie abgebrochen",
  },
  means: {
    draft: () => "Nichts wurde gesendet. Machen Sie weiter, wann Sie möchten.",
    confirmed: () => "Sie haben sie bestätigt, aber sie wurde nicht übergeben. Kein Geld ist geflossen.",
    sending: (bank: string) =>
      `Sie ist unterwegs zu ${bank}; noch kam keine Antwort. Bitte zahlen Sie sie nicht noch einmal.`,
    created: (bank: string) => `Die Bank hat sie noch nicht. Öffnen Sie ${bank} und geben Sie sie dort frei.`,
    awaitingBank: (bank: string) =>
      `Geben Sie sie bei ${bank} frei. Haben Sie das schon getan, ändert sich der Stand hier von selbst.`,
    processing: (bank: string) => `${bank} bearbeitet sie. Erledigt ist sie erst, wenn die Bank sie annimmt.`,
    finished: (bank: string) => `${bank} hat sie angenommen.`,
    failed: (bank: string) => `${bank} hat sie abgelehnt. Kein Geld ist geflossen.`,
    partiallyPaid: () => "Die Bank hat nur einen Teil angenommen. Vergleichen Sie mit Ihren Umsätzen.",
    cancelled: () => "Sie haben sie abgebrochen, bevor die Bank sie hatte. Kein Geld ist geflossen.",
  },
  waiting: "Wartet auf Sie",
  notOpened: (bank: string) =>
    `${bank} ließ sich nicht im Browser öffnen. Nichts wurde freigegeben; versuchen Sie es noch einmal.`,
  notChecked:
    "Everifin hat nicht richtig geantwortet; es ist nicht mehr bekannt als zuvor. Saldo fragt von selbst noch einmal.",
  unknown: "Ausgang unklar",
  unknownBefore: (bank: string) => `${bank} hat diese Zahlung noch nicht bestätigt. Sie wurde vielleicht gesendet. `,
  unknownStrong: "Bitte zahlen Sie nicht noch einmal",
  unknownAfter: ", bis wir es wissen.",
  checked: (times: number, time: string) =>
    n(times, { one: `Einmal geprüft, um ${time}`, other: `${times}-mal geprüft, zuletzt um ${time}` }),
  nextCheck: (time: string) => `Nächste Prüfung um ${time}`,
  nextCheckNow: "Wird geprüft",
  to: "An",
  booked: "Gebucht",
  toTransaction: "Umsatz anzeigen",
  lines: "Enthaltene Zahlungen",
  correct: "Korrigieren und neu zahlen",
  payOn: "Tag",
  deleted: "Der Entwurf ist gelöscht.",
  theBank: "die Bank",
  bank: "Die Bank",
};

const nationalCheck =
  "Die IBAN stimmt, aber die Kontonummer darin besteht die nationale Prüfung nicht. Vergleichen Sie sie mit der Rechnung.";

const form = {
  field: {
    from: "Von",
    payee: "An",
    account: "Kontonummer oder IBAN",
    amount: "Betrag",
    payOn: "Zahlen am",
    variableSymbol: "Variables Symbol oder RF",
    specificSymbol: "Spezifisches Symbol",
    constantSymbol: "Konstantes Symbol",
    message: "Nachricht an den Empfänger",
  },
  summary: "Zusammenfassung",
  saveDraft: "Entwurf sichern",
  saved: (time: string) => `Entwurf gesichert um ${time}`,
  notSaved: "Der Entwurf ist nicht gesichert.",
  saveAgain: "Noch einmal versuchen",
  chooseAccount: "Konto wählen",
  noAccount: "Von keinem Ihrer Konten kann gezahlt werden. Verbinden Sie zuerst ein Girokonto bei Everifin.",
  paidTimes: (times: number) => n(times, { one: "Einmal bezahlt", other: `${times}-mal bezahlt` }),
  payees: "Personen und Firmen, die Sie bezahlt haben",
  payeesFound: (count: number) => n(count, { one: "1 bekannter Empfänger", other: `${count} bekannte Empfänger` }),
  lastPaid: (amount: string) => `Zuletzt ${amount}`,
  someoneNew: (name: string) => `„${name}“ neu bezahlen`,
  accountHint: "IBAN oder Kontonummer, zum Beispiel 2947051387/1100",
  valid: (where: string) => `Stimmt. ${where}`,
  validDomestic: (where: string, iban: string) => `Stimmt. ${where}; IBAN ${iban}`,
  nationalCheck,
  currency: "Währung",
  today: "Heute",
  messageUsed: (used: number, limit: number) => `${used} von ${limit}`,
  missing: {
    from: "Wählen Sie das Konto, von dem gezahlt wird.",
    payee: "Schreiben Sie, wer das Geld bekommt.",
    account: "Schreiben Sie die Kontonummer des Empfängers.",
    amount: "Schreiben Sie, wie viel gezahlt wird.",
  },
  problem: {
    notDigits: "Hier können nur Ziffern stehen.",
    notAnAmount: "Schreiben Sie den Betrag in Ziffern, zum Beispiel 1.234,50.",
    ambiguous: "Das lässt sich auf zwei Arten lesen. Schreiben Sie auch die Cent, zum Beispiel 1.234,00.",
    notPositive: "Der Betrag muss größer als null sein.",
    tooLarge: "So viel kann eine einzelne Zahlung nicht tragen.",
    characters: "Hier steht ein Zeichen, das eine Zahlung nicht tragen kann. Schreiben Sie den Text neu.",
    accountUnfinished: "Die Kontonummer ist nicht vollständig.",
    day: "Wählen Sie einen Tag von heute bis in einem Jahr.",
    referenceWrong: "In dieser RF-Referenz ist eine Ziffer falsch. Vergleichen Sie sie mit der Rechnung.",
    besideReference: "Eine Zahlung mit RF-Referenz trägt keine Symbole. Lassen Sie dieses Feld leer.",
    notADay: "Das ist kein Tag.",
    refusedByBank: "Ihre Bank lehnt Aufträge mit diesem konstanten Symbol ab. Lassen Sie es leer.",
  },
  accountProblem: {
    character: "Eine Kontonummer hat nur Buchstaben A bis Z, Ziffern, Leerzeichen, Bindestrich und Schrägstrich.",
    country: "Kein Land hat IBANs mit diesem Anfang. Vergleichen Sie sie mit der Rechnung.",
    length: "Diese IBAN ist für ihr Land zu kurz oder zu lang. Vergleichen Sie sie mit der Rechnung.",
    structure: "Diese IBAN ist nicht so gebaut wie die ihres Landes. Vergleichen Sie sie mit der Rechnung.",
    digits: "In dieser IBAN ist irgendwo eine Ziffer falsch. Vergleichen Sie sie mit der Rechnung.",
    domesticDigits: "In dieser Kontonummer ist irgendwo eine Ziffer falsch. Vergleichen Sie sie mit der Rechnung.",
    bankCode: "Ergänzen Sie die Bankleitzahl, Schrägstrich und vier Ziffern, zum Beispiel /1100.",
  },
  tooLong: (limit: number) => `Hier passen höchstens ${limit} Zeichen.`,
  tooManyDigits: (limit: number) => `Hier passen höchstens ${limit} Ziffern.`,
  tooManyDecimals: (currency: string) => `So viele Nachkommastellen hat ${currency} nicht.`,
  cannotPayFrom: (currency: string) =>
    `Dieses Konto kann nicht in ${currency} zahlen. Wählen Sie ein anderes Konto oder eine andere Währung.`,
  problems: (count: number) =>
    n(count, { one: "Ein Feld braucht eine Änderung.", other: `${count} Felder brauchen eine Änderung.` }),
};

const summary = {
  youPay: "Sie zahlen",
  now: (now: string) => `Jetzt ${now}`,
  nowAndAfter: (now: string, after: string) => `Jetzt ${now}, danach ${after}`,
  choosePayee: "Wählen Sie, wer bezahlt wird",
  ending: (last: string) => `Konto mit der Endung ${last}`,
  bankEnding: (bank: string, last: string) => `${bank}, Konto mit der Endung ${last}`,
  leaves: "Geht ab",
  moved: "Der Zahlungstag ist kein Banktag.",
  cutOff: "Nach Annahmeschluss Ihrer Bank geht sie am nächsten Banktag ab.",
  payeeReads: "Empfänger liest",
  carriedNote: "Euro-Zahlungen tragen nur einfache Buchstaben; Ihre Bank kann mehr davon erhalten.",
  symbols: { vs: "VS", ss: "SS", ks: "KS", rf: "RF" },
  review: "Zahlung prüfen",
  nothingSent: (bank: string) => `Noch wird nichts gesendet. Sie geben bei ${bank} frei.`,
  yourBank: "Ihrer Bank",
};

const warning = {
  firstPayment: "Auf dieses Konto haben Sie noch nicht gezahlt. Vergleichen Sie die Nummer mit der Rechnung.",
  otherAccount: (payee: string, day: string, ending: string) =>
    `${payee} haben Sie am ${day} auf ein anderes Konto bezahlt, das mit der Endung ${ending}. Fragen Sie telefonisch nach, bevor Sie auf ein neues zahlen.`,
  likelyDuplicate: (day: string) => `Den gleichen Betrag haben Sie am ${day} auf dieses Konto gezahlt.`,
  onlyIfNew: "Fahren Sie nur fort, wenn es eine neue Rechnung ist.",
  earlierUnknown:
    "Der Ausgang einer früheren Zahlung dieses Betrags auf dieses Konto ist unklar. Bitte zahlen Sie nicht noch einmal, bis wir es wissen.",
  notCovered: (after: string) => `So viel ist nicht auf dem Konto: ${after} blieben übrig.`,
  underLowest: (after: string, lowest: string) =>
    `Auf dem Konto bliebe weniger, als Sie wollen: ${after} statt mindestens ${lowest}.`,
  otherCountry: (country: string) => `Die Bank des Empfängers ist in einem anderen Land: ${country}.`,
  nationalCheck,
  symbolPaid: (day: string, amount: string) =>
    `Mit diesem variablen Symbol haben Sie am ${day} schon ${amount} auf dieses Konto gezahlt. Prüfen Sie, ob die Rechnung schon bezahlt ist.`,
  unusualAmount: (most: string) =>
    `Das ist mehr als das Dreifache dessen, was Sie bisher höchstens auf dieses Konto gezahlt haben (${most}). Vergleichen Sie den Betrag mit der Rechnung.`,
  largestOfAll: (most: string) =>
    `Auf dieses Konto haben Sie noch nicht gezahlt, und in den letzten zwölf Monaten war keine Zahlung so hoch; die höchste war ${most}.`,
  outsideSepa: (country: string) =>
    `Euro-Zahlungen in dieses Land (${country}) gehen nicht über SEPA. Sie dauern länger, kosten mehr, und Ihre Bank kann sie hier ablehnen.`,
  foreignCurrency: (currency: string, country: string) =>
    `${currency} ist nicht die Währung dieses Landes (${country}). Die Bank des Empfängers kann sie umtauschen oder ablehnen.`,
  copiedOtherwise: (ending: string) =>
    `In der Zwischenablage steht eine andere Kontonummer, die mit der Endung ${ending}. Haben Sie die Nummer eingefügt, vergleichen Sie sie mit der Rechnung: Schadprogramme tauschen kopierte Kontonummern aus.`,
};

const review = {
  title: "Prüfen Sie die Zahlung",
  today: "Heute",
  on: (day: string) => `Am ${day}`,
  from: "Von",
  to: "An",
  ending: (bank: string, last: string) => `${bank}, Endung ${last}`,
  iban: "IBAN",
  message: "Nachricht",
  variableSymbol: "Variables Symbol",
  reference: "RF-Referenz",
  balanceAfter: "Kontostand danach",
  next: "Was als Nächstes geschieht",
  steps: [
    (bank: string) => `Saldo öffnet ${bank} in Ihrem Browser.`,
    () => "Sie melden sich dort an und geben die Zahlung frei.",
    () => "Saldo zeigt hier, ob die Bank sie angenommen hat.",
  ],
  back: "Zurück zur Bearbeitung",
  continueTo: (bank: string) => `Weiter zu ${bank}`,
  handingOver: "Wird übergeben",
  changed:
    "Die Zahlung hat sich geändert, seit Sie sie geprüft haben. So steht sie jetzt; bitte prüfen Sie sie noch einmal.",
  notOpened: (bank: string) =>
    `Die Zahlung wartet auf Ihre Freigabe, aber ${bank} ließ sich nicht im Browser öffnen. Versuchen Sie es von der Zahlung aus.`,
  stopped: (bank: string) =>
    `Everifin hat die Zahlung, aber ${bank} noch nicht. Kein Geld ist geflossen; machen Sie von der Zahlung aus weiter.`,
  lost: "Saldo hat diese Zahlung kurz aus den Augen verloren. Was bekannt ist, sagt ihr Stand; bitte zahlen Sie nicht noch einmal, bevor Sie nachgesehen haben.",
};

const bulk = {
  file: {
    more: "Weitere Aktionen",
    pain09: "Für das Bankportal speichern (pain.001.001.09)",
    pain03: "Für das Bankportal speichern (pain.001.001.03)",
    saved:
      "Die Datei ist gespeichert. Die Zahlungen bleiben hier Entwürfe: Löschen Sie sie, sobald Ihre Bank sie hat, damit nichts doppelt bezahlt wird.",
  },
  bar: "Ausgewählte Zahlungen",
  checkOne: (payee: string) => `Zahlung an ${payee} auswählen`,
  checked: (count: number) => n(count, { one: "1 ausgewählt", other: `${count} ausgewählt` }),
  more: "Wählen Sie eine weitere, um sie zusammen zu zahlen.",
  clear: "Auswahl aufheben",
  pay: (count: number) => `${count} zusammen zahlen`,
  mixed:
    "Für eine gemeinsame Freigabe brauchen sie dasselbe Konto, dieselbe Währung und denselben Tag; es können höchstens 500 sein.",
  unfinished: (payee: string, others: number) =>
    others === 0
      ? `Die Zahlung an ${payee} kann noch nicht bezahlt werden.`
      : `Die Zahlung an ${payee} und ${others} weitere können noch nicht bezahlt werden.`,
  finish: "Öffnen",
  title: (count: number) => `${count} Zahlungen prüfen`,
  lines: "Zahlungen",
  warned: (count: number) =>
    n(count, {
      one: "Zu einer davon gibt es einen Hinweis; er steht bei ihr.",
      other: `Zu ${count} davon gibt es Hinweise; sie stehen bei ihnen.`,
    }),
  once: (bank: string) =>
    `Sie geben alle bei ${bank} auf einmal frei. Die Bank nimmt dann jede einzeln an oder lehnt sie ab, und Saldo zeigt, welche.`,
  back: "Zurück zur Liste",
  partly: (bank: string, paid: number, refused: number) =>
    `${bank} hat ${paid} der Zahlungen angenommen und ${refused} abgelehnt. Für die abgelehnten hat sich kein Geld bewegt.`,
  anew: (count: number) =>
    n(count, {
      one: "1 neuer Entwurf der abgelehnten Zahlungen.",
      other: `${count} neue Entwürfe der abgelehnten Zahlungen.`,
    }),
  acts: { edit: "Prüfen und zahlen", remove: "Auflösen", again: "Abgelehnte korrigieren" },
};

export const payments = {
  title: "Zahlungen",
  newPayment: "Neue Zahlung",
  editPayment: "Entwurf",
  words: {
    draft: "Entwurf",
    confirmed: "Nicht übergeben",
    sending: "Wird übergeben",
    created: "Bereit zur Freigabe",
    awaitingBank: "Wartet auf Freigabe",
    processing: "In Bearbeitung",
    finished: "Erledigt",
    failed: "Von der Bank abgelehnt",
    partiallyPaid: "Teilweise bezahlt",
    unknown: "Unklar, wird geprüft",
    cancelled: "Von Ihnen abgebrochen",
  },
  list,
  detail,
  form,
  summary,
  warning,
  review,
  bulk,
} satisfies Payments;
