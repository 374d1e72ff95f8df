// Banners put off for a while. Kept while the window is open: the web view itself keeps nothing on the disk.
import { addDays } from "../days";
import { dayOf } from "../format";

/** What is put off, each with the day on which it comes again. */
const state = $state<{ until: Record<string, string> }>({ until: {} });

/** Whether a banner is put off today. */
export const isPutOff = (what: string): boolean => dayOf(Date.now()) < (state.until[what] ?? "");

/** Puts a banner off for some days: until tomorrow, where nothing else is said. */
export function putOff(what: string, days = 1): void {
  state.until = { ...state.until, [what]: addDays(dayOf(Date.now()), days) };
}

/**
 * At how many days before an end the owner is reminded next, with so many days left: 7, then 1. Null where no reminder is
 * left but that of tomorrow.
 */
export const nextReminder = (daysLeft: number): 7 | 1 | null => (daysLeft > 7 ? 7 : daysLeft > 1 ? 1 : null);
