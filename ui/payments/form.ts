// When the payment form speaks: which problems show at which moment, and when a draft is kept.
// Nothing here reads an amount or an account number; Rust does (`check_draft`).

import type { DraftCheck, DraftInput, Field, FieldProblem, Problem } from "../bindings";

/** The fields in reading order, which is also the order of focus on review. */
export const FIELDS: readonly Field[] = [
  "from",
  "payee",
  "account",
  "amount",
  "payOn",
  "variableSymbol",
  "specificSymbol",
  "constantSymbol",
  "message",
];

/** The most characters a message for the payee may have. */
export const MESSAGE_LIMIT = 140;

/** An empty form. */
export function emptyInput(from: number | null = null, currency = "EUR"): DraftInput {
  return {
    from,
    payee: "",
    account: "",
    amount: "",
    currency,
    payOn: null,
    variableSymbol: "",
    specificSymbol: "",
    constantSymbol: "",
    message: "",
  };
}

/** Whether the owner has not typed anything yet: such a form is not worth a draft. */
export function isBlank(input: DraftInput): boolean {
  const typed =
    input.payee +
    input.account +
    input.amount +
    input.variableSymbol +
    input.specificSymbol +
    input.constantSymbol +
    input.message;
  return typed.trim() === "";
}

/** Whether two forms hold the same. */
export function sameInput(a: DraftInput, b: DraftInput): boolean {
  return (Object.keys(a) as (keyof DraftInput)[]).every((key) => a[key] === b[key]);
}

/** A field that is merely unfinished is not an error before the review. */
function isUnfinished(problem: Problem): boolean {
  return problem === "missing" || problem === "accountUnfinished";
}

/** Check digits speak as soon as the length fits, before the field is left. */
function speaksAtOnce(problem: FieldProblem, check: DraftCheck): boolean {
  if (problem.field === "message") return problem.problem === "tooLong";
  return (
    problem.field === "account" &&
    problem.problem === "accountWrong" &&
    check.account.kind === "wrong" &&
    (check.account.problem === "digits" || check.account.problem === "domesticDigits")
  );
}

/**
 * Which fields may show their problem by now. A field speaks once it has been left, and from then on at each
 * keystroke until it is right; after that it is silent again until it is left once more. A review lets all speak.
 */
export class Speaking {
  private constructor(
    private readonly left: ReadonlySet<Field>,
    private readonly reviewed: ReadonlySet<Field>,
  ) {}

  /** A form that nobody has touched. */
  static fresh(): Speaking {
    return new Speaking(new Set(), new Set());
  }

  /** The owner left the field. */
  leave(field: Field): Speaking {
    return this.left.has(field) ? this : new Speaking(new Set([...this.left, field]), this.reviewed);
  }

  /** The owner typed into the field; `inError` says whether it shows a problem at this moment. */
  type(field: Field, inError: boolean): Speaking {
    if (inError || !this.left.has(field)) return this;
    const without = (fields: ReadonlySet<Field>) => new Set([...fields].filter((each) => each !== field));
    return new Speaking(without(this.left), without(this.reviewed));
  }

  /** The owner asked for the review. */
  review(): Speaking {
    return new Speaking(new Set(FIELDS), new Set(FIELDS));
  }

  /** The problem to show at each field, at most one, by what Rust last said. */
  shown(check: DraftCheck | null): Partial<Record<Field, Problem>> {
    const shown: Partial<Record<Field, Problem>> = {};
    for (const found of check?.problems ?? []) {
      const { field, problem } = found;
      if (shown[field] !== undefined) continue;
      const may = this.left.has(field) && (!isUnfinished(problem) || this.reviewed.has(field));
      if (may || speaksAtOnce(found, check as DraftCheck)) shown[field] = problem;
    }
    return shown;
  }
}

/** The first field with a problem, in reading order; the review puts the focus there. */
export function firstProblem(problems: readonly FieldProblem[]): Field | null {
  return FIELDS.find((field) => problems.some((each) => each.field === field)) ?? null;
}

/** A timer, so that tests decide when time passes. */
export interface Timer {
  /** Runs `act` after so many milliseconds; the answer ends the wait. */
  after(milliseconds: number, act: () => void): () => void;
}

/** The present moment, as RFC 3339. */
export const moment = (): string => new Date().toISOString();

/** The window's own timer. */
export const windowTimer: Timer = {
  after(milliseconds, act) {
    const id = setTimeout(act, milliseconds);
    return () => clearTimeout(id);
  },
};

/**
 * Asks a question about something that changes while it is typed: waits until it rests, and drops every answer
 * that is older than the newest question.
 */
export class Asking<Q, A> {
  private newest = 0;
  private stop: (() => void) | null = null;

  /** `ask` puts the question, `tell` gets the answer to the newest one only, `rest` is the wait in milliseconds. */
  constructor(
    private readonly ask: (question: Q) => Promise<A>,
    private readonly tell: (answer: A, question: Q) => void,
    private readonly timer: Timer = windowTimer,
    private readonly rest = 120,
  ) {}

  /** Asks after the rest; a later call takes the place of an earlier one. */
  soon(question: Q): void {
    this.stop?.();
    this.newest += 1;
    this.stop = this.timer.after(this.rest, () => void this.now(question));
  }

  /** Asks at once. Answers null when a newer question was put in the meantime. */
  async now(question: Q): Promise<A | null> {
    this.stop?.();
    this.stop = null;
    this.newest += 1;
    const mine = this.newest;
    const answer = await this.ask(question);
    if (mine !== this.newest) return null;
    this.tell(answer, question);
    return answer;
  }

  /** Forgets what is under way. */
  end(): void {
    this.stop?.();
    this.newest += 1;
  }
}

/** How long a change may stay unkept, in milliseconds. */
export const KEEP_EVERY = 2000;

/**
 * Keeps a draft at most two seconds after a change. Never two writes at once, so that a new draft gets one id only.
 * A failed write stays due: the next change or `keep` writes again.
 */
export class Keeping<T> {
  private due: T | undefined;
  private stop: (() => void) | null = null;
  private running: Promise<boolean> | null = null;

  /** `write` answers whether it worked; it must not throw. */
  constructor(
    private readonly write: (value: T) => Promise<boolean>,
    private readonly timer: Timer = windowTimer,
  ) {}

  /** Something changed. */
  changed(value: T): void {
    this.due = value;
    this.stop ??= this.timer.after(KEEP_EVERY, () => void this.keep());
  }

  /** Writes now what is not kept yet, after any write under way. Answers whether everything is kept. */
  async keep(): Promise<boolean> {
    this.stop?.();
    this.stop = null;
    if (this.running) {
      await this.running;
      return this.due === undefined ? true : this.keep();
    }
    if (this.due === undefined) return true;
    const value = this.due;
    this.due = undefined;
    this.running = this.write(value);
    const kept = await this.running;
    this.running = null;
    if (!kept) this.due ??= value;
    return kept;
  }

  /** Forgets what is due, for a form that is thrown away; waits for a write under way. */
  async drop(): Promise<void> {
    this.stop?.();
    this.stop = null;
    this.due = undefined;
    await this.running;
    this.due = undefined;
  }
}
