// One payment while it is written, checked and handed over. What it says of itself comes from Rust; see form.ts for when.

import type {
  AccountId,
  DraftCheck,
  DraftInput,
  Failure,
  Field,
  PaymentId,
  PaymentState,
  Problem,
  Review,
} from "../bindings";
import { f } from "../i18n.svelte";
import { ask, failureOf } from "../ipc";
import { Asking, FIELDS, Keeping, Speaking, emptyInput, firstProblem, isBlank, moment, sameInput } from "./form";

/** What a hand-over ended in: another screen is due, or the sheet stays with what it says. */
export type HandedOver = { payment: PaymentId } | null;

/** Why the sheet stays, and whether the payment is out of reach of another hand-over. */
export type Hitch = { failure: Failure; left: PaymentState | null };

/** The payment being written. */
export class Editor {
  input = $state<DraftInput>(emptyInput());
  check = $state.raw<DraftCheck | null>(null);
  speaking = $state.raw(Speaking.fresh());
  /** The draft's id; none before it is kept for the first time. */
  id = $state<PaymentId | null>(null);
  /** When the draft was last kept, and why it could not be. */
  keptAt = $state<string | null>(null);
  keepFailure = $state<Failure | null>(null);
  /** The sheet under review, and whether it differs from the one seen before. */
  review = $state.raw<Review | null>(null);
  reviewChanged = $state(false);
  hitch = $state.raw<Hitch | null>(null);
  busy = $state<"reviewing" | "handingOver" | null>(null);
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

  /** Hands over what the sheet shows, once; what has to be released is released first, by the second passphrase. */
  async handOver(passphrase = ""): Promise<HandedOver> {
    if (this.busy || !this.review) return null;
    const { id, hash } = this.review;
    this.busy = "handingOver";
    this.hitch = null;
    try {
      await this.keeping.keep();
      if (this.review.needsRelease) await this.release(id, hash, passphrase);
      await ask.handOver(id, hash);
      this.over = true;
      return { payment: id };
    } catch (thrown) {
      await this.stumble(id, failureOf(thrown));
      return null;
    } finally {
      this.busy = null;
    }
  }

  /** Released once, it stays so: another try to hand over does not ask again. */
  private async release(id: PaymentId, hash: string, passphrase: string): Promise<void> {
    await ask.releasePayment(id, hash, passphrase);
    if (this.review?.hash === hash) this.review = { ...this.review, needsRelease: false };
  }

  /**
   * A hand-over failed. Another try is offered only where the payment is still a draft by Rust's own word; a sheet that is
   * out of date is replaced by the one that stands.
   */
  private async stumble(id: PaymentId, failure: Failure): Promise<void> {
    try {
      if (failure.kind === "draftChanged" || failure.kind === "releaseNeeded") {
        this.review = await ask.reviewPayment(id);
        this.reviewChanged = failure.kind === "draftChanged";
        return;
      }
      const { line } = await ask.payment(id);
      this.over = line.state !== "draft";
      this.hitch = { failure, left: this.over ? line.state : null };
    } catch (thrown) {
      failureOf(thrown);
      this.over = true;
      this.hitch = { failure, left: "unknown" };
    }
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
