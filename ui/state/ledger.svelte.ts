// Answers that the frame and several pages share: asked once for all of them, and again when the data changed.
import type { Backfill, BankGroup, Connections, Doubt, Overview, PaymentLine } from "../bindings";
import { ask } from "../ipc";
import { asked, type Asked } from "./asked.svelte";
import { changes } from "./changes.svelte";

/** The shared answers of the open book. */
export type Ledger = {
  overview: Asked<Overview>;
  connections: Asked<Connections>;
  payments: Asked<PaymentLine[]>;
  doubts: Asked<Doubt[]>;
  backfills: Asked<Backfill[]>;
};

let current: Ledger | undefined;

/** Begins to ask; called by the frame while it is set up. */
export function openLedger(): Ledger {
  current = {
    overview: asked(() => (void changes.data, ask.overview())),
    connections: asked(() => (void changes.data, ask.connections())),
    payments: asked(() => (void changes.data, void changes.payment, ask.payments())),
    doubts: asked(() => (void changes.data, ask.doubts())),
    backfills: asked(() => (void changes.data, ask.backfills())),
  };
  return current;
}

/** Forgets the answers: the frame is gone. */
export const closeLedger = (): void => void (current = undefined);

/** The shared answers, for everything inside the frame. */
export function ledger(): Ledger {
  if (!current) throw new Error("the ledger is used outside the frame");
  return current;
}

/** How many questions about rows wait for the owner. */
export const waiting = ({ doubts, backfills }: Ledger): number =>
  (doubts.value?.length ?? 0) + (backfills.value?.length ?? 0);

/** Whether a bank needs the owner: its consent has ended or is about to. */
export const needsOwner = (bank: BankGroup): boolean =>
  bank.freshness.kind === "reconnect" || bank.freshness.kind === "renewSoon";
