// What is typed and not kept yet, wherever it stands: kept before the window is emptied by a lock.

/** How long a lock waits for it at most, in milliseconds: somebody may be coming up behind her. */
const PATIENCE = 2_000;

const keepers = new Set<() => Promise<unknown>>();

/** Keeps something when a lock comes, for as long as the effect that calls this lives. */
export function keepBeforeLock(keep: () => Promise<unknown>): () => void {
  keepers.add(keep);
  return () => keepers.delete(keep);
}

/** Keeps everything now. Never fails: what could not be kept does not hold up a lock. */
export async function keepAll(): Promise<void> {
  const all = Promise.allSettled([...keepers].map((keep) => keep()));
  await Promise.race([all, new Promise((done) => setTimeout(done, PATIENCE))]);
}
