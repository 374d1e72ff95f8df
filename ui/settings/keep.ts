import type { Settings } from "../bindings";
import { failureOf } from "../ipc";
import { session } from "../state/session.svelte";
import { changeSettings } from "../state/settings.svelte";

/** Changes a setting at once; where it cannot be kept, the banner says so and the setting goes back. */
export async function keep(change: Partial<Settings>): Promise<void> {
  try {
    await changeSettings(change);
    session.failure = null;
  } catch (thrown) {
    session.failure = failureOf(thrown);
  }
}
