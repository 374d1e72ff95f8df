export const backup = {
  section: "Backup",
  lastTitle: "Last backup",
  last: (when: string, size: string) => `${when}, ${size}, checked and readable`,
  none: "None yet",
  now: "Back up now",
  folder: "Folder",
  change: "Change",
  set: "Set",
  daily: "Every day",
  dailyHint: "Encrypted with your backup password",
  password: "Backup password",
  passwordHint: "Without it a backup cannot be opened",
  passwordNone: "A backup needs one",
  passwordTitle: "Backup password",
  passwordSay:
    "It encrypts the backups from now on; older ones keep theirs. It cannot be recovered: without it a backup cannot be opened. Keep it somewhere else than on this computer.",
  restore: "Restore",
  restoreHint: "Replaces the data on this computer",
  restoreDo: "Restore from a file",

  restoring: {
    title: "Restore a backup",
    means: [
      "The file is checked first. Only then it replaces the accounts, transactions, notes, categories and drafts on this computer.",
      "What came after the backup is missing. Transactions are read from the banks again; notes, categories and drafts are not.",
      "The sign-in and passwords are in no backup: they stay as they are on this computer.",
    ],
    choose: "Choose a file",
    password: "Password of this backup",
    does: "Restore",
    done: "Done",
  },
  restored: {
    title: "Your data is back",
    as: (when: string) => `As it was on ${when}.`,
    what: "What",
    back: "Restored",
    carried: "From the damaged file",
    rows: {
      accounts: "Accounts",
      transactions: "Transactions",
      notes: "Notes and categories",
      drafts: "Drafts",
      payments: "Payments",
    },
    nothing: "Nothing that only Saldo knew is missing.",
    notesSince: (when: string) => `Notes and categories written since ${when} may be missing.`,
    paymentsSince: (when: string) =>
      `Payments and drafts since ${when} may not be known here: look at the bank before paying again.`,
    transactions: "Newer transactions are read again from the banks.",
    unreadable: (count: string) => `Places of the damaged file that could not be read: ${count}.`,
    aside: (name: string) => `The file of before is kept in the folder of Saldo: ${name}`,
  },
  recovery: {
    title: { keyMissing: "The key to your data is missing", storeDamaged: "The data file is damaged" },
    kept: {
      keyMissing: [
        "Your data is on this computer, encrypted. Saldo has not touched it and makes no new key in its place.",
        "Your bank accounts and Everifin are not affected.",
      ],
      storeDamaged: [
        "The damaged file is kept, whatever you choose. Saldo has not changed it.",
        "Your bank accounts and Everifin are not affected.",
      ],
    },
    way: {
      again: "Open it once more",
      copy: "Take the safety copy",
      file: "Restore a backup",
      over: "Start over",
    },
    does: { again: "Try again", copy: "Restore", file: "Choose a file", over: "Start over" },
    hints: {
      again: {
        keyMissing: "The key may be back once the password store is open.",
        storeDamaged: "If the disk was not ready when Saldo opened.",
      },
      file: "What came after the backup is missing.",
      over: "Everything from the banks is read again. Notes, categories and drafts stay in the old file.",
    },
    copyHint: (when: string) => `${when}. What came after it is missing.`,
    overMeans: [
      "Saldo begins with an empty data file and reads everything from the banks again.",
      "Notes, categories, drafts and the record of payments are not in it.",
      "The old file is set aside in the folder of Saldo, not deleted.",
    ],
    open: "Open Saldo",
  },
  forget: {
    section: "Remove data",
    title: "Forget everything",
    hint: "Your bank accounts and your Everifin account stay as they are",
    open: "Remove",
    say: "This is removed from this computer, for good:",
    what: [
      "All accounts, transactions, notes, categories and drafts",
      "The sign-in, the service credentials and the password of Saldo",
      "The safety copies that Saldo made; backups in your folder stay",
    ],
    label: "Confirmation",
    word: "forget",
    asked: (word: string) => `Type “${word}” to confirm.`,
  },
};

export type BackupTexts = typeof backup;
