import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Failure, Happened, Start } from "../bindings";
import { commands } from "../bindings";
import { failureOf, isKind } from "../ipc";
import * as ipc from "../ipc";
import { changes } from "./changes.svelte";
import { keepBeforeLock } from "./keeping";
import { lockNow, unlock } from "./lock.svelte";
import { draftKept, go, goHome, route } from "./navigation.svelte";
import { open, session, view } from "./session.svelte";
import { syncing } from "./sync.svelte";
import { toast, toasts } from "./toasts.svelte";

const { ask } = ipc;
const start: Start = {
  book: "own",
  connected: true,
  session: "signedIn",
  trouble: null,
  settings: {
    language: "en",
    theme: "light",
    singleKeys: true,
    lockAfterMinutes: 10,
    hideAmounts: false,
    returnWay: { by: "link" },
  },
  systemLanguage: "sk-SK",
  platform: "linux",
  version: "0.1.0",
};
const locked: Failure = { kind: "locked", retryAt: null };
let happen: (what: Happened) => void;

beforeEach(async () => {
  (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__ = { transformCallback: () => 1 };
  Object.assign(session, { start: null, signIn: null, failure: null, busy: false });
  vi.spyOn(ask, "start").mockResolvedValue(start);
  vi.spyOn(ask, "signIn").mockResolvedValue({
    book: "own",
    purpose: "signIn",
    state: { kind: "idle" },
    opener: { kind: "thisSaldo" },
  });
  vi.spyOn(ask, "lock").mockResolvedValue(true);
  vi.spyOn(ask, "listen").mockImplementation(async (channel) => {
    happen = (what) => channel.onmessage(what);
    return null;
  });
  goHome();
  await open();
  expect(view()).toBe("ledger");
});
afterEach(() => vi.useRealTimers());

/** What a used window has read. */
function fill() {
  go({ page: "payments", open: 7 });
  Object.assign(syncing, { bank: "Fio banka", silent: ["ČSOB"], added: 3, ended: 1_000 });
  changes.lastPayment = 7;
  session.failure = { kind: "diskFull", retryAt: null };
  toast("Reconnected Fio banka");
}

function emptied() {
  expect(view()).toBe("locked");
  expect(syncing).toMatchObject({ bank: "", silent: [], added: 0, report: null, failure: null });
  expect([changes.lastPayment, session.failure, toasts()]).toEqual([null, null, []]);
  // Where she was, and that banks were asked lately, is kept.
  expect([route(), syncing.ended]).toEqual([{ page: "payments", open: 7 }, 1_000]);
}

describe("a lock empties the window", () => {
  it("when any call finds Saldo locked, whichever it is", async () => {
    const names = Object.keys(commands);
    const every = commands as unknown as Record<string, () => Promise<unknown>>;
    const asks = ask as unknown as Record<string, () => Promise<unknown>>;
    vi.restoreAllMocks();
    for (const name of names) {
      Object.assign(session, { start: { ...start }, signIn: null });
      fill();
      vi.spyOn(every, name).mockResolvedValue({ status: "error", error: locked });
      const thrown = await asks[name]?.().catch((one: unknown) => one);
      expect(isKind(thrown, "locked"), name).toBe(true);
      emptied();
    }
    expect(names.length).toBeGreaterThan(40);
  });

  it("when Saldo has locked itself", () => {
    fill();
    happen({ kind: "locked" });
    emptied();
  });

  it("but not when a call fails otherwise", async () => {
    vi.restoreAllMocks();
    vi.spyOn(commands, "payments").mockResolvedValue({ status: "error", error: { kind: "offline", retryAt: null } });
    await ask.payments().catch(failureOf);
    expect(view()).toBe("ledger");
  });
});

describe("locking by hand", () => {
  it("keeps what is typed first", async () => {
    const order: string[] = [];
    vi.mocked(ask.lock).mockImplementation(async () => order.push("lock") > 0);
    const forget = keepBeforeLock(async () => {
      await Promise.resolve();
      order.push("kept");
    });
    await lockNow();
    forget();
    expect([order, view()]).toEqual([["kept", "lock"], "locked"]);
  });

  it("is not held up by what cannot be kept, or hangs", async () => {
    vi.useFakeTimers();
    const forget = [
      keepBeforeLock(() => Promise.reject(new Error("disk full"))),
      keepBeforeLock(() => new Promise(() => {})),
    ];
    const done = lockNow();
    await vi.advanceTimersByTimeAsync(2_000);
    await done;
    forget.forEach((one) => one());
    expect([vi.mocked(ask.lock).mock.calls.length, view()]).toEqual([1, "locked"]);
  });

  it("leads to where a password is set when there is none", async () => {
    vi.mocked(ask.lock).mockResolvedValue(false);
    await lockNow();
    expect(view()).toBe("ledger");
    expect(route()).toEqual({ page: "settings", section: "lock" });
    expect(toasts().at(-1)?.text).toBe("To lock Saldo, set a password first.");
  });

  it("stays open, and says why, where Rust cannot lock", async () => {
    vi.mocked(ask.lock).mockRejectedValue(new ipc.Refused({ kind: "storeFailed", retryAt: null }));
    await lockNow();
    expect([view(), session.failure?.kind]).toEqual(["ledger", "storeFailed"]);
  });
});

describe("unlocking", () => {
  it("brings her back to where she was, to her draft too", async () => {
    go({ page: "payment" });
    draftKept(12);
    await lockNow();
    vi.spyOn(ask, "unlock").mockResolvedValue(start);
    const before = changes.data;
    expect(await unlock("correct horse")).toBeNull();
    expect([view(), route()]).toEqual(["ledger", { page: "payment", draft: 12 }]);
    expect(changes.data).toBeGreaterThan(before);
  });

  it("says why not, and stays locked", async () => {
    await lockNow();
    const failure: Failure = { kind: "passphraseWrong", retryAt: "2026-10-14T10:00:30Z" };
    vi.spyOn(ask, "unlock").mockRejectedValue(new ipc.Refused(failure));
    expect(await unlock("saldo")).toEqual(failure);
    expect(view()).toBe("locked");
  });

  it("shows the recovery when the data behind the lock cannot be opened", async () => {
    await lockNow();
    const failure: Failure = { kind: "storeDamaged", retryAt: null };
    vi.spyOn(ask, "unlock").mockRejectedValue(new ipc.Refused(failure));
    vi.mocked(ask.start).mockResolvedValue({ ...start, trouble: failure });
    await unlock("correct horse");
    expect(view()).toBe("trouble");
  });
});
