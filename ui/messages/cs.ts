import type { Messages } from "./en";
import { backup } from "./cs/backup";
import { changes } from "./cs/changes";
import { connections } from "./cs/connections";
import { credentials } from "./cs/credentials";
import { diagnostics } from "./cs/diagnostics";
import { errors } from "./cs/errors";
import { frame } from "./cs/frame";
import { health } from "./cs/health";
import { lock } from "./cs/lock";
import { overview } from "./cs/overview";
import { palette } from "./cs/palette";
import { paying } from "./cs/paying";
import { payments } from "./cs/payments";
import { remembered } from "./cs/remembered";
import { settings } from "./cs/settings";
import { transactions } from "./cs/transactions";
import { trouble } from "./cs/trouble";
import { waiting } from "./cs/waiting";
import { welcome } from "./cs/welcome";

/** Czech. */
export const cs = {
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
