// Stands in the place of @tauri-apps/api/core in mode `mock`: the same two names, answers from the fixtures.
import { answers, type Answers } from "./answers";

/** A channel that the fixtures speak into. */
export class Channel<T> {
  onmessage: (message: T) => void = () => {};
}

/** Answers a command by its name on the wire; what a fixture throws is the failure, as Tauri would give it. */
export async function invoke(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
  const name = command.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as keyof Answers;
  const answer = answers[name] as ((...given: unknown[]) => unknown) | undefined;
  if (!answer) throw new Error(`no fixture answers ${name}`);
  // The generated bindings pass the arguments by name in the order of the parameters.
  return structuredClone(await answer(...Object.values(args)));
}
