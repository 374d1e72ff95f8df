// How Saldo fares. States: other (another program opens the links), nobody, noPkce, pkce, slow (the clock), keychainTest,
// unencrypted, calm (nothing failed).
import type { Diagnostics, Standing, Opener } from "../bindings";
import { daysAgo, inState, minutesAgo, type Answers } from "./types";

/** Which program opens Saldo's links. */
export const opener = (): Opener => {
  if (inState("other") && !repaired) return { kind: "another", program: "/home/marta/Downloads/saldo-0.0.9.AppImage" };
  if (inState("nobody") && !repaired) return { kind: "nobody" };
  return { kind: "thisSaldo" };
};
let repaired = false;

const standing = (): Standing => ({
  state: inState("ended") ? "ended" : "signedIn",
  until: inState("slow") ? null : minutesAgo(-30 * 1440),
  renewal: {
    at: minutesAgo(12),
    failure: inState("ended") ? { kind: "signInNeeded", retryAt: null } : null,
  },
});

const found = (): Diagnostics => ({
  at: minutesAgo(0),
  book: {
    session: standing(),
    keychain: inState("keychainTest")
      ? { kind: "fails", failure: { kind: "keychainLocked", retryAt: null } }
      : inState("sealed")
        ? { kind: "sealed", file: "vault.sealed" }
        : { kind: "works", name: "gnome-keyring" },
    pkce: inState("noPkce")
      ? { at: minutesAgo(3), found: "notEnforced" }
      : inState("pkce")
        ? { at: minutesAgo(3), found: "enforced" }
        : null,
    database: {
      cipher: inState("unencrypted") ? null : "4.19.0 community",
      kilobytes: 14_784,
      checked: inState("calm") ? null : minutesAgo(2 * 1440),
      copied: minutesAgo(180),
    },
    clockAhead: inState("slow") ? -3_660 : null,
  },
  trouble: null,
  opener: opener(),
  failures: inState("calm")
    ? []
    : [
        { at: minutesAgo(95), place: "accounts", kind: "offline", times: 4 },
        { at: minutesAgo(1500), place: "payment", kind: "paymentRefused", times: 1 },
        { at: `${daysAgo(3)}T07:12:00Z`, place: "signIn", kind: "credentialsRejected", times: 1 },
      ],
  versions: {
    saldo: "0.1.0",
    sqlite: "3.53.4",
    webView: "2.46.5",
    system: "Debian GNU/Linux 12 (bookworm) (x86_64)",
  },
  folder: "/home/marta/.local/share/app.saldo.desktop",
});

export const diagnostics: Answers = {
  diagnostics: found,
  standing,
  repairScheme: () => {
    repaired = true;
    return found();
  },
  saveReport: () => true,
  copyText: () => null,
  copiedOtherwise: () => (inState("swapped") ? "SK0809000000000123123123" : null),
};
