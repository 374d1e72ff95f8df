import type { Cause } from "../../bindings";
import type { ChangesTexts } from "../en/changes";
import { plural } from "../plural";

const n = plural("sk");

export const changes = {
  title: "Zmeny",
  waiting: (count: number) =>
    n(count, {
      one: `Čaká na vás ${count} otázka`,
      few: `Čakajú na vás ${count} otázky`,
      other: `Čaká na vás ${count} otázok`,
    }),
  decide: "Na rozhodnutie",
  reasons: {
    disagrees: "Jedna transakcia prišla s dvoma sumami",
    duplicate: "Dve transakcie hovoria to isté",
    vanished: "Banka už túto transakciu neuvádza",
    unreadable: "Prišla položka, ktorú Saldo nevie prečítať",
  },
  meanwhile: {
    disagrees: {
      open: "Banka poslala to isté číslo znova s inou sumou. Kým nerozhodnete, počítajú sa obe.",
      settled: "Zostatok banky sedí len s jednou z nich, preto je druhá odložená, kým nerozhodnete.",
    },
    duplicate: {
      open: "Bola dvakrát zaplatená alebo dvakrát poslaná. Kým nerozhodnete, počítajú sa obe.",
      settled: "Zostatok banky sedí len s jednou z nich, preto je druhá odložená, kým nerozhodnete.",
    },
    vanished: {
      open: "Kým nerozhodnete, počíta sa.",
      settled: "Zostatok banky sedí bez nej, preto je odložená, kým nerozhodnete.",
    },
    unreadable: {
      open: "Nikde sa nepočíta. Banka ju možno pošle znova v poriadku.",
      settled: "Nikde sa nepočíta. Banka ju možno pošle znova v poriadku.",
    },
  },
  earlier: "Bola tu",
  later: "Prišla neskôr",
  counts: "Počíta sa",
  aside: "Odložená",
  both: "Nechať obe",
  onlyFirst: "Len skoršiu",
  onlySecond: "Len neskoršiu",
  countBoth: "Počítať obe",
  countOne: "Počítať jednu",
  count: "Počítať ju",
  leave: "Vynechať ju",
  show: "Čo banka poslala",
  seen: "Hotovo",
  decided: "Rozhodnuté",

  backfill: (count: number, text: string, account: string) =>
    n(count, {
      one: `Pre účet ${account} prišla 1 staršia transakcia`,
      few: `Pre účet ${account} prišli ${text} staršie transakcie`,
      other: `Pre účet ${account} prišlo ${text} starších transakcií`,
    }),
  backfillMore: (from: string, to: string) =>
    from === to ? `Zo dňa ${from}. Banka ju poslala až teraz.` : `Z dní ${from} až ${to}. Banka ich poslala až teraz.`,
  look: "Pozrieť",
  fine: "V poriadku",

  list: "Čo sa zmenilo",
  causes: { sync: "Synchronizácia", import: "Výpis zo súboru", decision: "Vaše rozhodnutie", undo: "Vrátenie" },
  kinds: { added: "Nová", changed: "Zmenená", removed: "Už nečaká", aside: "Odložená" },
  countsAgain: "Znova sa počíta",
  undone: "Vrátené",
  at: (bank: string, account: string) => `${bank}, ${account}`,
  counted: {
    added: (count: number, text: string) =>
      n(count, { one: `${text} nová`, few: `${text} nové`, other: `${text} nových` }),
    changed: (count: number, text: string) =>
      n(count, { one: `${text} zmenená`, few: `${text} zmenené`, other: `${text} zmenených` }),
    removed: (count: number, text: string) =>
      n(count, { one: `${text} už nečaká`, few: `${text} už nečakajú`, other: `${text} už nečaká` }),
    aside: (count: number, text: string) =>
      n(count, { one: `${text} odložená`, few: `${text} odložené`, other: `${text} odložených` }),
  },
  first: (count: number, text: string) =>
    n(count, {
      one: `prvé čítanie, ${text} transakcia`,
      few: `prvé čítanie, ${text} transakcie`,
      other: `prvé čítanie, ${text} transakcií`,
    }),
  nothing: "nič",
  noRows: "Jeho položky sa nevypisujú po jednej.",
  more: "Zobraziť viac",
  rows: "Zmenené transakcie",
  columns: { what: "Čo", day: "Deň", party: "Protistrana", account: "Účet", amount: "Suma" },
  fields: {
    status: "Stav",
    amount: "Suma",
    original: "Pôvodná suma",
    bookingDate: "Dátum zaúčtovania",
    valueDate: "Dátum valuty",
    counterparty: "Protistrana",
    counterpartyAccount: "Číslo účtu",
    variableSymbol: "VS",
    constantSymbol: "KS",
    specificSymbol: "SS",
    reference: "Referencia",
    message: "Správa",
    description: "Popis banky",
    bankId: "Číslo v banke",
  },

  undo: "Vrátiť",
  bringBack: "Priniesť späť",
  undoTitle: (cause: Cause) =>
    ({
      sync: "Vrátiť túto synchronizáciu",
      import: "Vrátiť tento výpis",
      decision: "Vrátiť toto rozhodnutie",
      undo: "Priniesť späť, čo bolo vrátené",
    })[cause],
  undoSay: [
    "Nové transakcie sa odložia: nikde sa nepočítajú a ďalšia synchronizácia ich neprinesie späť.",
    "Zmenené znova hovoria to, čo predtým.",
    "Dotknuté dni už nebudú potvrdené, lebo zostatok banky obsahuje to, čo vraciate.",
    "Nič sa nezmaže. Poznámky a kategórie ostávajú a aj toto môžete vrátiť.",
  ],
  backSay: [
    "Všetko sa počíta znova ako predtým.",
    "Nič sa nezmaže. Poznámky a kategórie ostávajú a aj toto môžete vrátiť.",
  ],
  undoDone: "Vrátené",
  backDone: "Prinesené späť",

  asideTitle: "Odložené",
  asideHint: "Sú uchované, ale nie sú v žiadnom zozname, súčte ani zostatku.",
  countAgain: "Znova počítať",
  countedAgain: "Znova sa počíta",
  why: {
    duplicate: "Vyzerá rovnako ako iná",
    disagrees: "Namiesto nej sa počíta iná suma",
    vanished: "Banka ju už neuvádza",
    undone: "Vrátili ste synchronizáciu, ktorá ju priniesla",
    deleted: "Odstránili ste ju",
  },

  empty: "Zatiaľ sa nič nezmenilo",
  emptyMore: "Po každej synchronizácii tu uvidíte, čo priniesla, a môžete ju vrátiť.",
  unread: "Zmeny sa nepodarilo načítať",
} satisfies ChangesTexts;
