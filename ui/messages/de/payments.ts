import type { Payments } from "../en/payments";

export const payments = {
  title: "Zahlungen",
  newPayment: "Neue Zahlung",
} satisfies Payments;
