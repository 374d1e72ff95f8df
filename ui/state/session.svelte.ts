// Which book is open, whether Everifin can be asked, and where a sign-in stands: what App.svelte decides by.
import type { Failure, Happened, SignInStatus, SignedOut, Start, Via } from "../bindings";
import { ask, failureOf, listen } from "../ipc";
import { changes } from "./changes.svelte";
import { useSettings } from "./settings.svelte";

type Session = {
  start: Start | null;
  signIn: SignInStatus | null;
  /** Why the last step of the owner could not be done; shown where she is. */
  failure: Failure | null;
  busy: boolean;
};

/** The session. Read it; it is changed by the functions below. */
export const session = $state<Session>({ start: null, signIn: null, failure: null, busy: false });

/** What the window shows. */
export type View = "opening" | "trouble" | "waiting" | "ledger" | "welcome";

/** Trouble before all else; then a sign-in that is under way; then the ledger, if there is one. */
export function view(): View {
  if (!session.start) return "opening";
  if (session.start.trouble) return "trouble";
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
    const start = await ask.start();
    useSettings(start.settings, start.systemLanguage);
    session.start = start;
    session.signIn = start.trouble ? null : await ask.signIn();
  } catch (thrown) {
    const trouble = failureOf(thrown);
    if (session.start) session.start.trouble = trouble;
    else session.failure = trouble;
  }
}

async function heard(what: Happened): Promise<void> {
  if (what.kind === "data") changes.data += 1;
  if (what.kind === "payment") {
    changes.lastPayment = what.id;
    changes.payment += 1;
  }
  if (what.kind === "signIn") await follow();
  if (what.kind === "session") await refreshStart();
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
    session.signIn = await ask.signIn();
    if (session.signIn.state.kind === "connected") {
      await refreshStart();
      changes.data += 1;
    }
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
    return false;
  } finally {
    session.busy = false;
  }
}

/** Connects or reconnects the owner's own Everifin, or signs in to the demo again where the demo is open. */
export const connect = (via: Via = "deepLink") =>
  step(() => (session.start?.book === "demo" && session.start.connected ? ask.tryDemo() : ask.connect(via)));

/** Leaves the demo's side and connects the owner's own Everifin. */
export const connectOwn = (via: Via = "deepLink") => step(() => ask.connect(via));

/** Opens the demo. */
export const tryDemo = () => step(() => ask.tryDemo());

/** Opens the sign-in page again. */
export const openAgain = () => step(() => ask.openSignInAgain());

/** Gives the address that the browser ended at. */
export const pasteAddress = (address: string) => step(() => ask.pasteAddress(address));

/** Gives the sign-in up, or closes the screen of one that is over. */
export const leaveSignIn = async () => {
  await step(() => ask.cancelSignIn());
  if (session.signIn) session.signIn = { ...session.signIn, state: { kind: "idle" } };
};

/** Signs out; the ledger stays. */
export async function signOut(): Promise<SignedOut> {
  const done = await ask.signOut();
  await refreshStart();
  return done;
}

/** Leaves the demo; its data are removed. */
export async function leaveDemo(): Promise<void> {
  session.start = await ask.leaveDemo();
  session.signIn = null;
  changes.data += 1;
}
