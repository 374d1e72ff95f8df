import type { FailureKind } from "../../bindings";
import type { ActionName } from "../../errors";

/** What happened, what still works. A kind of failure without a sentence does not compile. */
const say: Record<FailureKind, string> = {
  offline: "There is no connection to the internet. What you see is kept on this computer.",
  statementUnreadable: "This file is no statement that Saldo can read. Nothing was changed.",
  periodRefused:
    "The bank does not give transactions for so long a period. Nothing here is lost. Saldo asks for less at the next sync.",
  serviceDown: "Everifin or a bank did not answer properly. Nothing here is lost. Saldo tries again at the next sync.",
  rateLimited: "Everifin asks Saldo to wait before it asks again. What you see is kept on this computer.",
  answerUnreadable: "An answer came that Saldo does not understand. Nothing was changed.",
  signInNeeded: "The session at Everifin has ended. Your data stays here; new data waits until you sign in.",
  anotherUser:
    "You signed in to Everifin as someone else. Saldo has ended that sign-in and read nothing with it; your book is kept. Sign in as yourself.",
  credentialsRejected: "Everifin does not accept this client ID or secret. Compare both with what Everifin sent you.",
  credentialsMissing: "Saldo needs the client ID and secret that Everifin gave you. They are entered once.",
  addressInvalid: "A server address is not usable. It has to begin with https://, or be on this computer.",
  addressWrong:
    "There is no Everifin at this address, or it does not know this realm. Compare both with what Everifin sent you.",
  accessDenied: "Access was not allowed. Nothing has been shared.",
  linkWrong: "This address is not the answer to the sign-in in progress. Saldo ignored it.",
  linkOld: "This sign-in link is too old or has been used already. Start a new sign-in.",
  paymentsNotAllowed:
    "This sign-in may read accounts only. To pay, allow payments in the service credentials and sign in again.",
  keychainAbsent:
    "This computer has no password store. Saldo keeps your sign-in and secrets only there, never in a file.",
  keychainWaiting: "Saldo has asked the password store of this computer and waits for its answer.",
  keychainLocked: "The password store of this computer is locked, or access was refused.",
  keychainFailed: "The password store of this computer did not answer as it should.",
  browserFailed: "The browser could not be opened. Copy the link and paste it into a browser.",
  clipboardFailed: "The link could not be copied. Open it again from here instead.",
  draftInvalid: "Something in the payment is missing or wrong. The fields say what.",
  draftChanged: "The payment has changed since you checked it. Check it once more.",
  releaseNeeded: "This payment is above your limit: the second passphrase has to release it first. Nothing was sent.",
  alreadyHandedOver: "This payment has already been handed over. It is not sent twice.",
  bulkMixed:
    "These payments cannot go with one signature. They need one account, one currency and one day, and there can be 2 to 500 of them.",
  partOfBulk: "This payment is paid together with others. Take it out of them, or pay them together.",
  paymentRefused: "The payment was refused before it was created. Nothing was sent and no money moved.",
  answerInvalid: "This is not an answer to what the bank asks, or it is too long. Nothing was sent.",
  bankAddressRefused: "The bank's approval address is not one that Saldo may open. Nothing was approved.",
  returnAddressRefused:
    "Everifin does not take the address to which your bank would send the browser back. Nothing was sent; choose another way in Settings.",
  notFound: "This is not here any more.",
  diskFull: "The data file could not be written. The disk is full or read-only.",
  storeFailed: "The data file could not be read or written.",
  storeNewer: "The data file was written by a newer version of Saldo. It has not been touched.",
  storeDamaged: "The data file is damaged, or its key does not fit. Saldo has not touched it.",
  keyMissing:
    "Your data is here, but its key is not in the password store of this computer. Saldo has not touched the data.",
  locked: "Saldo is locked. Your data is safe and waits for your password.",
  passphraseWrong: "This is not the right password. Nothing was changed.",
  backupUnreadable:
    "This file cannot be read: it is not a Saldo backup, it is damaged, or it has another password. Nothing was changed.",
  folderRefused: "Saldo cannot write into this folder. Choose another one, or make it writable.",
  otherSaldo: "Another open Saldo is at work on the same data and has not finished. Nothing was done twice.",
};

const act: Record<ActionName, string> = {
  wayBack: "Choose another way",
  retry: "Try again",
  signIn: "Sign in",
  credentials: "Open service credentials",
  copyLink: "Copy link",
  newSignIn: "Start again",
  review: "Check again",
  openPayment: "Show the payment",
  edit: "Back to edit",
  back: "Back",
  unlock: "Unlock",
  chooseFile: "Choose another file",
  chooseFolder: "Choose another folder",
};

export const errors = {
  say,
  act,
  /** A rate limit whose end is known; `time` is "08:42". */
  rateLimitedUntil: (time: string) =>
    `Everifin asks Saldo to wait until ${time} before it asks again. What you see is kept on this computer.`,
};

export type Errors = typeof errors;
