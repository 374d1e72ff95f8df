import { backup } from "./en/backup";
import { changes } from "./en/changes";
import { connections } from "./en/connections";
import { credentials } from "./en/credentials";
import { diagnostics } from "./en/diagnostics";
import { errors } from "./en/errors";
import { frame } from "./en/frame";
import { health } from "./en/health";
import { lock } from "./en/lock";
import { overview } from "./en/overview";
import { palette } from "./en/palette";
import { paying } from "./en/paying";
import { payments } from "./en/payments";
import { remembered } from "./en/remembered";
import { settings } from "./en/settings";
import { transactions } from "./en/transactions";
import { trouble } from "./en/trouble";
import { waiting } from "./en/waiting";
import { welcome } from "./en/welcome";

/** English: the source of the other languages' types. A folder per language, a file per area. */
export const en = {
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
};

/** What every language must have. */
export type Messages = typeof en;
