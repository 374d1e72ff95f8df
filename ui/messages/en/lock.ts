export const lock = {
  title: "Saldo is locked",
  say: "Unlock it to go on where you were.",
  sayPhrase: "This computer has no password store, so your passphrase opens the data.",
  password: "Password",
  phrase: "Passphrase",
  phraseAgain: "Passphrase again",
  unlock: "Unlock",
  wrong: "That is not the password.",
  wrongPhrase: "That is not the passphrase.",
  waits: (time: string) => `The next try is possible in ${time}.`,
  show: "Show what is typed",
  caps: "Caps Lock is on.",
  forgotten: "Forgotten?",
  forgottenSay:
    "Without the password the data on this computer cannot be opened. Nobody can reset it, we cannot either.",
  forgottenPhrase:
    "Without the passphrase the data on this computer cannot be opened. Nobody can reset it, we cannot either.",
  forgottenWays:
    "What remains is to start over: Saldo removes everything from this computer, you sign in again, and everything from the banks is read again. Notes, categories and drafts come back only from a backup.",

  section: "App lock",
  ask: "Ask for a password when Saldo opens",
  askHint: "The data on this computer is encrypted either way",
  change: "Change",
  idle: "Lock when idle for",
  minutes: (count: number) => `${count} minutes`,
  never: "Never",
  hide: "Hide amounts until I point at them",
  hideHint: "For open offices and video calls",
  kept: "Where the sign-in is kept",
  keptHint: "The key to your data is there too, never in a file",
  keptPhrase: "A passphrase of yours (no keychain on this computer)",
  keptPhraseHint: "In a file that only your passphrase opens",

  dialog: { set: "Set a password", change: "Change the password", remove: "Remove the password" },
  setSay:
    "Saldo asks for it when it opens and after it has locked. It cannot be recovered: without it the data on this computer cannot be opened.",
  removeSay: "Saldo then opens without asking. The data stays encrypted, with its key in the password store.",
  act: { set: "Set password", change: "Change password", remove: "Remove password" },
  done: { set: "Password set", change: "Password changed", remove: "Password removed" },
  field: { current: "Current password", next: "New password", repeat: "New password again" },
  least: "At least 8 characters. Longer is safer.",
  problem: {
    missing: "The current password is needed.",
    short: "It needs at least 8 characters.",
    differs: "This is not the same as above.",
  },
  cancel: "Cancel",

  now: "Lock Saldo",
  setFirst: "To lock Saldo, set a password first.",
  notInDemo: "Nothing in the demo is real, so there is nothing to lock.",
  hidden: "amount hidden",
  hideNow: "Hide amounts",
  showNow: "Show amounts",
};

export type LockTexts = typeof lock;
