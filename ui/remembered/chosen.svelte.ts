// The drafts that the owner chose to pay one after another: remembered while she is away in the form of one of them.
import { SvelteSet } from "svelte/reactivity";
import type { PaymentId } from "../bindings";

/** The drafts chosen. */
export const chosen = new SvelteSet<PaymentId>();
/** Whether paying them has begun. */
export const begun = $state({ yes: false });

/** Forgets those that are no longer drafts: they were handed over or thrown away. */
export function keepOnly(drafts: readonly PaymentId[]): void {
  for (const id of chosen) if (!drafts.includes(id)) chosen.delete(id);
  if (chosen.size === 0) begun.yes = false;
}
