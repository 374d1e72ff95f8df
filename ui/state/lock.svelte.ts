// The lock as the window sees it. Rust holds the keys and decides; here the window is emptied and filled again.
import type { Failure, Security } from "../bindings";
import { ask, failureOf, isKind, whenLocked } from "../ipc";
import { t } from "../i18n.svelte";
import { changes } from "./changes.svelte";
import { keepAll } from "./keeping";
import { go } from "./navigation.svelte";
import { restart, session, takeOver, view } from "./session.svelte";
import { forgetSync } from "./sync.svelte";
import { dismissAll, toast } from "./toasts.svelte";

/** Where the secrets are kept and whether Saldo can be locked; absent until it was asked for. */
export const guard = $state<{ security: Security | null }>({ security: null });

/** Whether there is a password to lock with: the app's own, or the passphrase of a sealed vault. */
export const lockable = (): boolean => guard.security?.appLock ?? false;

/** Asks anew how Saldo is guarded. */
export async function readGuard(): Promise<void> {
  try {
    guard.security = await ask.security();
  } catch (thrown) {
    failureOf(thrown);
  }
}

/** Empties the window: what was read of the ledger goes; where the owner was, and what she chose, stays. */
export function emptyWindow(): void {
  if (!session.start || view() === "locked") return;
  session.start = { ...session.start, trouble: { kind: "locked", retryAt: null } };
  Object.assign(session, { signIn: null, failure: null, busy: false });
  changes.lastPayment = null;
  forgetSync();
  dismissAll();
}
whenLocked(emptyWindow);

/** Locks, after keeping what is typed. Without a password it leads to where one is set. */
export async function lockNow(): Promise<void> {
  const shown = view();
  if (shown !== "ledger" && shown !== "waiting") return;
  await keepAll();
  try {
    if (await ask.lock()) return emptyWindow();
  } catch (thrown) {
    session.failure = failureOf(thrown);
    return;
  }
  if (session.start?.book === "demo") return toast(t().lock.notInDemo);
  if (shown === "ledger") go({ page: "settings", section: "lock" });
  toast(t().lock.setFirst);
}

/** Unlocks; answers why not. What was open before is open again. */
export async function unlock(password: string): Promise<Failure | null> {
  try {
    await takeOver(await ask.unlock(password));
  } catch (thrown) {
    // The password was right, and the data behind it cannot be opened: the start says what to do.
    if (isKind(thrown, "keyMissing") || isKind(thrown, "storeDamaged")) await restart();
    return failureOf(thrown);
  }
  return null;
}
