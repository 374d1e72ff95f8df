import type { DayOff } from "../../bindings";

/** Why no payment leaves on a day. */
const off: Record<DayOff, string> = {
  weekend: "Weekend",
  newYear: "New Year’s Day",
  epiphany: "Epiphany",
  goodFriday: "Good Friday",
  easterMonday: "Easter Monday",
  labourDay: "Labour Day",
  victoryDay: "Victory Day",
  cyrilAndMethodius: "Saints Cyril and Methodius",
  janHus: "Jan Hus Day",
  slovakUprising: "Slovak National Uprising",
  ladyOfSorrows: "Our Lady of Sorrows",
  czechStatehood: "Czech Statehood Day",
  czechIndependence: "Czechoslovak Independence Day",
  allSaints: "All Saints",
  freedomDay: "Freedom and Democracy Day",
  christmasEve: "Christmas Eve",
  christmasDay: "Christmas Day",
  secondChristmasDay: "Second Day of Christmas",
};

export const paying = {
  section: "Payment limits",
  lowest: "Least to remain",
  closes: "Bank closes at",
  hint: "Saldo warns before a payment leaves less than this on the account. After the closing time, a payment of today leaves on the next bank day; all accounts of one bank share it.",
  none: "None of your accounts can pay.",
  release: {
    title: "Second passphrase for large payments",
    hint: "Above a limit, another person releases each payment here before it goes to the bank",
    on: (above: string) => `above ${above}`,
    setUp: "Set up",
    change: "Change limit",
    remove: "Remove",
    dialog: { set: "Second passphrase", change: "Change the limit", remove: "Remove the second passphrase" },
    say: {
      set: "Another person chooses it and keeps it to herself. It is asked for before a payment above the limit is handed over, and to change this rule. It cannot be recovered.",
      change: "What was released under the old limit has to be released again.",
      remove: "Payments of any amount are then handed over without it.",
    },
    done: { set: "Second passphrase set", change: "Limit changed", remove: "Second passphrase removed" },
    limit: "Asked for above",
    limitHint: "Payments in another currency always ask for it. Write 0 to be asked every time.",
    phrase: "Second passphrase",
    wrong: "That is not the second passphrase.",
    ask: "This payment is above your limit. The other person releases it here.",
    missing: "The second passphrase is needed.",
  },
  late: (time: string) => `Your bank closed at ${time} today.`,
  closesAt: (time: string) => `Your bank closes at ${time}.`,
  offDay: (name: string) => `${name}: not a bank day. It leaves on the next one.`,
  off,
};

export type Paying = typeof paying;
