// What a password has to be: long enough, and typed twice alike where it is new. Nothing else: length is what counts.

/** Characters that a new password has at least. */
export const SHORTEST = 8;

/** The fields of a dialog; a field that is not asked for is absent. */
export type Typed = { current?: string; next?: string; repeat?: string };

/** What is wrong with a field. */
export type PasswordProblem = "missing" | "short" | "differs";

/** What is wrong with what was typed, in the order of the fields. */
export function problems({ current, next, repeat }: Typed): { [Field in keyof Typed]?: PasswordProblem } {
  return {
    ...(current === "" ? { current: "missing" as const } : {}),
    ...(next !== undefined && [...next].length < SHORTEST ? { next: "short" as const } : {}),
    ...(repeat !== undefined && repeat !== next ? { repeat: "differs" as const } : {}),
  };
}
