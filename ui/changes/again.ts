// Counts a row again that stands aside.

import type { TransactionId } from "../bindings";
import { toTitle } from "../frame/focus";
import { t } from "../i18n.svelte";
import { ask, failureOf } from "../ipc";
import { changes } from "../state/changes.svelte";
import { session } from "../state/session.svelte";
import { toast } from "../state/toasts.svelte";

/** Counts it again and says so; what stands in the way is said by the frame. */
export async function countAgain(id: TransactionId): Promise<void> {
  try {
    await ask.countAgain(id);
    toast(t().changes.countedAgain);
    changes.data += 1;
    toTitle();
  } catch (thrown) {
    session.failure = failureOf(thrown);
  }
}
