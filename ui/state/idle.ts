// Tells Rust that somebody is there; when to lock is Rust's to decide.

/** Said at most this often, in milliseconds. */
export const EVERY = 15_000;

const inputs = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

/** Calls `tell` on input, at most once in 15 seconds. The answer ends it. */
export function watchInput(tell: () => void, now: () => number = Date.now): () => void {
  let last = -EVERY;
  const seen = () => {
    const at = now();
    // A clock that was set back is no reason to fall silent.
    if (at >= last && at - last < EVERY) return;
    last = at;
    tell();
  };
  for (const input of inputs) addEventListener(input, seen, { capture: true, passive: true });
  return () => inputs.forEach((input) => removeEventListener(input, seen, { capture: true }));
}
