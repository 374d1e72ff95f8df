// Which page of the ledger is shown. No addresses: the window has no address bar and no links from outside.
import type { AccountId, PaymentId, TransactionId } from "../bindings";

/** Every page, with what it can be opened with. */
export type Route =
  | { page: "overview" }
  | { page: "transactions"; account?: AccountId; open?: TransactionId; text?: string }
  | { page: "payments"; open?: PaymentId; together?: PaymentId[] }
  | { page: "payment"; draft?: PaymentId; from?: AccountId }
  | { page: "remembered"; part?: "due" | "payees" | "templates"; from?: PaymentId }
  | { page: "connections" }
  | { page: "changes"; aside?: boolean }
  | {
      page: "settings";
      section?:
        | "general"
        | "appearance"
        | "rules"
        | "payments"
        | "paying"
        | "lock"
        | "backup"
        | "credentials"
        | "account"
        | "diagnostics"
        | "about"
        | "forget";
    };

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

/** The payment being written is kept as this draft: who comes back to the page finds it, and the page is not made anew. */
export function draftKept(draft: PaymentId): void {
  if (state.route.page === "payment") state.route.draft = draft;
}

/** Forgets where the owner was. */
export function goHome(): void {
  Object.assign(state, { route: first, past: [] });
}

/** Goes back to the page shown before; to the overview where there is none. */
export function back(): void {
  state.route = state.past.at(-1) ?? first;
  state.past = state.past.slice(0, -1);
}
