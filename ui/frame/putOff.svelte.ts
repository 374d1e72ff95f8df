// Banners put off until tomorrow. Kept in the window's own storage: a wish about the screen, not data.
import { dayOf } from "../format";

const key = "saldo.putOff";
const state = $state<{ until: Record<string, string> }>({ until: read() });

function read(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return kept && typeof kept === "object" ? (kept as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** Whether a banner was put off today. */
export const isPutOff = (what: string): boolean => state.until[what] === dayOf(Date.now());

/** Puts a banner off until tomorrow. */
export function putOff(what: string): void {
  const today = dayOf(Date.now());
  state.until = {
    ...Object.fromEntries(Object.entries(state.until).filter(([, day]) => day === today)),
    [what]: today,
  };
  localStorage.setItem(key, JSON.stringify(state.until));
}
