import type { Platform } from "../../bindings";

type Ways = Record<Platform, string[]>;

const keychainAbsentWays: Ways = {
  linux: [
    "Install GNOME Keyring or KeePassXC and turn on its Secret Service, or use KDE Wallet.",
    "Sign out of the computer and in again, so that it starts.",
  ],
  mac: ["Open Keychain Access and check that there is a keychain named login.", "Restart the computer."],
  windows: ["Check that the service Credential Manager is running.", "Restart the computer."],
};
const keychainLockedWays: Ways = {
  linux: ["Unlock it when the system asks, usually with the password of this computer.", "Then try again here."],
  mac: ["Allow Saldo to use the keychain when macOS asks.", "Then try again here."],
  windows: ["Sign in to Windows with your own account.", "Then try again here."],
};

export const trouble = {
  keychainAbsent: "There is no password store",
  keychainAbsentWays,
  keychainWaiting: "Waiting for the password store",
  keychainWaitingWays: ["If a window asks for a password or for permission, answer it there."],
  keychainWaitingThen: "Saldo goes on by itself after that.",
  keychainLocked: "The password store is locked",
  keychainLockedWays,
  keychainFailed: "The password store cannot be used",
  keychainFailedWays: ["Restart the computer and open Saldo again.", "Your data on this computer is untouched."],
  diskFull: "The data file cannot be written",
  diskFullWays: ["Free some space on the disk, or make the folder writable.", "Nothing that was saved is lost."],
  storeNewer: "The data is from a newer Saldo",
  storeNewerWays: ["Install the newest version of Saldo and open it again."],
  storeFailed: "The data file cannot be opened",
  storeFailedWays: ["Close other programs that may be using it, such as a backup.", "Saldo has not changed the file."],
  passphrase: "Use a passphrase instead",
  passphraseSay:
    "Saldo then keeps your sign-in and the key to your data in a file that only this passphrase opens. It is asked for whenever Saldo opens. It cannot be recovered: without it the data on this computer cannot be opened.",
  passphraseDo: "Use this passphrase",
};

export type TroubleTexts = typeof trouble;
