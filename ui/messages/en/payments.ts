export const payments = {
  title: "Payments",
  newPayment: "New payment",
};

export type Payments = typeof payments;
