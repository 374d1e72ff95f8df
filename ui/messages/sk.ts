import type { Messages } from "./en";
import { backup } from "./sk/backup";
import { changes } from "./sk/changes";
import { connections } from "./sk/connections";
import { credentials } from "./sk/credentials";
import { diagnostics } from "./sk/diagnostics";
import { errors } from "./sk/errors";
import { frame } from "./sk/frame";
import { health } from "./sk/health";
import { lock } from "./sk/lock";
import { overview } from "./sk/overview";
import { palette } from "./sk/palette";
import { paying } from "./sk/paying";
import { payments } from "./sk/payments";
import { remembered } from "./sk/remembered";
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
  lock,
  backup,
  paying,
  payments,
  remembered,
  diagnostics,
  changes,
  health,
} satisfies Messages;
