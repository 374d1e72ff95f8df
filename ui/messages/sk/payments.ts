import type { Payments } from "../en/payments";

export const payments = {
  title: "Platby",
  newPayment: "Nová platba",
} satisfies Payments;
