// An answer that a screen shows: asked for, kept while it is asked for again, and asked anew when what it depends on changes.
import type { Failure } from "../bindings";
import { failureOf } from "../ipc";

/** An answer with its state. The value stays while a newer one is on its way, so that nothing flickers. */
export type Asked<T> = {
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  /** Waiting for an answer: for the first one while there is no value. */
  readonly busy: boolean;
  /** Asks again. */
  again(): Promise<void>;
};

/**
 * Asks at once and again whenever a rune read in `question` changes: read `changes.data` there to follow the ledger. Call it
 * while a component (or another effect root) is set up. An answer that is overtaken by a newer question is dropped.
 */
export function asked<T>(question: () => Promise<T> | undefined): Asked<T> {
  let value = $state.raw<T>();
  let failure = $state.raw<Failure>();
  let busy = $state(true);
  let latest = 0;

  const settle = async (answer: Promise<T> | undefined) => {
    const mine = ++latest;
    if (!answer) {
      busy = false;
      return;
    }
    busy = true;
    try {
      const got = await answer;
      if (mine !== latest) return;
      value = got;
      failure = undefined;
    } catch (thrown) {
      if (mine !== latest) return;
      failure = failureOf(thrown);
    }
    busy = false;
  };
  $effect(() => {
    void settle(question());
  });
  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
    get busy() {
      return busy;
    },
    again: () => settle(question()),
  };
}
