import type { Cause } from "../../bindings";
import type { ChangesTexts } from "../en/changes";
import { plural } from "../plural";

const n = plural("cs");

export const changes = {
  title: "Změny",
  waiting: (count: number) =>
    n(count, {
      one: `Čeká na vás ${count} otázka`,
      few: `Čekají na vás ${count} otázky`,
      other: `Čeká na vás ${count} otázek`,
    }),
  decide: "K rozhodnutí",
  reasons: {
    disagrees: "Jedna transakce přišla se dvěma částkami",
    duplicate: "Dvě transakce říkají totéž",
    vanished: "Banka už tuto transakci neuvádí",
    unreadable: "Přišla položka, kterou Saldo neumí přečíst",
  },
  meanwhile: {
    disagrees: {
      open: "Banka poslala stejné číslo znovu s jinou částkou. Dokud nerozhodnete, počítají se obě.",
      settled: "Zůstatek banky sedí jen s jednou z nich, proto je druhá odložená, dokud nerozhodnete.",
    },
    duplicate: {
      open: "Byla dvakrát zaplacená nebo dvakrát poslaná. Dokud nerozhodnete, počítají se obě.",
      settled: "Zůstatek banky sedí jen s jednou z nich, proto je druhá odložená, dokud nerozhodnete.",
    },
    vanished: {
      open: "Dokud nerozhodnete, počítá se.",
      settled: "Zůstatek banky sedí bez ní, proto je odložená, dokud nerozhodnete.",
    },
    unreadable: {
      open: "Nikde se nepočítá. Banka ji možná pošle znovu v pořádku.",
      settled: "Nikde se nepočítá. Banka ji možná pošle znovu v pořádku.",
    },
  },
  earlier: "Byla tu",
  later: "Přišla později",
  counts: "Počítá se",
  aside: "Odložená",
  both: "Nechat obě",
  onlyFirst: "Jen dřívější",
  onlySecond: "Jen pozdější",
  countBoth: "Počítat obě",
  countOne: "Počítat jednu",
  count: "Počítat ji",
  leave: "Vynechat ji",
  show: "Co banka poslala",
  seen: "Hotovo",
  decided: "Rozhodnuto",

  backfill: (count: number, text: string, account: string) =>
    n(count, {
      one: `Pro účet ${account} přišla 1 starší transakce`,
      few: `Pro účet ${account} přišly ${text} starší transakce`,
      other: `Pro účet ${account} přišlo ${text} starších transakcí`,
    }),
  backfillMore: (from: string, to: string) =>
    from === to ? `Ze dne ${from}. Banka ji poslala až teď.` : `Ze dnů ${from} až ${to}. Banka je poslala až teď.`,
  look: "Podívat se",
  fine: "V pořádku",

  list: "Co se změnilo",
  causes: { sync: "Synchronizace", import: "Výpis ze souboru", decision: "Vaše rozhodnutí", undo: "Vrácení" },
  kinds: { added: "Nová", changed: "Změněná", removed: "Už nečeká", aside: "Odložená" },
  countsAgain: "Znovu se počítá",
  undone: "Vráceno",
  at: (bank: string, account: string) => `${bank}, ${account}`,
  counted: {
    added: (count: number, text: string) =>
      n(count, { one: `${text} nová`, few: `${text} nové`, other: `${text} nových` }),
    changed: (count: number, text: string) =>
      n(count, { one: `${text} změněná`, few: `${text} změněné`, other: `${text} změněných` }),
    removed: (count: number, text: string) =>
      n(count, { one: `${text} už nečeká`, few: `${text} už nečekají`, other: `${text} už nečeká` }),
    aside: (count: number, text: string) =>
      n(count, { one: `${text} odložená`, few: `${text} odložené`, other: `${text} odložených` }),
  },
  first: (count: number, text: string) =>
    n(count, {
      one: `první čtení, ${text} transakce`,
      few: `první čtení, ${text} transakce`,
      other: `první čtení, ${text} transakcí`,
    }),
  nothing: "nic",
  noRows: "Jeho položky se nevypisují po jedné.",
  more: "Zobrazit více",
  rows: "Změněné transakce",
  columns: { what: "Co", day: "Den", party: "Protistrana", account: "Účet", amount: "Částka" },
  fields: {
    status: "Stav",
    amount: "Částka",
    original: "Původní částka",
    bookingDate: "Datum zaúčtování",
    valueDate: "Datum valuty",
    counterparty: "Protistrana",
    counterpartyAccount: "Číslo účtu",
    variableSymbol: "VS",
    constantSymbol: "KS",
    specificSymbol: "SS",
    reference: "Reference",
    message: "Zpráva",
    description: "Popis banky",
    bankId: "Číslo v bance",
  },

  undo: "Vrátit",
  bringBack: "Přinést zpět",
  undoTitle: (cause: Cause) =>
    ({
      sync: "Vrátit tuto synchronizaci",
      import: "Vrátit tento výpis",
      decision: "Vrátit toto rozhodnutí",
      undo: "Přinést zpět, co bylo vráceno",
    })[cause],
  undoSay: [
    "Nové transakce se odloží: nikde se nepočítají a další synchronizace je nepřinese zpět.",
    "Změněné znovu říkají to, co předtím.",
    "Dotčené dny už nebudou potvrzené, protože zůstatek banky obsahuje to, co vracíte.",
    "Nic se nesmaže. Poznámky a kategorie zůstávají a i toto můžete vrátit.",
  ],
  backSay: [
    "Všechno se počítá znovu jako předtím.",
    "Nic se nesmaže. Poznámky a kategorie zůstávají a i toto můžete vrátit.",
  ],
  undoDone: "Vráceno",
  backDone: "Přineseno zpět",

  asideTitle: "Odložené",
  asideHint: "Jsou uchované, ale nejsou v žádném seznamu, součtu ani zůstatku.",
  countAgain: "Znovu počítat",
  countedAgain: "Znovu se počítá",
  why: {
    duplicate: "Vypadá stejně jako jiná",
    disagrees: "Místo ní se počítá jiná částka",
    vanished: "Banka ji už neuvádí",
    undone: "Vrátili jste synchronizaci, která ji přinesla",
    deleted: "Odstranili jste ji",
  },

  empty: "Zatím se nic nezměnilo",
  emptyMore: "Po každé synchronizaci zde uvidíte, co přinesla, a můžete ji vrátit.",
  unread: "Změny se nepodařilo načíst",
} satisfies ChangesTexts;
