import type { Channel } from "@tauri-apps/api/core";
import { beforeEach, expect, it, vi } from "vitest";
import type { Progress, Report } from "../bindings";
import { ask, Refused } from "../ipc";
import { changes } from "./changes.svelte";
import { offline, sync, syncing } from "./sync.svelte";

const report: Report = { read: 2, failed: 0, added: 3, changed: 0, removed: 0, quarantined: 0 };

beforeEach(() => {
  (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__ = { transformCallback: () => 1 };
});

it("follows the progress, counts what came in and tells the pages", async () => {
  let channel: Channel<Progress> | undefined;
  let finish: (report: Report) => void = () => {};
  vi.spyOn(ask, "sync").mockImplementation((given) => {
    channel = given;
    return new Promise((done) => (finish = done));
  });
  const before = changes.data;
  const run = sync();
  channel?.onmessage({ kind: "accounts", count: 2 });
  channel?.onmessage({ kind: "reading", account: 1, bank: "Fio banka", done: 0, count: 2 });
  channel?.onmessage({ kind: "done", account: 1, added: 3, changed: 0, done: 1, count: 2 });
  expect(syncing).toMatchObject({ running: true, bank: "Fio banka", done: 1, count: 2, added: 3 });
  await sync();
  expect(ask.sync).toHaveBeenCalledOnce();
  finish(report);
  await run;
  expect(syncing).toMatchObject({ running: false, report, failure: null });
  expect(changes.data).toBe(before + 1);
});

it("knows that there was no way out, until there is one again", async () => {
  const asked = vi.spyOn(ask, "sync").mockRejectedValueOnce(new Refused({ kind: "offline", retryAt: null }));
  await sync();
  expect(offline()).toBe(true);
  asked.mockResolvedValueOnce(report);
  await sync();
  expect(offline()).toBe(false);
});
