// Which book is open, whether Everifin can be asked, and where a sign-in stands: what App.svelte decides by.
import type { Failure, Happened, SignInStatus, SignedOut, Start, Via } from "../bindings";
import { ask, failureOf, listen } from "../ipc";
import { go } from "./navigation.svelte";
import { changes } from "./changes.svelte";
import { useSettings } from "./settings.svelte";
import { forgetSync, sync, syncing } from "./sync.svelte";
import { toast } from "./toasts.svelte";
import { t, useLanguage } from "../i18n.svelte";

type Session = {
  start: Start | null;
  signIn: SignInStatus | null;
  /** Why the last step of the owner could not be done; shown where she is. */
  failure: Failure | null;
  busy: boolean;
  /** The welcome screen opens with its service credentials unfolded. */
  credentials: boolean;
  /** She is at Everifin in the browser: what she does there is read when she comes back. */
  away: boolean;
};

/** The session. Read it; it is changed by the functions below. */
export const session = $state<Session>({
  start: null,
  signIn: null,
  failure: null,
  busy: false,
  credentials: false,
  away: false,
});

/** Whether there is a session, as far as is known: what the owner may be told meanwhile is a matter of its state. */
export function hasSession(): boolean {
  const standing = session.start?.session ?? "signedOut";
  return standing !== "signedOut" && standing !== "ended";
}

/** What the window shows. */
export type View = "opening" | "locked" | "trouble" | "waiting" | "ledger" | "welcome";

/** The lock and trouble before all else; then a sign-in that is under way; then the ledger, if there is one. */
export function view(): View {
  if (!session.start) return "opening";
  if (session.start.trouble) return session.start.trouble.kind === "locked" ? "locked" : "trouble";
  if (session.signIn && session.signIn.state.kind !== "idle") return "waiting";
  return session.start.connected ? "ledger" : "welcome";
}

/** Asks what to show and begins to listen. Called once. */
export async function open(): Promise<void> {
  await Promise.all([listen((what) => void heard(what)).catch(failureOf), restart()]);
}

/** Asks again what to show: after a change of book, and by "Try again" of the trouble screen. */
export async function restart(): Promise<void> {
  try {
    await takeOver(await ask.start());
  } catch (thrown) {
    const trouble = failureOf(thrown);
    if (!session.start) await useLanguage("system", navigator.language);
    if (session.start) session.start.trouble = trouble;
    else session.failure = trouble;
  }
}

/** Shows what Rust says is open now: at the start, after unlocking, restoring, starting over. */
export async function takeOver(start: Start): Promise<void> {
  await useSettings(start.settings, start.systemLanguage);
  Object.assign(session, { start, failure: null });
  changes.data += 1;
  session.signIn = start.trouble ? null : await ask.signIn();
  // A sign-in that ended well before this start is no news.
  if (start.connected && session.signIn?.state.kind === "connected") session.signIn = null;
}

/** Shows the data that was put in the place of what was there; what the banks have since then is read at once. */
export async function takeOverRestored(start?: Start): Promise<void> {
  forgetSync();
  syncing.ended = null;
  await (start ? takeOver(start) : restart());
}

async function heard(what: Happened): Promise<void> {
  if (what.kind === "data") changes.data += 1;
  if (what.kind === "payment") {
    changes.lastPayment = what.id;
    changes.payment += 1;
  }
  if (what.kind === "signIn") await follow();
  // Trouble may be over: then what was not shown because of it is shown.
  if (what.kind === "session") await (session.start?.trouble ? restart() : refreshStart());
}

async function refreshStart(): Promise<void> {
  try {
    session.start = await ask.start();
  } catch (thrown) {
    session.failure = failureOf(thrown);
  }
}

/** Asks where the sign-in stands; a finished one changes what can be shown behind it. */
async function follow(): Promise<void> {
  try {
    const again = session.start?.connected && session.start.book === session.signIn?.book;
    const status = await ask.signIn();
    if (status.state.kind === "connected") {
      await refreshStart();
      changes.data += 1;
      void sync();
      // Reconnected: everything is as before, so the ledger is shown without another click.
      if (again) toast(t().waiting.reconnected);
      session.signIn = again ? null : status;
    } else session.signIn = status;
  } catch (thrown) {
    session.failure = failureOf(thrown);
  }
}

async function step(does: () => Promise<SignInStatus>): Promise<boolean> {
  session.busy = true;
  session.failure = null;
  try {
    session.signIn = await does();
    return true;
  } catch (thrown) {
    session.failure = failureOf(thrown);
    // The sign-in itself has begun: its screen offers the link to copy.
    if (session.failure.kind === "browserFailed") await follow();
    return false;
  } finally {
    session.busy = false;
  }
}

/** Connects or reconnects the open book; a demo signs in to the demo's Everifin again. */
export const connect = (via: Via = "deepLink") =>
  step(() => (session.start?.book === "demo" && session.start.connected ? ask.tryDemo() : ask.connect(via)));

/** Connects the owner's own Everifin; a demo that is open closes for it, its data stay. */
export async function connectOwn(via: Via = "deepLink"): Promise<boolean> {
  const fromDemo = session.start?.book === "demo";
  const begun = await step(() => ask.connect(via));
  if (fromDemo) {
    // The welcome screen looks once, when it appears.
    if (session.failure?.kind === "credentialsMissing") session.credentials = true;
    await refreshStart();
    changes.data += 1;
  }
  return begun;
}

/** Opens the demo. */
export const tryDemo = () => step(() => ask.tryDemo());

/** Begins a sign-in that only finds out whether Everifin enforces PKCE. */
export const probePkce = (via: Via = "deepLink") => step(() => ask.probePkce(via));

/** Begins the sign-in shown on the waiting screen anew, for what it was for. */
export const startAgain = (via: Via = "deepLink") =>
  step(() =>
    session.signIn?.purpose === "pkceProbe"
      ? ask.probePkce(via)
      : session.signIn?.book === "demo"
        ? ask.tryDemo()
        : ask.connect(via),
  );

/** Makes this Saldo the program that its links open, and looks whether it is. */
export async function repairLinks(): Promise<void> {
  session.busy = true;
  try {
    await ask.repairScheme();
    const { opener } = await ask.signIn();
    if (session.signIn) session.signIn.opener = opener;
  } catch (thrown) {
    session.failure = failureOf(thrown);
  }
  session.busy = false;
}

/** Opens the sign-in page again. */
export const openAgain = () => step(() => ask.openSignInAgain());

/** Gives the address that the browser ended at. */
export async function pasteAddress(address: string): Promise<boolean> {
  const taken = await step(() => ask.pasteAddress(address));
  if (taken && session.signIn?.state.kind === "connected") await follow();
  return taken;
}

/** Closes the waiting screen; a sign-in that is not finished is given up. */
export async function leaveSignIn(): Promise<void> {
  if (session.signIn?.state.kind !== "connected") await step(() => ask.cancelSignIn());
  if (session.signIn) session.signIn = { ...session.signIn, state: { kind: "idle" } };
}

/** Leaves the sign-in for the service credentials, wherever they stand now. */
export async function toCredentials(): Promise<void> {
  // Before the sign-in is left: the welcome screen looks once, when it appears.
  session.credentials = true;
  await leaveSignIn();
  session.failure = null;
  if (session.start?.connected) go({ page: "settings", section: "credentials" });
}

/** Reads what she may have changed at Everifin, once she is back. */
export function cameBack(): void {
  if (!session.away || !session.start?.connected) return;
  session.away = false;
  void sync();
}

/** Opens Everifin's own application in the browser, where banks are added and consents renewed. */
export async function openEverifin(): Promise<void> {
  session.failure = null;
  try {
    await ask.openEverifin();
    session.away = true;
  } catch (thrown) {
    session.failure = failureOf(thrown);
  }
}

/** Signs out; the ledger stays. */
export async function signOut(): Promise<SignedOut> {
  const done = await ask.signOut();
  await refreshStart();
  return done;
}

/** Leaves the demo; its data are removed. */
export async function leaveDemo(): Promise<void> {
  await takeOver(await ask.leaveDemo());
}
