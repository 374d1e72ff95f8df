import type { Messages } from "./en";
import { backup } from "./de/backup";
import { changes } from "./de/changes";
import { connections } from "./de/connections";
import { credentials } from "./de/credentials";
import { diagnostics } from "./de/diagnostics";
import { errors } from "./de/errors";
import { frame } from "./de/frame";
import { health } from "./de/health";
import { lock } from "./de/lock";
import { overview } from "./de/overview";
import { palette } from "./de/palette";
import { paying } from "./de/paying";
import { payments } from "./de/payments";
import { remembered } from "./de/remembered";
import { settings } from "./de/settings";
import { transactions } from "./de/transactions";
import { trouble } from "./de/trouble";
import { waiting } from "./de/waiting";
import { welcome } from "./de/welcome";

/** German. */
export const de = {
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
