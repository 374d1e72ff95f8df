// Payments, drafts and payees.
import type { Answers } from "./types";

export const payments: Answers = {
  payments: () => [],
};
