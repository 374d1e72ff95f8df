// From a failure to a sentence and one way on. Total: a new kind in bindings.ts does not compile until it has both.
import type { Failure, FailureKind } from "./bindings";
import { f, t } from "./i18n.svelte";

/** The one action that is offered with a failure. */
export type ActionName =
  | "retry"
  | "signIn"
  | "credentials"
  | "copyLink"
  | "newSignIn"
  | "review"
  | "openPayment"
  | "edit"
  | "back"
  | "unlock"
  | "chooseFile"
  | "chooseFolder"
  | "wayBack";

/** Which action fits which failure. */
export const actionOf: Record<FailureKind, ActionName> = {
  offline: "retry",
  statementUnreadable: "chooseFile",
  periodRefused: "retry",
  serviceDown: "retry",
  rateLimited: "retry",
  answerUnreadable: "retry",
  signInNeeded: "signIn",
  anotherUser: "signIn",
  credentialsRejected: "credentials",
  credentialsMissing: "credentials",
  addressInvalid: "credentials",
  addressWrong: "credentials",
  accessDenied: "newSignIn",
  linkWrong: "newSignIn",
  linkOld: "newSignIn",
  paymentsNotAllowed: "credentials",
  keychainAbsent: "retry",
  keychainWaiting: "retry",
  keychainLocked: "retry",
  keychainFailed: "retry",
  browserFailed: "copyLink",
  clipboardFailed: "retry",
  draftInvalid: "edit",
  draftChanged: "review",
  releaseNeeded: "review",
  alreadyHandedOver: "openPayment",
  bulkMixed: "back",
  partOfBulk: "openPayment",
  paymentRefused: "edit",
  answerInvalid: "openPayment",
  bankAddressRefused: "openPayment",
  returnAddressRefused: "wayBack",
  notFound: "back",
  diskFull: "retry",
  storeFailed: "retry",
  storeNewer: "retry",
  locked: "unlock",
  passphraseWrong: "retry",
  keyMissing: "retry",
  storeDamaged: "retry",
  backupUnreadable: "chooseFile",
  folderRefused: "chooseFolder",
  otherSaldo: "retry",
};

/** The sentence and the action's label for a failure, in the language in use. */
export function explain(failure: Failure): { sentence: string; action: ActionName; label: string } {
  const texts = t().errors;
  const action = actionOf[failure.kind];
  const sentence =
    failure.kind === "rateLimited" && failure.retryAt
      ? texts.rateLimitedUntil(f().time(failure.retryAt))
      : texts.say[failure.kind];
  return { sentence, action, label: texts.act[action] };
}
