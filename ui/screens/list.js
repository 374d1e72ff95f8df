// The screens that run.js looks at, one file per area. A screen: name, query for the fixtures (mock/types.ts), what must
// be there (`ready`, a selector), what to do first (`act`), and other sizes than the usual three.
import { changes } from "./changes.js";
import { guard } from "./guard.js";
import { invoices } from "./invoices.js";
import { ledger } from "./ledger.js";
import { orders } from "./orders.js";
import { overview } from "./overview.js";
import { panel } from "./panel.js";
import { payments } from "./payments.js";
import { proof } from "./proof.js";
import { transactions } from "./transactions.js";
import { remembered } from "./remembered.js";
import { start } from "./start.js";

/**
 * @typedef {{
 *   name: string, query?: string, language?: string, ready?: string, sizes?: [number, number][],
 *   act?: (page: import("playwright-core").Page) => Promise<unknown>
 * }} Screen
 */

/** @type {Screen[]} */
export const screens = [
  ...start,
  ...overview,
  ...transactions,
  ...payments,
  ...invoices,
  ...orders,
  ...remembered,
  ...panel,
  ...proof,
  ...changes,
  ...ledger,
  ...guard,
];
