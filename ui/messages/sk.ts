import type { Messages } from "./en";
import { connections } from "./sk/connections";
import { credentials } from "./sk/credentials";
import { diagnostics } from "./sk/diagnostics";
import { errors } from "./sk/errors";
import { frame } from "./sk/frame";
import { overview } from "./sk/overview";
import { palette } from "./sk/palette";
import { payments } from "./sk/payments";
import { settings } from "./sk/settings";
import { transactions } from "./sk/transactions";
import { trouble } from "./sk/trouble";
import { waiting } from "./sk/waiting";
import { welcome } from "./sk/welcome";

/** Slovak. */
export const sk = {
  frame,
  errors,
  credentials,
  trouble,
  welcome,
  waiting,
  settings,
  connections,
  overview,
  transactions,
  palette,
  payments,
  diagnostics,
} satisfies Messages;
