// The sync as the window sees it: what runs now, and how the last one ended.
import { Channel } from "@tauri-apps/api/core";
import type { Failure, Progress, Report } from "../bindings";
import { ask, failureOf, isKind } from "../ipc";
import { changes } from "./changes.svelte";

type Sync = {
  running: boolean;
  /** The bank that is being read; empty until the list of accounts is there. */
  bank: string;
  done: number;
  count: number;
  /** Transactions that have come in so far. */
  added: number;
  /** Banks of which an account could not be read in the last sync. */
  silent: string[];
  report: Report | null;
  failure: Failure | null;
  /** When the last one that reached Everifin ended in this window, in milliseconds. */
  ended: number | null;
};

/** The sync. Read it; `sync()` runs it. */
export const syncing = $state<Sync>({
  running: false,
  bank: "",
  done: 0,
  count: 0,
  added: 0,
  silent: [],
  report: null,
  failure: null,
  ended: null,
});

/** Whether the last try found no way out to Everifin. */
export const offline = (): boolean => syncing.failure?.kind === "offline";

/** Forgets what the sync said of banks; when the last one ended is no secret, and keeps banks from being asked too often. */
export function forgetSync(): void {
  Object.assign(syncing, { bank: "", done: 0, count: 0, added: 0, silent: [], report: null, failure: null });
}

function progress(step: Progress): void {
  if (step.kind === "accounts") {
    syncing.count = step.count;
    return;
  }
  syncing.done = step.done;
  syncing.count = step.count;
  if (step.kind === "reading") syncing.bank = step.bank;
  if (step.kind === "failed" && !syncing.silent.includes(syncing.bank)) syncing.silent.push(syncing.bank);
  if (step.kind === "done") syncing.added += step.added;
}

/** Reads all accounts anew; while one runs, the next one is not begun. Never throws: the failure is kept. */
export async function sync(): Promise<void> {
  if (syncing.running) return;
  Object.assign(syncing, { running: true, bank: "", done: 0, count: 0, added: 0, silent: [] });
  const channel = new Channel<Progress>();
  channel.onmessage = progress;
  try {
    syncing.report = await ask.sync(channel);
    syncing.failure = null;
    syncing.ended = Date.now();
  } catch (thrown) {
    // Locked in the middle: the next one after the unlocking reads what this one did not.
    if (!isKind(thrown, "locked")) syncing.failure = failureOf(thrown);
  }
  syncing.running = false;
  changes.data += 1;
}
