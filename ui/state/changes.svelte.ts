// What has changed since, so that what is shown is asked for again. Reading a number in an effect is the subscription.
import type { PaymentId } from "../bindings";

/** Counts up whenever the ledger's data, or a payment, changed without the reader's doing. */
export const changes = $state<{ data: number; payment: number; lastPayment: PaymentId | null }>({
  data: 0,
  payment: 0,
  lastPayment: null,
});
