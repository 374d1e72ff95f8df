import type { Overview } from "../en/overview";
import { plural } from "../plural";

const n = plural("sk");

export const overview = {
  title: "Prehľad",
  sync: "Synchronizovať",
  total: "Celkový zostatok",
  others: "Ostatné meny",
  leftOut: (count: number) =>
    n(count, {
      one: "1 zostatok nepoznáme, nie je započítaný.",
      few: `${count} zostatky nepoznáme, nie sú započítané.`,
      other: `${count} zostatkov nepoznáme, nie sú započítané.`,
    }),
  oldest: (day: string) => `Najstarší zostatok: ${day}`,
  notKnown: "Neznáme",
  chart: {
    currency: "Mena grafu",
    range: "Obdobie",
    ranges: { "1M": "1M", "3M": "3M", "6M": "6M", "1Y": "1R", all: "Všetko" },
    rangeNames: { "1M": "1 mesiac", "3M": "3 mesiace", "6M": "6 mesiacov", "1Y": "1 rok", all: "Všetko" },
    since: (day: string) => `od ${day}`,
    options: "Možnosti grafu",
    asTable: "Zobraziť ako tabuľku",
    asChart: "Zobraziť ako graf",
    fact: (one: { currency: string; first: string; from: string; last: string; to: string; low: string; on: string }) =>
      `Zostatok v mene ${one.currency}: ${one.first} dňa ${one.from}, ${one.last} dňa ${one.to}, najnižší ${one.low} dňa ${one.on}.`,
    nothing: (currency: string) => `Zostatok v mene ${currency} v týchto dňoch nepoznáme.`,
    table: (currency: string) => `Zostatok na konci dňa v mene ${currency}`,
    day: "Deň",
    balance: "Zostatok",
    change: "Zmena",
    begins: (account: string, day: string) => `História účtu ${account} sa začína ${day}.`,
    lastRead: (account: string, day: string) => `Účet ${account} bol naposledy načítaný ${day}.`,
    differs: (account: string, amount: string) =>
      amount
        ? `Zostatok v banke a zaúčtované položky účtu ${account} sa líšia o ${amount}.`
        : `Zostatok v banke a zaúčtované položky účtu ${account} sa líšia.`,
    setAside: (account: string, amount: string) =>
      amount
        ? `Odložili ste transakcie účtu ${account}; zostatok v banke sa líši o ${amount}.`
        : `Odložili ste transakcie účtu ${account}; zostatok v banke sa líši.`,
    notRead: (account: string) => `Účet ${account} nebol v týchto dňoch načítaný.`,
    striped: "Šrafované dni zostatky banky nepotvrdzujú:",
  },
  accounts: "Účty",
  manage: "Spravovať",
  fresh: {
    syncing: "Synchronizuje sa",
    renew: (days: number) =>
      days <= 0
        ? "Obnovte dnes"
        : n(days, { one: "Obnovte do zajtra", few: `Obnovte do ${days} dní`, other: `Obnovte do ${days} dní` }),
    reconnect: "Pripojiť znova",
    wait: (time: string) => `Znova o ${time}`,
    waitLonger: "Banka žiada počkať",
    failed: "Banka neodpovedala",
    gone: "Nedodané",
    never: "Ešte nenačítané",
  },
  flow: {
    soFar: (month: string) => `${month} doteraz`,
    into: "Príjmy",
    out: "Výdavky",
    difference: "Rozdiel",
    fact: (one: { from: string; to: string; into: string; out: string }) =>
      `Príjmy a výdavky po mesiacoch, ${one.from} až ${one.to}. Tento mesiac príjmy ${one.into}, výdavky ${one.out}.`,
  },
  approve: {
    title: "Na schválenie",
    atBank: "Schváľte v banke",
    all: "Všetky platby",
    more: (count: number) =>
      n(count, { one: "Ešte 1 platba", few: `Ešte ${count} platby`, other: `Ešte ${count} platieb` }),
    none: "Nič na vás nečaká",
    noneHint: "Tu uvidíte platbu, ktorú banka drží, kým ju neschválite.",
    pay: "Nová platba",
  },
  latest: {
    title: "Posledné transakcie",
    all: "Všetky",
    pending: "Nezaúčtovaná",
    rejected: "Zamietnutá",
    cancelled: "Zrušená",
    none: "Zatiaľ žiadne transakcie",
    noneHint: "Objavia sa tu po najbližšej synchronizácii.",
  },
  reading: {
    title: "Načítavajú sa vaše účty",
    soFar: (count: number) =>
      n(count, {
        one: "Zatiaľ 1 transakcia.",
        few: `Zatiaľ ${count} transakcie.`,
        other: `Zatiaľ ${count} transakcií.`,
      }),
    hint: "Všetko ostatné môžete medzitým používať.",
  },
  empty: {
    title: "Zatiaľ žiadne účty",
    hint: "Pripojte svoje banky v Everifine. Ich účty sa tu objavia po najbližšej synchronizácii.",
    connect: "Pripojiť banky",
  },
  failed: "Prehľad sa nepodarilo načítať",
} satisfies Overview;
