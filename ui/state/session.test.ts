import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Happened, SignInState, SignInStatus, Start } from "../bindings";
import * as ipc from "../ipc";
import { changes } from "./changes.svelte";
import {
  cameBack,
  connect,
  connectOwn,
  leaveSignIn,
  open,
  openEverifin,
  restart,
  session,
  view,
} from "./session.svelte";
import { dismiss, toasts } from "./toasts.svelte";

const start: Start = {
  book: "own",
  connected: false,
  session: "signedOut",
  trouble: null,
  settings: {
    language: "en",
    theme: "light",
    singleKeys: true,
    lockAfterMinutes: null,
    hideAmounts: false,
    returnWay: { by: "link" },
  },
  systemLanguage: "sk-SK",
  platform: "linux",
  version: "0.1.0",
};
const { ask } = ipc;
const at = (state: SignInState): SignInStatus => ({
  book: "own",
  purpose: "signIn",
  state,
  opener: { kind: "thisSaldo" },
});
const waiting: SignInState = {
  kind: "waiting",
  expiresAt: "2026-10-14T10:00:00Z",
  via: "deepLink",
  wrongLink: false,
};
let happen: (what: Happened) => void;

beforeEach(() => {
  Object.assign(session, { start: null, signIn: null, failure: null, busy: false });
  toasts().forEach(({ id }) => dismiss(id));
  vi.spyOn(ask, "start").mockResolvedValue(start);
  vi.spyOn(ask, "signIn").mockResolvedValue(at({ kind: "idle" }));
  vi.spyOn(ask, "cancelSignIn").mockResolvedValue(at({ kind: "idle" }));
  vi.spyOn(ask, "sync").mockRejectedValue(new ipc.Refused({ kind: "offline", retryAt: null }));
  vi.spyOn(ask, "listen").mockImplementation(async (channel) => {
    happen = (what) => channel.onmessage(what);
    return null;
  });
  // The channel's numbers come from the window, which is not there.
  (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__ = { transformCallback: () => 1 };
});

describe("what is shown", () => {
  it("is that the keychain is waited for, and what is behind it as soon as it has answered", async () => {
    vi.spyOn(ask, "start").mockResolvedValueOnce({ ...start, trouble: { kind: "keychainWaiting", retryAt: null } });
    vi.spyOn(ask, "signIn").mockResolvedValue(at(waiting));
    await open();
    expect([view(), session.start?.trouble?.kind]).toEqual(["trouble", "keychainWaiting"]);
    happen({ kind: "session" });
    await vi.waitFor(() => expect(view()).toBe("waiting"));
  });

  it("is nothing until the start is known, then the welcome", async () => {
    expect(view()).toBe("opening");
    await open();
    expect(view()).toBe("welcome");
  });

  it("is trouble before all else, and the ledger once the trouble is over", async () => {
    vi.mocked(ask.start).mockResolvedValueOnce({
      ...start,
      connected: true,
      trouble: { kind: "keychainLocked", retryAt: null },
    });
    await open();
    expect(view()).toBe("trouble");
    vi.mocked(ask.start).mockResolvedValueOnce({ ...start, connected: true });
    await restart();
    expect(view()).toBe("ledger");
  });

  it("is the sign-in while the browser has the word", async () => {
    await open();
    vi.spyOn(ask, "connect").mockResolvedValue(at(waiting));
    expect(await connect()).toBe(true);
    expect(view()).toBe("waiting");
    await leaveSignIn();
    expect(ask.cancelSignIn).toHaveBeenCalledOnce();
    expect(view()).toBe("welcome");
  });
});

describe("a sign-in that ends well", () => {
  it("shows its card the first time", async () => {
    await open();
    session.signIn = at(waiting);
    vi.mocked(ask.signIn).mockResolvedValue(at({ kind: "connected" }));
    vi.mocked(ask.start).mockResolvedValue({ ...start, connected: true, session: "signedIn" });
    happen({ kind: "signIn" });
    await vi.waitFor(() => expect(session.signIn?.state.kind).toBe("connected"));
    expect(view()).toBe("waiting");
    await leaveSignIn();
    expect(ask.cancelSignIn).not.toHaveBeenCalled();
    expect(view()).toBe("ledger");
  });

  it("goes straight back to the ledger when it was a reconnect", async () => {
    vi.mocked(ask.start).mockResolvedValue({ ...start, connected: true, session: "ended" });
    await open();
    session.signIn = at(waiting);
    vi.mocked(ask.signIn).mockResolvedValue(at({ kind: "connected" }));
    vi.mocked(ask.start).mockResolvedValue({ ...start, connected: true, session: "signedIn" });
    const before = changes.data;
    happen({ kind: "signIn" });
    await vi.waitFor(() => expect(session.start?.session).toBe("signedIn"));
    await vi.waitFor(() => expect(view()).toBe("ledger"));
    expect(changes.data).toBeGreaterThan(before);
    expect(toasts().map(({ text }) => text)).toEqual(["Everifin is connected again"]);
  });
});

describe("connecting her own Everifin from the demo", () => {
  const demo: Start = { ...start, book: "demo", connected: true, session: "signedIn" };

  it("shows her own book, and where the credentials are typed when there are none", async () => {
    vi.mocked(ask.start).mockResolvedValueOnce(demo);
    await open();
    expect(view()).toBe("ledger");
    vi.spyOn(ask, "connect").mockRejectedValue(new ipc.Refused({ kind: "credentialsMissing", retryAt: null }));
    expect(await connectOwn()).toBe(false);
    expect([view(), session.credentials, session.start?.book]).toEqual(["welcome", true, "own"]);
  });

  it("comes back to her own book when the sign-in is given up", async () => {
    vi.mocked(ask.start).mockResolvedValueOnce(demo);
    await open();
    vi.spyOn(ask, "connect").mockResolvedValue(at(waiting));
    expect(await connectOwn()).toBe(true);
    expect(view()).toBe("waiting");
    await leaveSignIn();
    expect(view()).toBe("welcome");
  });
});

describe("a step that cannot be done", () => {
  it("keeps why, and what was shown", async () => {
    await open();
    vi.spyOn(ask, "connect").mockRejectedValue(new ipc.Refused({ kind: "credentialsMissing", retryAt: null }));
    expect(await connect()).toBe(false);
    expect(session.failure?.kind).toBe("credentialsMissing");
    expect([view(), session.busy]).toEqual(["welcome", false]);
  });

  it("shows the link to copy when only the browser failed", async () => {
    await open();
    vi.spyOn(ask, "connect").mockRejectedValue(new ipc.Refused({ kind: "browserFailed", retryAt: null }));
    vi.mocked(ask.signIn).mockResolvedValue(at(waiting));
    await connect();
    expect(view()).toBe("waiting");
    expect(session.failure?.kind).toBe("browserFailed");
  });
});

it("reads what she did at Everifin when she comes back, once", async () => {
  vi.mocked(ask.start).mockResolvedValue({ ...start, connected: true, session: "signedIn" });
  await open();
  vi.spyOn(ask, "openEverifin").mockResolvedValue(null);
  cameBack();
  await openEverifin();
  expect(ask.sync).not.toHaveBeenCalled();
  cameBack();
  cameBack();
  expect(ask.sync).toHaveBeenCalledOnce();
});

it("passes on what happened outside", async () => {
  await open();
  const { data, payment } = changes;
  happen({ kind: "data" });
  happen({ kind: "payment", id: 7 });
  expect([changes.data, changes.payment, changes.lastPayment]).toEqual([data + 1, payment + 1, 7]);
});
