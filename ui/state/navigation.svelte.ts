// Which page of the ledger is shown. No addresses: the window has no address bar and no links from outside.
import type { AccountId, PaymentId, TransactionId } from "../bindings";

/** Every page, with what it can be opened with. */
export type Route =
  | { page: "overview" }
  | { page: "transactions"; account?: AccountId; open?: TransactionId; text?: string }
  | { page: "payments"; open?: PaymentId }
  | { page: "payment"; draft?: PaymentId; from?: AccountId }
  | { page: "connections" }
  | { page: "settings"; section?: "general" | "appearance" | "credentials" | "account" | "diagnostics" | "about" };

/** The name of a page. */
export type PageName = Route["page"];

const first: Route = { page: "overview" };
const state = $state<{ route: Route; past: Route[] }>({ route: first, past: [] });

/** What is shown now. */
export const route = (): Route => state.route;

/** Shows a page. */
export function go(to: Route): void {
  if (JSON.stringify(to) === JSON.stringify(state.route)) return;
  state.past = [...state.past.slice(-20), state.route];
  state.route = to;
}

/** Goes back to the page shown before; to the overview where there is none. */
export function back(): void {
  state.route = state.past.at(-1) ?? first;
  state.past = state.past.slice(0, -1);
}
