// The list of transactions and their details.
import type { Answers } from "./types";

export const transactions: Answers = {};
