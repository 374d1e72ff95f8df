/**
 * A made-up ledger for the mock mode: lively accounts, three years, more than 20,000 transactions, the same each time.
 * Answers the reading commands as Rust would. Sums are kept in whole cents.
 */
import type {
  Account,
  BalanceHistory,
  Category,
  Gap,
  Money,
  Overview,
  Range,
  Section,
  SectionTotals,
  TransactionDetail,
  TransactionFilter,
  TransactionPage,
  TransactionRow,
  TransactionStatus,
} from "../bindings";
import { addDays, addMonth } from "../days";
import { dayOf, daysBetween } from "../format";
import { accounts, UNPROVED } from "./banks";
import { daysAgo } from "./types";

const TODAY = daysAgo(0);
const FIRST = addMonth(TODAY, -36);

interface Entry {
  id: number;
  account: number;
  day: string;
  status: TransactionStatus;
  cents: number;
  party: string;
  vs: string | null;
  message: string | null;
  category: Category | null;
  note: string | null;
  after: number;
  fold: string;
  removed?: boolean;
}

interface Source {
  party: string;
  message: string;
  category: Category | null;
  low: number;
  high: number;
}

const OUT: Source[] = [
  { party: "Kuriér Turiec s.r.o.", message: "Zásielky", category: "services", low: 900, high: 21_000 },
  { party: "Palivá Rajec", message: "Nafta ZA-481HK", category: null, low: 4_000, high: 19_000 },
  { party: "Priemyselný park Brod s.r.o.", message: "Nájom haly", category: "rent", low: 215_000, high: 215_000 },
  { party: "Papier Drobec s.r.o.", message: "Kancelársky papier, tonery", category: "office", low: 900, high: 9_000 },
  { party: "Sociálna poisťovňa", message: "Poistné", category: "taxes", low: 90_000, high: 241_860 },
  { party: "Laky a farby Turiec s.r.o.", message: "Laky, tvrdidlá", category: "materials", low: 9_000, high: 127_690 },
  {
    party: "Grafit Print s.r.o.",
    message: "Vizitky, hlavičkový papier",
    category: "marketing",
    low: 3_000,
    high: 22_000,
  },
  { party: "Energia Zákamenné a.s.", message: "Elektrina", category: "utilities", low: 18_000, high: 52_000 },
  { party: "Účtovníctvo Malinová s.r.o.", message: "Účtovné služby", category: "services", low: 29_000, high: 29_000 },
  { party: "Elektro Vážan s.r.o.", message: "Svietidlá", category: "materials", low: 9_000, high: 91_845 },
  { party: "Kovostav Hron s.r.o.", message: "Faktúra, kovanie", category: "materials", low: 60_000, high: 221_560 },
  { party: "Nábytok & <b>Dizajn</b>, spol. s r. o.", message: "Vzorky", category: null, low: 2_000, high: 30_000 },
];

const IN: Source[] = [
  {
    party: "Hotel Ostrá skala a.s.",
    message: "Záloha, recepcia a lobby",
    category: "sales",
    low: 200_000,
    high: 1_260_000,
  },
  {
    party: "Kancelárie Zátoka s.r.o.",
    message: "FA zasadačky 2. poschodie",
    category: "sales",
    low: 90_000,
    high: 648_000,
  },
  {
    party: "Studio Olšina s.r.o.",
    message: "Ateliér Praha, police a stoly",
    category: "sales",
    low: 50_000,
    high: 794_400,
  },
  { party: "Kaviareň Pri moste s.r.o.", message: "FA barový pult", category: "sales", low: 30_000, high: 186_000 },
];

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Exact text of whole cents. */
function text(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function money(cents: number, currency: string): Money {
  return { amount: text(cents), currency };
}

/** Folds as the search does: no case, no diacritics. */
function fold(value: string): string {
  return value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** How lively an account is: around which balance it moves, in cents, and how many bookings it has a month. */
const lives: Record<string, { target: number; perMonth: number }> = {
  "Operating account": { target: 5_000_000, perMonth: 400 },
  "Tax reserve": { target: 2_000_000, perMonth: 3 },
  "Cards and expenses": { target: 700_000, perMonth: 130 },
  Payroll: { target: 1_500_000, perMonth: 14 },
  "CZ operating": { target: 60_000_000, perMonth: 60 },
  "CZ savings": { target: 38_000_000, perMonth: 1 },
};

/** Whole cents of an exact amount; 0 where it is not known. */
const cents = (balance: Account["booked"]): number => Number((balance?.money.amount ?? "0").replace(".", ""));

/** Rows that the screens of the design show, newest first: account, days ago, party, cents, VS, message, category, note. */
const NEWEST: [number, number, string, number, string | null, string, Category | null, string | null][] = [
  [
    1,
    0,
    "Hotel Ostrá skala a.s.",
    1_260_000,
    "20260391",
    "Záloha 2, recepcia a lobby",
    "sales",
    "Second of three advances",
  ],
  [1, 0, "Kuriér Turiec s.r.o.", -13_860, "2609331", "Zásielky 09/2026", "services", null],
  [
    1,
    1,
    "Kancelárie Zátoka s.r.o.",
    432_000,
    "20260388",
    "FA 20260388 zasadačky 2. poschodie",
    "sales",
    "Paid a day early",
  ],
  [5, 1, "Dýhy Morava s.r.o.", -2_178_000, "202610447", "Dýha dub", "materials", null],
  [1, 1, "Palivá Rajec", -18_245, null, "Nafta ZA-481HK", null, null],
  [1, 2, "Priemyselný park Brod s.r.o.", -215_000, "102026", "Nájom haly 10/2026", "rent", null],
  [1, 2, "Papier Drobec s.r.o.", -7_430, "262218", "Kancelársky papier, tonery", "office", null],
  // Text from banks is text: neither markup nor reversed writing may leave its cell.
  [1, 2, "<img src=x onerror=alert(1)>", -4_200, "666", "<script>alert(1)</script>", null, null],
  [1, 2, "Obrátené \u202Eor.s\u202C s.r.o.", -1_990, null, "\u202Eevil", null, null],
];

/** Makes the whole ledger, newest first. */
function makeEntries(accounts: readonly Account[]): Entry[] {
  const random = seeded(7);
  const entries: Entry[] = [];
  let id = 100_000;
  const add = (entry: Omit<Entry, "id" | "fold">) => {
    const parts = [entry.party, entry.vs, entry.message, entry.note, text(entry.cents)];
    entries.push({ ...entry, id: id--, fold: fold(parts.filter(Boolean).join(" ")) });
  };
  add({
    account: 1,
    day: TODAY,
    status: "pending",
    cents: -48_620,
    party: "Elektro Vážan s.r.o.",
    vs: "2610447",
    message: "Elektromateriál, objednávka 447",
    category: "materials",
    note: null,
    after: 0,
  });
  add({
    account: 1,
    day: TODAY,
    status: "pending",
    cents: -6_490,
    party: "Mobil Plus a.s.",
    vs: "9034417720",
    message: "Hlasové služby 10/2026",
    category: "utilities",
    note: null,
    after: 0,
  });
  for (const account of accounts) {
    const { target, perMonth } = lives[account.name] ?? { target: 100_000, perMonth: 10 };
    let after = cents(account.booked);
    const book = (entry: Omit<Entry, "id" | "fold" | "after" | "status" | "account">) => {
      add({ ...entry, account: account.id, status: "booked", after });
      after -= entry.cents;
    };
    for (const [owner, ago, party, amount, vs, message, category, note] of NEWEST) {
      if (owner === account.id) book({ day: addDays(TODAY, -ago), party, cents: amount, vs, message, category, note });
    }
    let day = addDays(TODAY, -3);
    const scale = account.currency === "CZK" ? 20 : perMonth > 100 ? 0.3 : 1;
    while (day >= FIRST) {
      const today = perMonth / 30.4 + random();
      for (let n = 1; n <= today; n++) {
        const into = random() < (after > target ? 0.32 : 0.1);
        const source = (into ? IN : OUT)[Math.floor(random() * (into ? IN : OUT).length)];
        if (!source) continue;
        const size = Math.round((source.low + random() * (source.high - source.low)) * scale);
        if (random() < 0.002) {
          add({
            account: account.id,
            day,
            status: "rejected",
            cents: -size,
            party: source.party,
            vs: null,
            message: null,
            category: null,
            note: null,
            after,
          });
        }
        book({
          day,
          party: source.party,
          cents: into ? size : -size,
          vs: random() < 0.7 ? String(20_000_000 + Math.floor(random() * 7_000_000)) : null,
          message: `${source.message} ${day.slice(5, 7)}/${day.slice(0, 4)}`,
          category: source.category,
          note: null,
        });
      }
      day = addDays(day, -1);
    }
  }
  const rank = (entry: Entry) => (entry.status === "pending" ? 1 : 0);
  return entries.sort((a, b) => rank(b) - rank(a) || (a.day < b.day ? 1 : a.day > b.day ? -1 : b.id - a.id));
}

/** Answers the reading commands over a ledger. */
class MockLedger {
  #accounts: readonly Account[];
  #entries: Entry[];

  constructor(accounts: readonly Account[]) {
    this.#accounts = accounts;
    this.#entries = makeEntries(accounts);
  }

  /** Rows under a filter, newest first. */
  #matching(filter: TransactionFilter): Entry[] {
    const words = fold(filter.text).split(/\s+/).filter(Boolean);
    return this.#entries.filter(
      (one) =>
        !one.removed &&
        (filter.accounts.length === 0 || filter.accounts.includes(one.account)) &&
        (filter.from === null || one.day >= filter.from) &&
        (filter.to === null || one.day <= filter.to) &&
        (filter.direction === null || one.cents > 0 === (filter.direction === "in")) &&
        words.every((word) => one.fold.includes(word)),
    );
  }

  sections(filter: TransactionFilter): SectionTotals[] {
    const found: { section: Section; rows: Entry[] }[] = [];
    for (const entry of this.#matching(filter)) {
      const first = `${entry.day.slice(0, 7)}-01`;
      const section: Section = entry.status === "pending" ? { kind: "pending" } : { kind: "month", first };
      const last = found[found.length - 1];
      if (last && JSON.stringify(last.section) === JSON.stringify(section)) last.rows.push(entry);
      else found.push({ section, rows: [entry] });
    }
    return found.map(({ section, rows }) => ({ section, count: rows.length, sums: this.#sums(rows) }));
  }

  first(filter: TransactionFilter): TransactionRow[] {
    return this.#matching(filter)
      .slice(0, 100)
      .map((one) => this.#row(one, false));
  }

  #sums(rows: Entry[]): Money[] {
    const sums = new Map<string, number>();
    for (const row of rows) {
      if (row.status !== "booked" && row.status !== "pending") continue;
      const currency = this.#account(row.account).currency;
      sums.set(currency, (sums.get(currency) ?? 0) + row.cents);
    }
    return [...sums].map(([currency, cents]) => money(cents, currency));
  }

  #account(id: number): Account {
    const found = this.#accounts.find((one) => one.id === id);
    if (!found) throw new Error(`no mock account ${id}`);
    return found;
  }

  page(filter: TransactionFilter, section: Section, after: string | null): TransactionPage {
    const rows = this.#matching(filter).filter((one) =>
      section.kind === "pending"
        ? one.status === "pending"
        : one.status !== "pending" && one.day.startsWith(section.first.slice(0, 7)),
    );
    const from = after === null ? 0 : rows.findIndex((one) => String(one.id) === after) + 1;
    const page = rows.slice(from, from + 200);
    const balance = filter.accounts.length === 1 && filter.text.trim() === "" && filter.direction === null;
    return {
      rows: page.map((one) => this.#row(one, balance)),
      next: from + 200 < rows.length ? String(page[page.length - 1]?.id) : null,
    };
  }

  #row(entry: Entry, balance: boolean): TransactionRow {
    const account = this.#account(entry.account);
    return {
      id: entry.id,
      account: account.id,
      accountName: account.name,
      bank: account.bank,
      day: entry.day,
      status: entry.status,
      amount: money(entry.cents, account.currency),
      counterparty: entry.party,
      variableSymbol: entry.vs,
      message: entry.message,
      category: entry.category,
      hasNote: entry.note !== null,
      balanceAfter: balance && entry.status === "booked" ? money(entry.after, account.currency) : null,
    };
  }

  detail(id: number): TransactionDetail | null {
    const entry = this.#entries.find((one) => one.id === id);
    if (!entry) return null;
    const row = this.#row(entry, false);
    const iban = "SK1109000000005061172394";
    const raw = {
      entryReference: `${entry.day.replaceAll("-", "")}${entry.id}`,
      bookingDate: entry.day,
      endToEndId: `/VS${entry.vs ?? ""}/SS/KS0308`,
      creditorName: "BREZAN INTERIER SRO",
      debtorName: fold(entry.party).toUpperCase(),
      amount: `${row.amount.amount} ${row.amount.currency}`,
    };
    return {
      row,
      counterpartyIban: iban,
      counterpartyNumber: null,
      counterpartyBank: "Slovenská sporiteľňa",
      valueDate: entry.day,
      constantSymbol: "0308",
      specificSymbol: null,
      reference: null,
      description: null,
      original: null,
      note: entry.note,
      raw: Object.entries(raw).map(([name, value]) => ({ name, value })),
      firstSeen: `${entry.day}T06:41:00Z`,
      aside: entry.removed ? "deleted" : null,
      rule: null,
      transfer: this.#transferOf(entry),
      payment: entry.party === "Priemyselný park Brod s.r.o." ? 7 : null,
    };
  }

  /** One payment out of the account in crowns is a transfer to the one in euros. */
  #transferOf(entry: Entry): TransactionDetail["transfer"] {
    if (entry.party !== "Dýhy Morava s.r.o.") return null;
    const into = this.#entries.find((one) => one.account === 1 && one.status === "booked" && one.cents > 0);
    if (!into) return null;
    const accountName = this.#account(1).name;
    return { other: into.id, accountName, amount: money(86_400, "EUR"), difference: money(1_275, "CZK") };
  }

  /** Removes a transaction, or counts it again. */
  remove(id: number, removed: boolean): void {
    const entry = this.#entries.find((one) => one.id === id);
    if (entry) entry.removed = removed;
  }

  /** The category that the owner gave. */
  ownCategory(id: number): Category | null {
    return this.#entries.find((one) => one.id === id)?.category ?? null;
  }

  /** The newest booked rows of an account. */
  newest(account: number, count: number): TransactionRow[] {
    const here = this.#entries.filter((one) => one.account === account && one.status === "booked");
    return here.slice(0, count).map((one) => this.#row(one, false));
  }

  annotate(id: number, note: string, category: Category | null): TransactionDetail | null {
    const entry = this.#entries.find((one) => one.id === id);
    if (!entry) return null;
    entry.note = note.trim() === "" ? null : note;
    entry.category = category;
    return this.detail(id);
  }

  /** Sums by currency, the one with the most accounts first. */
  totals(): Overview["totals"] {
    const count = (currency: string) => this.#accounts.filter((one) => one.currency === currency).length;
    const currencies = [...new Set(this.#accounts.map((one) => one.currency))].sort((a, b) => count(b) - count(a));
    return currencies.map((currency) => {
      const here = this.#accounts.filter((one) => one.currency === currency);
      const known = here.filter((one) => one.booked !== null);
      return {
        booked: money(
          known.reduce((sum, one) => sum + cents(one.booked), 0),
          currency,
        ),
        accounts: known.length,
        unknown: here.length - known.length,
        oldest: known.map((one) => one.booked?.at ?? "").sort()[0] ?? null,
      };
    });
  }

  flow(): Overview["flow"] {
    return this.totals().map(({ booked }) => ({ currency: booked.currency, months: this.#months(booked.currency) }));
  }

  latest(): TransactionRow[] {
    return this.#entries.slice(0, 10).map((one) => this.#row(one, false));
  }

  #months(currency: string): Overview["flow"][number]["months"] {
    const first = `${TODAY.slice(0, 7)}-01`;
    return [-5, -4, -3, -2, -1, 0].map((back) => {
      const month = addMonth(first, back);
      let into = 0;
      let out = 0;
      for (const entry of this.#booked(currency)) {
        if (!entry.day.startsWith(month.slice(0, 7))) continue;
        if (entry.cents > 0) into += entry.cents;
        else out += entry.cents;
      }
      return {
        month,
        moneyIn: money(into, currency),
        moneyOut: money(out, currency),
        difference: money(into + out, currency),
      };
    });
  }

  #booked(currency: string): Entry[] {
    const ids = this.#accounts.filter((one) => one.currency === currency).map((one) => one.id);
    return this.#entries.filter((one) => one.status === "booked" && ids.includes(one.account));
  }

  /** Why days of the chart are not known: as above, for the first account of the currency. */
  #gaps(currency: string, first: string, read: string): BalanceHistory["gaps"] {
    const here = this.#accounts.filter((one) => one.currency === currency);
    const gap = (from: string, to: string, cause: Gap["cause"], of = here[0]): Gap[] =>
      of && from <= to ? [{ from, to, account: of.id, name: of.name, bank: of.bank.name, cause }] : [];
    const late = here.find((one) => "at" in one.freshness && one.freshness.at && dayOf(one.freshness.at) === read);
    const hole = [UNPROVED.from < first ? first : UNPROVED.from, UNPROVED.to] as const;
    const difference = money(-21_745, currency);
    return [
      ...gap(first, addDays(TODAY, -1_096), { kind: "noHistory" }),
      ...gap(...hole, { kind: currency === "EUR" ? "differs" : "setAside", difference }),
      ...gap(addDays(read, 1), TODAY, { kind: "notRead" }, late),
    ];
  }

  history(currency: string, range: Range): BalanceHistory {
    const back = { "1M": -1, "3M": -3, "6M": -6, "1Y": -12, all: -38 }[range];
    const first = addMonth(TODAY, back);
    // Known only up to the day on which every account was last read.
    const read = this.#accounts
      .filter((one) => one.currency === currency)
      .map((one) => ("at" in one.freshness && one.freshness.at ? dayOf(one.freshness.at) : TODAY))
      .reduce((first, day) => (day < first ? day : first), TODAY);
    const moves = new Map<string, number>();
    for (const entry of this.#booked(currency)) moves.set(entry.day, (moves.get(entry.day) ?? 0) + entry.cents);
    let balance = this.#accounts
      .filter((one) => one.currency === currency)
      .reduce((sum, one) => sum + cents(one.booked), 0);
    const days: BalanceHistory["days"] = [];
    for (let i = daysBetween(first, TODAY); i >= 0; i--) {
      const day = addDays(first, i);
      // A hole in spring and an unproved beginning, as real histories have them.
      const back = daysBetween(day, TODAY);
      const hole = (day >= UNPROVED.from && day <= UNPROVED.to) || back > 1_095 || day > read;
      days.unshift({ day, balance: hole ? null : money(balance, currency) });
      balance -= moves.get(day) ?? 0;
    }
    const gaps = this.#gaps(currency, first, read);
    const known = days.filter((one) => one.balance !== null);
    const at = (index: number) => Number((known.at(index)?.balance?.amount ?? "0").replace(".", ""));
    return { currency, days, gaps, change: known.length > 0 ? money(at(-1) - at(0), currency) : null };
  }
}

/** The ledger of the fixtures. */
export const ledger = new MockLedger(accounts);
