// The lock, backups and recovery. States: locked, sealed (a passphrase vault), tries (a wrong password makes her wait),
// unguarded (no password), noBackup, backupFails, keyMissing, storeDamaged, noCopy, hidden.
import type { BackupView, Security } from "../bindings";
import { book, settleTrouble, start } from "./session";
import { inState, minutesAgo, pause, refuse, type Answers } from "./types";

/** What the mock takes as the password, whatever it is for. */
const PASSWORD = "correct horse";

let security: Security = {
  keychain: inState("sealed") ? { kind: "passphrase" } : { kind: "system", name: "GNOME Keyring" },
  appLock: !inState("unguarded"),
};
let wrong = 0;
let backup: BackupView = {
  folder: "/home/eva/Documents/Saldo backups",
  daily: !inState("noBackup"),
  hasPassword: !inState("noBackup"),
  last: inState("noBackup") ? null : { at: minutesAgo(60 * 17), bytes: 14_236_112 },
  trouble: inState("backupFails") ? { kind: "folderRefused", retryAt: null } : null,
};
const holds = { accounts: 6, transactions: 1_284, notes: 45, drafts: 2, payments: 12 };
const nothing = { notes: 0, drafts: 0, payments: 0 };
const damaged = !inState("keyMissing");

async function prove(password: string): Promise<void> {
  await pause(inState("slow") ? 60_000 : 250);
  if (password !== PASSWORD) refuse("passphraseWrong", inState("tries") && ++wrong > 0 ? minutesAgo(-0.5) : null);
}

export const guard: Answers = {
  unlock: async (password) => {
    await prove(password);
    settleTrouble(null);
    return start();
  },
  lock: () => {
    if (security.appLock) settleTrouble({ kind: "locked", retryAt: null });
    return security.appLock;
  },
  active: () => {
    Object.assign(globalThis, { mockActive: ((globalThis as { mockActive?: number }).mockActive ?? 0) + 1 });
    return null;
  },
  askKeychainAgain: () => null,
  security: () => security,
  setAppLock: async (current, next) => {
    if (security.appLock) await prove(current ?? "");
    return (security = { ...security, appLock: next !== null });
  },
  usePassphrase: async () => {
    await pause(250);
    security = { keychain: { kind: "passphrase" }, appLock: true };
    settleTrouble(null);
    return start();
  },
  backup: () => (book === "demo" ? refuse("notFound") : backup),
  setBackupPassword: () => (backup = { ...backup, hasPassword: true }),
  setDailyBackup: (daily) => (backup = { ...backup, daily }),
  chooseBackupFolder: () => (backup = { ...backup, folder: "/media/eva/Backups", trouble: null }),
  backUpNow: async () => {
    await pause(400);
    return (backup = { ...backup, last: { at: minutesAgo(0), bytes: 14_240_004 }, trouble: null });
  },
  chooseBackup: () => ({ name: "Saldo 2026-10-13.backup", at: minutesAgo(60 * 30), bytes: 14_236_112 }),
  restoreBackup: async (password) => {
    await pause(250);
    if (password !== PASSWORD) refuse("backupUnreadable");
    settleTrouble(null);
    const asOf = minutesAgo(60 * 30);
    const missing = { notesSince: asOf, paymentsSince: asOf, unreadable: 0 };
    return { asOf, holds, carried: nothing, missing, setAside: "saldo.db.replaced-20261014-084200" };
  },
  recovery: () => ({
    cause: damaged ? "storeDamaged" : "keyMissing",
    copy: damaged && !inState("noCopy") ? { at: minutesAgo(60 * 5), holds } : null,
  }),
  restoreCopy: async () => {
    await pause(250);
    settleTrouble(null);
    const asOf = minutesAgo(60 * 5);
    return {
      asOf,
      holds,
      carried: { notes: 3, drafts: 1, payments: 2 },
      missing: { notesSince: null, paymentsSince: asOf, unreadable: 4 },
      setAside: "saldo.db.damaged-20261014-084200",
    };
  },
  startOver: () => {
    settleTrouble(null);
    return start();
  },
  forgetEverything: async () => {
    await pause(250);
    settleTrouble(null, false);
    return start();
  },
};
