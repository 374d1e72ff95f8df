// Banks, consents, the sync and its log. States: offline, serviceDown, silent (one bank), empty, syncing, fine, renew.
import type { Outcome } from "../bindings";
import { accounts, banks } from "./banks";
import { inState, minutesAgo, pause, refuse, type Answers } from "./types";

const line = (at: string, bank: string, outcome: Outcome) => ({ at, bank, outcome });

export const connections: Answers = {
  accounts: () => (inState("empty") ? [] : accounts),
  connections: () => ({
    banks: inState("empty") ? [] : banks,
    log: inState("empty")
      ? []
      : [
          line(minutesAgo(12), "Raiffeisenbank", { kind: "synced", added: 0, changed: 0 }),
          line(minutesAgo(13), "Tatra banka", { kind: "synced", added: 6998, changed: 0 }),
          line(minutesAgo(13), "Slovenská sporiteľňa", { kind: "synced", added: 1, changed: 2 }),
          line(minutesAgo(13), "ČSOB", { kind: "needsReconnect" }),
          line(minutesAgo(1460), "Fio banka", { kind: "failed", failure: { kind: "serviceDown", retryAt: null } }),
        ],
  }),
  sync: async (channel) => {
    if (inState("offline")) refuse("offline");
    if (inState("serviceDown")) refuse("serviceDown");
    channel.onmessage({ kind: "accounts", count: accounts.length });
    for (const [done, account] of accounts.entries()) {
      channel.onmessage({
        kind: "reading",
        account: account.id,
        bank: account.bank.name,
        done,
        count: accounts.length,
      });
      if (inState("syncing") && done === 4) await pause(3_600_000);
      await pause(20);
      if (inState("silent") && done === 4) {
        const failure = { kind: "serviceDown", retryAt: null } as const;
        channel.onmessage({ kind: "failed", account: account.id, failure, done: done + 1, count: accounts.length });
        continue;
      }
      channel.onmessage({
        kind: "done",
        account: account.id,
        added: 1,
        changed: 0,
        done: done + 1,
        count: accounts.length,
      });
    }
    return { read: 6, failed: 0, added: 6, changed: 0, removed: 0, quarantined: 0 };
  },
};
