// The window's only way out: the generated commands, with the failure thrown instead of returned.
import { Channel } from "@tauri-apps/api/core";
import { commands, type Failure, type FailureKind, type Happened } from "./bindings";

type Commands = typeof commands;

/** What a command gives when it succeeds. */
export type Answer<Name extends keyof Commands> = Extract<
  Awaited<ReturnType<Commands[Name]>>,
  { status: "ok" }
>["data"];

type Ask = { [Name in keyof Commands]: (...given: Parameters<Commands[Name]>) => Promise<Answer<Name>> };

/** A command that could not be done; `failure` says why. */
export class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

let locked = () => {};

/** Calls `then` when Saldo has locked itself, and whenever a command finds it locked, whichever it is. */
export const whenLocked = (then: () => void): void => void (locked = then);

function wrap(name: keyof Commands) {
  return async (...given: unknown[]) => {
    const command = commands[name] as (...all: unknown[]) => ReturnType<Commands[typeof name]>;
    const answer = await command(...given);
    if (answer.status === "error") {
      if (answer.error.kind === "locked") locked();
      throw new Refused(answer.error);
    }
    return answer.data;
  };
}

/** Every command of `bindings.ts`; each gives its answer or throws `Refused`. */
export const ask = Object.fromEntries(
  Object.keys(commands).map((name) => [name, wrap(name as keyof Commands)]),
) as unknown as Ask;

/**
 * The failure behind anything thrown. What is not a `Refused` is a mistake of the program, not of the owner: it is written
 * to the console and shown as an answer that could not be read.
 */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Refused && typeof thrown.failure === "object") return thrown.failure;
  console.error(thrown);
  return { kind: "answerUnreadable", retryAt: null };
}

/** Whether something thrown is this kind of failure. */
export const isKind = (thrown: unknown, kind: FailureKind) => thrown instanceof Refused && thrown.failure.kind === kind;

/** Calls `then` for everything that comes from outside but a lock, for the life of the window. */
export async function listen(then: (happened: Happened) => void): Promise<void> {
  const happened = new Channel<Happened>();
  happened.onmessage = (what) => (what.kind === "locked" ? locked() : then(what));
  await ask.listen(happened);
}
