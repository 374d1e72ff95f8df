// Banners put off until tomorrow. Kept while the window is open: the web view itself keeps nothing on the disk.
import { dayOf } from "../format";

const state = $state<{ until: Record<string, string> }>({ until: {} });

/** Whether a banner was put off today. */
export const isPutOff = (what: string): boolean => state.until[what] === dayOf(Date.now());

/** Puts a banner off until tomorrow. */
export function putOff(what: string): void {
  state.until = { ...state.until, [what]: dayOf(Date.now()) };
}
