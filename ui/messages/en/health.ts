import type { Part, UnprovedCause } from "../../bindings";
import { plural } from "../plural";

const n = plural("en");

const parts: Record<Part, string> = {
  details: "Name and consent",
  balance: "Balance",
  transactions: "Booked transactions",
  pending: "Pending transactions",
};

const causes: Record<UnprovedCause, string> = {
  differs: "A transaction may be missing from the bank’s list, or stand in it twice.",
  setAside: "You set transactions aside or undid a sync, and they come to this amount.",
};

export const health = {
  title: "Can these figures be trusted?",
  mark: (account: string) => `Not every day of ${account} is proved`,
  open: (account: string) => `How far ${account} can be trusted`,
  proved: (day: string) => `The bank’s balances prove every day since ${day}.`,
  except: (day: string) => `The bank’s balances prove the days since ${day}, except these.`,
  before: "Earlier days are counted back from there.",
  noProof: "The bank has not stated a balance yet, so no day is proved.",
  days: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  more: (amount: string) => `The bank has ${amount} more than what is booked here.`,
  less: (amount: string) => `The bank has ${amount} less than what is booked here.`,
  differ: "The bank’s balance and what is booked here differ.",
  causes,
  reread: (when: string) => `Read again: ${when}`,
  toAside: "What you set aside",
  readAgain: "Read these days again",
  reading: "Reading these days",
  came: (added: number, changed: number, text: (count: number) => string) => {
    const found = [
      added > 0 ? n(added, { one: `${text(added)} new transaction`, other: `${text(added)} new transactions` }) : "",
      changed > 0 ? `${text(changed)} changed` : "",
    ].filter(Boolean);
    return found.length > 0 ? `Read again: ${found.join(", ")}.` : "Read again: nothing else came from the bank.";
  },
  provedNow: "These days are proved now.",
  parts,
  lastTries: "The last tries",
  part: "What",
  tried: "Tried",
  outcome: "Outcome",
  read: "Read",
  missing: "The bank did not send it",
  waits: (when: string) => `The bank asks to wait. Next try: ${when}`,
  waitsLonger: "The bank asks to wait",
  failed: "No proper answer",
  lastCame: (when: string) => `Last read: ${when}`,
  never: "Never read so far",
  untried: "Nothing has been tried yet.",
  unread: "This could not be read",
};

export type HealthTexts = typeof health;
