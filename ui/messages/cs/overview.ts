import type { Overview } from "../en/overview";
import { plural } from "../plural";

const n = plural("cs");

export const overview = {
  title: "Přehled",
  sync: "Synchronizovat",
  total: "Celkový zůstatek",
  others: "Ostatní měny",
  leftOut: (count: number) =>
    n(count, {
      one: "1 zůstatek neznáme, není započten.",
      few: `${count} zůstatky neznáme, nejsou započteny.`,
      other: `${count} zůstatků neznáme, nejsou započteny.`,
    }),
  oldest: (day: string) => `Nejstarší zůstatek: ${day}`,
  notKnown: "Neznámé",
  chart: {
    currency: "Měna grafu",
    range: "Období",
    ranges: { "1M": "1M", "3M": "3M", "6M": "6M", "1Y": "1R", all: "Vše" },
    rangeNames: { "1M": "1 měsíc", "3M": "3 měsíce", "6M": "6 měsíců", "1Y": "1 rok", all: "Vše" },
    since: (day: string) => `od ${day}`,
    options: "Možnosti grafu",
    asTable: "Zobrazit jako tabulku",
    asChart: "Zobrazit jako graf",
    fact: (one: { currency: string; first: string; from: string; last: string; to: string; low: string; on: string }) =>
      `Zůstatek v měně ${one.currency}: ${one.first} dne ${one.from}, ${one.last} dne ${one.to}, nejnižší ${one.low} dne ${one.on}.`,
    nothing: (currency: string) => `Zůstatek v měně ${currency} v těchto dnech neznáme.`,
    table: (currency: string) => `Zůstatek na konci dne v měně ${currency}`,
    day: "Den",
    balance: "Zůstatek",
    change: "Změna",
    begins: (account: string, day: string) => `Historie účtu ${account} začíná ${day}.`,
    lastRead: (account: string, day: string) => `Účet ${account} byl naposledy načten ${day}.`,
    differs: (account: string, amount: string) =>
      amount
        ? `Zůstatek v bance a zaúčtované položky účtu ${account} se liší o ${amount}.`
        : `Zůstatek v bance a zaúčtované položky účtu ${account} se liší.`,
    setAside: (account: string, amount: string) =>
      amount
        ? `Odložili jste transakce účtu ${account}; zůstatek v bance se liší o ${amount}.`
        : `Odložili jste transakce účtu ${account}; zůstatek v bance se liší.`,
    notRead: (account: string) => `Účet ${account} nebyl v těchto dnech načten.`,
    striped: "Šrafované dny zůstatky banky nepotvrzují:",
  },
  accounts: "Účty",
  manage: "Spravovat",
  fresh: {
    syncing: "Synchronizuje se",
    renew: (days: number) =>
      days <= 0
        ? "Obnovte dnes"
        : n(days, { one: "Obnovte do zítřka", few: `Obnovte do ${days} dnů`, other: `Obnovte do ${days} dnů` }),
    reconnect: "Připojit znovu",
    wait: (time: string) => `Znovu v ${time}`,
    waitLonger: "Banka žádá počkat",
    failed: "Banka neodpověděla",
    gone: "Nedodáno",
    never: "Zatím nenačteno",
  },
  flow: {
    soFar: (month: string) => `${month} dosud`,
    into: "Příjmy",
    out: "Výdaje",
    difference: "Rozdíl",
    fact: (one: { from: string; to: string; into: string; out: string }) =>
      `Příjmy a výdaje po měsících, ${one.from} až ${one.to}. Tento měsíc příjmy ${one.into}, výdaje ${one.out}.`,
  },
  approve: {
    title: "Ke schválení",
    atBank: "Schvalte v bance",
    all: "Všechny platby",
    more: (count: number) =>
      n(count, { one: "Ještě 1 platba", few: `Ještě ${count} platby`, other: `Ještě ${count} plateb` }),
    none: "Nic na vás nečeká",
    noneHint: "Zde uvidíte platbu, kterou banka drží, dokud ji neschválíte.",
    pay: "Nová platba",
  },
  latest: {
    title: "Poslední transakce",
    all: "Všechny",
    pending: "Nezaúčtovaná",
    rejected: "Zamítnutá",
    cancelled: "Zrušená",
    none: "Zatím žádné transakce",
    noneHint: "Objeví se zde po příští synchronizaci.",
  },
  reading: {
    title: "Načítají se vaše účty",
    soFar: (count: number) =>
      n(count, {
        one: "Zatím 1 transakce.",
        few: `Zatím ${count} transakce.`,
        other: `Zatím ${count} transakcí.`,
      }),
    hint: "Vše ostatní můžete mezitím používat.",
  },
  empty: {
    title: "Zatím žádné účty",
    hint: "Připojte své banky v Everifinu. Jejich účty se zde objeví po příští synchronizaci.",
    connect: "Připojit banky",
  },
  failed: "Přehled se nepodařilo načíst",
} satisfies Overview;
