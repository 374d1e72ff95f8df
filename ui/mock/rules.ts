// What is laid down for paying. States: fourEyes (a second passphrase releases payments), noPaying, closes, late, underLowest.
import type { DayOff, Money, PayingRule } from "../bindings";
import { addDays } from "../days";
import { accounts } from "./banks";
import { daysAgo, inState, pause, refuse, type Answers } from "./types";

/** What the mock takes as the second passphrase. */
const SECOND = "battery staple";

let above: Money | null = inState("fourEyes") ? { amount: "1000.00", currency: "EUR" } : null;
const released = new Set<string>();
const rules: PayingRule[] = inState("noPaying")
  ? []
  : accounts
      .filter((account) => account.canPay)
      .map((account, index) => ({
        account: account.id,
        lowest: index === 0 ? { amount: "2000.00", currency: account.currency } : null,
        closes: index === 0 ? "14:30:00" : null,
      }));

/** Whether the second passphrase has to release what was reviewed. */
export const needsRelease = (hash: string): boolean => above !== null && !released.has(hash);

async function prove(passphrase: string | null): Promise<void> {
  await pause(150);
  if (passphrase !== SECOND) refuse("passphraseWrong");
}

export const laidDown: Answers = {
  payingRules: () => rules,
  keepLowest: (account, typed) => {
    const rule = rules.find((one) => one.account === account) ?? refuse("notFound");
    if (/[^\d ,.]/.test(typed)) return "notAnAmount";
    const currency = accounts.find((one) => one.id === account)?.currency ?? "EUR";
    const amount = Number(typed.replaceAll(" ", "").replace(",", ".")).toFixed(2);
    rule.lowest = typed.trim() === "" ? null : { amount, currency };
    return null;
  },
  keepClosing: (account, closes) => {
    const rule = rules.find((one) => one.account === account) ?? refuse("notFound");
    rule.closes = closes;
    return null;
  },
  closedDays: () =>
    Array.from({ length: 366 }, (_, ahead) => addDays(daysAgo(0), ahead)).flatMap((day) => {
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
      const named: Record<string, DayOff> = { "12-24": "christmasEve", "12-25": "christmasDay", "01-01": "newYear" };
      const why: DayOff | undefined = weekend ? "weekend" : named[day.slice(5)];
      return why ? [{ day, why }] : [];
    }),
  releaseRule: () => ({ above }),
  setReleaseRule: async (current, typed, currency, passphrase) => {
    if (above) await prove(current);
    if (!/^[\d ]+([.,]\d{2})?$/.test(typed)) return typed.trim() === "" ? "missing" : "notAnAmount";
    if (!above && !passphrase) refuse("passphraseWrong");
    above = { amount: Number(typed.replaceAll(" ", "").replace(",", ".")).toFixed(2), currency };
    return null;
  },
  removeReleaseRule: async (current) => {
    await prove(current);
    above = null;
    return null;
  },
  releasePayment: async (_, hash, passphrase) => {
    await prove(passphrase);
    released.add(hash);
    return null;
  },
};
