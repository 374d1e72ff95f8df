// What the owner writes on one transaction: kept in order, never lost, never written on another transaction.
import type { Category, Failure, TransactionDetail, TransactionId } from "../bindings";
import { ask, failureOf } from "../ipc";

/** Characters that a note may have. */
export const LONGEST_NOTE = 2_000;

/** How long what is typed may stay unkept, in milliseconds: Saldo may lock at any time. */
const KEPT_WITHIN = 2_000;

/** How long "Saved" is said, in milliseconds. */
const SAID_FOR = 2_500;

/** What the owner wrote: a category that a rule gives is not hers, and keeping a note must not make it so. */
const written = (detail: TransactionDetail): { note: string; category: Category | null } => ({
  note: detail.note ?? "",
  category: detail.rule ? null : detail.row.category,
});

/** The note and category of one transaction while it is shown. Bound to its id for life. */
export class AnnotationEditor {
  /** The note as typed. */
  note = $state("");
  /** The category as chosen by the owner; none while a rule gives it. */
  category = $state<Category | null>(null);
  /** What is said under the note. */
  phase = $state<"idle" | "saving" | "saved">("idle");
  /** Why the last try failed; what was typed stays. */
  failure = $state.raw<Failure>();
  /** Characters that the note has too many; zero or less is fine. */
  readonly tooMany = $derived([...this.note].length - LONGEST_NOTE);

  readonly id: TransactionId;
  #kept: { note: string; category: Category | null };
  #onkept: (detail: TransactionDetail) => void;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(detail: TransactionDetail, onkept: (detail: TransactionDetail) => void) {
    this.id = detail.row.id;
    this.#kept = written(detail);
    this.note = this.#kept.note;
    this.category = this.#kept.category;
    this.#onkept = onkept;
  }

  /** Whether something is typed or chosen that is not kept yet. */
  get dirty(): boolean {
    return this.note !== this.#kept.note || this.category !== this.#kept.category;
  }

  /** Takes over what was read anew, unless the owner is writing. */
  refresh(detail: TransactionDetail): void {
    if (detail.row.id !== this.id || this.dirty) return;
    this.#kept = written(detail);
    this.note = this.#kept.note;
    this.category = this.#kept.category;
  }

  /** The owner types: keeps it soon. */
  typed(): void {
    this.#soon ??= setTimeout(() => void this.keep(), KEPT_WITHIN);
  }

  /** Keeps what is there now. Called while a keeping is under way, it keeps once more after it. */
  keep(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#running ??= this.#keepAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #keepAll(): Promise<void> {
    while (this.dirty && this.tooMany <= 0) {
      const sent = { note: this.note, category: this.category };
      this.phase = "saving";
      this.failure = undefined;
      try {
        const detail = await ask.annotate(this.id, sent);
        this.#kept = sent;
        this.#say();
        this.#onkept(detail);
      } catch (thrown) {
        this.failure = failureOf(thrown);
        this.phase = "idle";
        return;
      }
    }
  }

  #say(): void {
    this.phase = "saved";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.phase = "idle"), SAID_FOR);
  }
}
