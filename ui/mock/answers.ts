// All fixtures, one file per area. Add yours here; a command may be answered once.
import { bulk } from "./bulk";
import { connections } from "./connections";
import { diagnostics } from "./diagnostics";
import { guard } from "./guard";
import { invoices } from "./invoices";
import { orders } from "./orders";
import { overview } from "./overview";
import { payments } from "./payments";
import { proof } from "./proof";
import { remembered } from "./remembered";
import { laidDown } from "./rules";
import { session } from "./session";
import { transactions } from "./transactions";
import type { Answers } from "./types";

export type { Answers };

/** What the mock answers. */
export const answers: Answers = {
  ...session,
  ...guard,
  ...connections,
  ...overview,
  ...transactions,
  ...payments,
  ...invoices,
  ...orders,
  ...bulk,
  ...remembered,
  ...laidDown,
  ...diagnostics,
  ...proof,
};
