// One payment while it is written, checked and handed over. What it says of itself comes from Rust; see form.ts for when.

import type { AccountId, DraftCheck, DraftInput, Failure, Field, PaymentId, Problem, Review } from "../bindings";
import { f } from "../i18n.svelte";
import { ask, failureOf } from "../ipc";
import { Confirming } from "./confirming.svelte";
import { Asking, FIELDS, Keeping, Speaking, emptyInput, firstProblem, isBlank, moment, sameInput } from "./form";

/** The payment being written. */
export class Editor extends Confirming<Review> {
  input = $state<DraftInput>(emptyInput());
  check = $state.raw<DraftCheck | null>(null);
  speaking = $state.raw(Speaking.fresh());
  /** The draft's id; none before it is kept for the first time. */
  id = $state<PaymentId | null>(null);
  /** When the draft was last kept, and why it could not be. */
  keptAt = $state<string | null>(null);
  keepFailure = $state<Failure | null>(null);
  /** Why an existing draft could not be opened. */
  openFailure = $state<Failure | null>(null);
  /** The problem to show at each field. */
  readonly shown: Partial<Record<Field, Problem>> = $derived(this.speaking.shown(this.check));

  private here: Field | null = null;
  private over = false;
  private readonly asking = new Asking<DraftInput, DraftCheck | null>(
    async (input) => {
      try {
        return await ask.checkDraft(this.id, input);
      } catch (thrown) {
        failureOf(thrown);
        return null;
      }
    },
    (answer) => (this.check = answer ?? this.check),
  );
  private readonly keeping = new Keeping<DraftInput>(async (input) => {
    try {
      this.id = (await ask.saveDraft(this.id, input)).id;
      this.keptAt = moment();
      this.keepFailure = null;
      return true;
    } catch (thrown) {
      this.keepFailure = failureOf(thrown);
      return false;
    }
  });

  /** Begins an empty payment from an account. */
  begin(from: AccountId | null, currency: string): void {
    this.input = emptyInput(from, currency);
    this.asking.soon(this.now());
  }

  /** Opens a kept draft. */
  async open(id: PaymentId): Promise<void> {
    try {
      const draft = await ask.draft(id);
      this.id = id;
      this.input = draft.input;
      this.check = draft.check;
      this.openFailure = null;
    } catch (thrown) {
      this.openFailure = failureOf(thrown);
    }
  }

  /** The owner typed into a field; `change` is what the form holds now. */
  type(field: Field, change: Partial<DraftInput>): void {
    const before = this.now();
    Object.assign(this.input, change);
    if (sameInput(before, this.now())) return;
    this.speaking = this.speaking.type(field, this.shown[field] !== undefined);
    this.changed();
  }

  /** Takes over what was read elsewhere, all at once: every field may speak. */
  fill(input: DraftInput): void {
    Object.assign(this.input, input);
    for (const field of FIELDS) this.speaking = this.speaking.leave(field);
    this.changed();
  }

  /** The owner is in a field. */
  enter(field: Field): void {
    this.here = field;
  }

  /** The owner left a field: it may speak, and what was understood is written tidily. */
  async leave(field: Field): Promise<void> {
    if (this.here === field) this.here = null;
    const left = this.now();
    const check = await this.asking.now(left);
    if (this.here === field || this.over) return;
    this.speaking = this.speaking.leave(field);
    if (check && sameInput(left, this.now())) this.tidy(field, check);
  }

  /** Keeps the draft now. */
  async keep(): Promise<boolean> {
    if (!isBlank(this.input) && !this.keptAt) this.keeping.changed(this.now());
    return this.keeping.keep();
  }

  /**
   * Checks everything and asks Rust for the sheet. Answers the field that needs a change; null when the sheet is there or
   * a failure is.
   */
  async askReview(): Promise<Field | null> {
    if (this.busy) return null;
    this.busy = "reviewing";
    this.hitch = null;
    try {
      const check = await this.asking.now(this.now());
      this.speaking = this.speaking.review();
      if (check && check.problems.length > 0) return firstProblem(check.problems);
      this.keeping.changed(this.now());
      if (!(await this.keeping.keep()) || this.id === null) {
        if (this.keepFailure) this.hitch = { failure: this.keepFailure, left: null };
        return null;
      }
      this.review = await ask.reviewPayment(this.id);
      this.reviewChanged = false;
    } catch (thrown) {
      const failure = failureOf(thrown);
      const check = failure.kind === "draftInvalid" ? await this.asking.now(this.now()) : null;
      if (check && check.problems.length > 0) return firstProblem(check.problems);
      this.hitch = { failure, left: failure.kind === "alreadyHandedOver" ? "sending" : null };
    } finally {
      this.busy = null;
    }
    return null;
  }

  /** Back to the form. */
  closeReview(): void {
    if (this.busy) return;
    this.review = null;
    this.hitch = null;
  }

  protected again(id: PaymentId): Promise<Review> {
    return ask.reviewPayment(id);
  }
  protected override async before(): Promise<void> {
    await this.keeping.keep();
  }
  protected handed(): void {
    this.over = true;
  }
  protected override gone(): void {
    this.over = true;
  }

  /** The form is left: keeps what is not kept, and removes a draft that was emptied. */
  async leaveForm(): Promise<void> {
    this.asking.end();
    if (this.over || this.openFailure) return this.keeping.drop();
    if (!isBlank(this.input)) return void (await this.keeping.keep());
    await this.keeping.drop();
    const emptied = this.id;
    this.id = null;
    if (emptied !== null) await ask.deleteDraft(emptied).catch(failureOf);
  }

  private now(): DraftInput {
    return $state.snapshot(this.input);
  }

  private changed(): void {
    this.asking.soon(this.now());
    if (this.id !== null || !isBlank(this.input)) this.keeping.changed(this.now());
  }

  private tidy(field: Field, check: DraftCheck): void {
    const before = this.now();
    if (field === "amount" && check.amount) this.input.amount = plain(f().plain(check.amount, "none"));
    if (field === "account" && check.account.kind === "valid" && !check.account.domestic) {
      this.input.account = plain(f().iban(check.account.iban));
    }
    if (!sameInput(before, this.now())) this.changed();
  }
}

/** A text for an input: with spaces that the keyboard has. */
const plain = (text: string) => text.replaceAll("\u00A0", " ");
