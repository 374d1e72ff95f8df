// What a file of fixtures is made of.
import type { commands, Failure, FailureKind } from "../bindings";
import type { Answer } from "../ipc";

type Commands = typeof commands;

/** Answers to commands, each with the command's own parameters; thrown failures by `refuse`. */
export type Answers = {
  [Name in keyof Commands]?: (...given: Parameters<Commands[Name]>) => Answer<Name> | Promise<Answer<Name>>;
};

/** The words of the address: `?state=denied,offline&language=sk&theme=dark&page=settings`. */
export const address = new URLSearchParams(location.search);

/** Whether the address asks for a state: `?state=denied,offline`. */
export const inState = (name: string): boolean => (address.get("state") ?? "").split(",").includes(name);

/** Fails as a command does. */
export function refuse(kind: FailureKind, retryAt: string | null = null): never {
  throw { kind, retryAt } satisfies Failure;
}

/** A moment some minutes ago (or, below zero, ahead), as RFC 3339. */
export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** A day some days ago (or, below zero, ahead), as YYYY-MM-DD. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Waits; for fixtures that take their time. */
export const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
