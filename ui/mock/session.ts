// Start, settings, credentials and sign-in. States: welcome, waiting, wrongLink, finishing, connected, denied, timedOut,
// failed, another (user), probe, probed, locked, keyMissing, storeDamaged, keychainAbsent, keychainWaiting, keychainLocked, keychainFailed, storeFailed, storeNewer,
// diskFull, ended, signedOut, uncertain, unsaved, demo, noCredentials, offline.
import type { Channel as TauriChannel } from "@tauri-apps/api/core";
import type {
  CredentialsView,
  Failure,
  FailureKind,
  Happened,
  Language,
  Settings,
  SignInState,
  SignInStatus,
  Start,
  Theme,
} from "../bindings";
import { opener } from "./diagnostics";
import { address, inState, minutesAgo, refuse, type Answers } from "./types";

let settings: Settings = {
  language: (address.get("language") as Language | null) ?? "system",
  theme: (address.get("theme") as Theme | null) ?? "light",
  singleKeys: true,
  lockAfterMinutes: 10,
  hideAmounts: inState("hidden"),
  returnWay: { by: "link" },
};

let credentials: CredentialsView | null =
  inState("noCredentials") || inState("welcome")
    ? null
    : {
        environment: { kind: "production" },
        realm: "everifin_app",
        clientId: "brezan-desktop",
        hasSecret: true,
        payments: true,
      };

const troubles: FailureKind[] = [
  "keychainAbsent",
  "keychainWaiting",
  "keychainLocked",
  "keychainFailed",
  "storeFailed",
  "storeNewer",
  "diskFull",
  "locked",
  "keyMissing",
  "storeDamaged",
];
let trouble: Failure | null = troubles.filter(inState).map((kind) => ({ kind, retryAt: null }))[0] ?? null;

const waitingStates = ["waiting", "wrongLink", "finishing", "connected", "denied", "timedOut", "failed"] as const;
let connected =
  !inState("welcome") && !waitingStates.some((one) => (one !== "connected" || inState("first")) && inState(one));
let tell: ((happened: Happened) => void) | undefined;

const waiting = (wrongLink = false): SignInState => ({
  kind: "waiting",
  expiresAt: minutesAgo(-9.7),
  via: inState("loopback") ? "loopback" : "deepLink",
  wrongLink,
});

function firstState(): SignInState {
  if (inState("waiting")) return waiting();
  if (inState("wrongLink")) return waiting(true);
  if (inState("probed")) return { kind: "probed", found: inState("noPkce") ? "notEnforced" : "enforced" };
  if (inState("finishing")) return { kind: "finishing" };
  if (inState("connected")) return { kind: "connected" };
  if (inState("denied")) return { kind: "denied" };
  if (inState("timedOut")) return { kind: "timedOut" };
  if (inState("failed"))
    return {
      kind: "failed",
      failure: { kind: inState("another") ? "anotherUser" : "credentialsRejected", retryAt: null },
    };
  return { kind: "idle" };
}

let signIn: SignInStatus = {
  book: inState("demo") ? "demo" : "own",
  purpose: inState("probe") || inState("probed") ? "pkceProbe" : "signIn",
  state: firstState(),
  opener: opener(),
};
/** The book that is open. */
export let book: Start["book"] = inState("demo") ? "demo" : "own";
const standings = ["ended", "signedOut", "uncertain", "unsaved"] as const;
let sessionState: Start["session"] = standings.find(inState) ?? "signedIn";
if (!connected && !inState("connected")) sessionState = "signedOut";

/** Tells the window that something happened, as Rust does. */
export const happen = (what: Happened) => tell?.(what);

/** What the start says. */
export const start = (): Start => ({
  book,
  connected,
  session: sessionState,
  trouble,
  settings,
  systemLanguage: "en-GB",
  platform: "linux",
  version: "0.1.0",
});

/** What the start says from now on. */
export function settleTrouble(now: Failure | null, still = true): void {
  trouble = now;
  if (!still) [connected, sessionState, credentials] = [false, "signedOut", null];
}

function begin(state: SignInState): SignInStatus {
  signIn = { ...signIn, state };
  return signIn;
}

export const session: Answers = {
  start,
  listen: (channel: TauriChannel<Happened>) => {
    tell = (what) => channel.onmessage(what);
    return null;
  },
  settings: () => settings,
  saveSettings: (changed) => (settings = changed),
  credentials: () => credentials,
  saveCredentials: ({ clientSecret, ...rest }) => {
    if (rest.environment.kind === "custom" && !/^https:\/\//.test(rest.environment.api)) refuse("addressInvalid");
    credentials = { ...rest, hasSecret: clientSecret !== null || (credentials?.hasSecret ?? false) };
    return credentials;
  },
  connect: () => {
    if (!credentials?.hasSecret) refuse("credentialsMissing");
    signIn = { ...signIn, book: "own", purpose: "signIn" };
    return begin(waiting());
  },
  tryDemo: () => {
    signIn = { ...signIn, book: "demo", purpose: "signIn" };
    return begin(waiting());
  },
  probePkce: () => {
    signIn = { ...signIn, purpose: "pkceProbe" };
    return begin(waiting());
  },
  signIn: () => (signIn = { ...signIn, opener: opener() }),
  openSignInAgain: () => begin(waiting()),
  copySignInLink: () => null,
  pasteAddress: (pasted) => {
    if (!pasted.includes("code=")) refuse("linkWrong");
    connected = true;
    sessionState = "signedIn";
    book = signIn.book;
    setTimeout(() => happen({ kind: "signIn" }), 50);
    return begin({ kind: "connected" });
  },
  cancelSignIn: () => begin({ kind: "idle" }),
  signOut: () => {
    sessionState = "signedOut";
    return { serverTold: true };
  },
  leaveDemo: () => {
    book = "own";
    connected = false;
    sessionState = "signedOut";
    return start();
  },
  openEverifin: () => null,
};
