// The company of the design: five banks, six accounts.
import type { Account, Bank, BankGroup, Freshness, UnprovedCause } from "../bindings";
import { daysAgo, inState, minutesAgo } from "./types";

const tatra: Bank = { name: "Tatra banka", short: "TB", country: "SK" };
const sporitelna: Bank = { name: "Slovenská sporiteľňa", short: "SL", country: "SK" };
const csob: Bank = { name: "ČSOB", short: "ČS", country: "SK" };
const fio: Bank = { name: "Fio banka", short: "Fio", country: "CZ" };
const raiffeisen: Bank = { name: "Raiffeisenbank", short: "RB", country: "CZ" };

const fresh: Freshness = { kind: "upToDate", at: minutesAgo(12) };
const soon: Freshness = { kind: "renewSoon", at: minutesAgo(12), ends: minutesAgo(-6 * 1440), days: 6 };
const ended: Freshness = { kind: "reconnect", at: minutesAgo(2 * 1440 + 130), ended: minutesAgo(2 * 1440) };

function account(
  id: number,
  name: string,
  bank: Bank,
  iban: string,
  currency: string,
  booked: string | null,
  freshness: Freshness,
  number: string | null = null,
): Account {
  const at =
    (freshness.kind === "upToDate" || freshness.kind === "renewSoon" ? freshness.at : null) ?? minutesAgo(3000);
  const balance = booked === null ? null : { money: { amount: booked, currency }, at };
  return {
    id,
    name,
    bank,
    iban,
    number,
    currency,
    booked: balance,
    available: balance,
    freshness,
    wholeFrom: daysAgo(1095),
    canPay: true,
    unproved: null,
  };
}

/** Days in spring that the balances do not prove. */
export const UNPROVED = { from: daysAgo(160), to: daysAgo(152) };

/** All accounts of the fixtures. */
export const accounts: Account[] = [
  account(1, "Operating account", tatra, "SK6811000000002612345678", "EUR", "62418.37", fresh),
  account(2, "Tax reserve", tatra, "SK4611000000002612345686", "EUR", "24850.00", fresh),
  account(3, "Cards and expenses", sporitelna, "SK3109000000005112345670", "EUR", "8204.15", soon),
  account(4, "Payroll", csob, "SK1775000000004012345678", "EUR", "18930.62", ended),
  account(5, "CZ operating", fio, "CZ5820100000002400123456", "CZK", "684210.55", fresh, "2400123456/2010"),
  account(6, "CZ savings", raiffeisen, "CZ7255000000001234567899", "CZK", "410000.00", fresh, "1234567899/5500"),
];

for (const one of accounts) {
  const cause = { 1: "differs", 5: "setAside" }[one.id] as UnprovedCause | undefined;
  const difference = { amount: "-217.45", currency: one.currency };
  if (cause && !inState("proved")) one.unproved = { ...UNPROVED, difference, cause, reread: minutesAgo(700) };
}

const group = (bank: Bank, freshness: Freshness, consentUntil: string | null): BankGroup => ({
  bank,
  freshness,
  consentUntil,
  accounts: accounts.filter((one) => one.bank === bank),
});

/** The banks, the one that needs the owner first. */
export const banks: BankGroup[] = [
  group(csob, ended, minutesAgo(2 * 1440)),
  group(sporitelna, soon, minutesAgo(-6 * 1440)),
  group(fio, fresh, minutesAgo(-102 * 1440)),
  group(tatra, fresh, minutesAgo(-107 * 1440)),
  group(raiffeisen, fresh, minutesAgo(-137 * 1440)),
];
