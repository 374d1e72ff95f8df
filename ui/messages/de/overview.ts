import type { Overview } from "../en/overview";
import { plural } from "../plural";

const n = plural("de");

export const overview = {
  title: "Übersicht",
  sync: "Abrufen",
  total: "Gesamtsaldo",
  others: "Andere Währungen",
  leftOut: (count: number) =>
    n(count, {
      one: "1 Saldo ist nicht bekannt und nicht enthalten.",
      other: `${count} Salden sind nicht bekannt und nicht enthalten.`,
    }),
  oldest: (day: string) => `Ältester Saldo: ${day}`,
  notKnown: "Nicht bekannt",
  chart: {
    currency: "Währung des Diagramms",
    range: "Zeitraum",
    ranges: { "1M": "1M", "3M": "3M", "6M": "6M", "1Y": "1J", all: "Alles" },
    rangeNames: { "1M": "1 Monat", "3M": "3 Monate", "6M": "6 Monate", "1Y": "1 Jahr", all: "Alles" },
    since: (day: string) => `seit ${day}`,
    options: "Optionen des Diagramms",
    asTable: "Als Tabelle zeigen",
    asChart: "Als Diagramm zeigen",
    fact: (one: { currency: string; first: string; from: string; last: string; to: string; low: string; on: string }) =>
      `Saldo in ${one.currency}: ${one.first} am ${one.from}, ${one.last} am ${one.to}, am niedrigsten ${one.low} am ${one.on}.`,
    nothing: (currency: string) => `Der Saldo in ${currency} ist für diese Tage nicht bekannt.`,
    table: (currency: string) => `Saldo am Tagesende in ${currency}`,
    day: "Tag",
    balance: "Saldo",
    change: "Änderung",
    begins: (account: string, day: string) => `Die Umsätze von ${account} beginnen am ${day}.`,
    lastRead: (account: string, day: string) => `${account} wurde zuletzt am ${day} gelesen.`,
    differs: (account: string, amount: string) =>
      amount
        ? `Der Saldo der Bank und die Buchungen von ${account} weichen um ${amount} voneinander ab.`
        : `Der Saldo der Bank und die Buchungen von ${account} weichen voneinander ab.`,
    setAside: (account: string, amount: string) =>
      amount
        ? `Sie haben Umsätze von ${account} zurückgestellt; der Saldo der Bank weicht um ${amount} ab.`
        : `Sie haben Umsätze von ${account} zurückgestellt; der Saldo der Bank weicht ab.`,
    notRead: (account: string) => `${account} wurde an diesen Tagen nicht gelesen.`,
    striped: "Schraffierte Tage belegen die Salden der Bank nicht:",
  },
  accounts: "Konten",
  manage: "Verwalten",
  fresh: {
    syncing: "Wird abgerufen",
    renew: (days: number) =>
      days <= 0 ? "Heute erneuern" : n(days, { one: "Bis morgen erneuern", other: `Noch ${days} Tage gültig` }),
    reconnect: "Neu verbinden",
    wait: (time: string) => `Wieder um ${time}`,
    waitLonger: "Bank bittet zu warten",
    failed: "Keine Antwort",
    gone: "Nicht geliefert",
    never: "Noch nicht gelesen",
  },
  flow: {
    soFar: (month: string) => `${month} bisher`,
    into: "Eingänge",
    out: "Ausgänge",
    difference: "Differenz",
    fact: (one: { from: string; to: string; into: string; out: string }) =>
      `Eingänge und Ausgänge je Monat, ${one.from} bis ${one.to}. In diesem Monat Eingänge ${one.into}, Ausgänge ${one.out}.`,
  },
  approve: {
    title: "Freizugeben",
    atBank: "Bei der Bank freigeben",
    all: "Alle Zahlungen",
    more: (count: number) => n(count, { one: "1 weitere", other: `${count} weitere` }),
    none: "Nichts wartet auf Sie",
    noneHint: "Hier steht eine Zahlung, die ihre Bank bis zu Ihrer Freigabe zurückhält.",
    pay: "Neue Zahlung",
  },
  latest: {
    title: "Neueste Umsätze",
    all: "Alle",
    pending: "Vorgemerkt",
    rejected: "Abgelehnt",
    cancelled: "Storniert",
    none: "Noch keine Umsätze",
    noneHint: "Sie erscheinen hier nach dem nächsten Abruf.",
  },
  reading: {
    title: "Ihre Konten werden gelesen",
    soFar: (count: number) => n(count, { one: "Bisher 1 Umsatz.", other: `Bisher ${count} Umsätze.` }),
    hint: "Alles andere können Sie inzwischen benutzen.",
  },
  empty: {
    title: "Noch keine Konten",
    hint: "Verbinden Sie Ihre Banken in Everifin. Ihre Konten erscheinen hier nach dem nächsten Abruf.",
    connect: "Banken verbinden",
  },
  failed: "Die Übersicht konnte nicht gelesen werden",
} satisfies Overview;
