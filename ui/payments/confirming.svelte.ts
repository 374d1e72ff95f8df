// A sheet that the owner confirms, of one payment or of many: shown, handed over once, and shown as it stands where that failed.

import type { Failure, PaymentId, PaymentState } from "../bindings";
import { ask, failureOf } from "../ipc";

/** What a hand-over ended in: another screen is due, or the sheet stays with what it says. */
export type HandedOver = { payment: PaymentId } | null;

/** Why the sheet stays, and where the payment stands if it is out of reach of another hand-over. */
export type Hitch = { failure: Failure; left: PaymentState | null };

/** What every sheet has. */
type Sheet = { id: PaymentId; hash: string; needsRelease: boolean };

/** A sheet and what becomes of it. */
export abstract class Confirming<R extends Sheet> {
  /** The sheet under review, and whether it differs from the one seen before. */
  review = $state.raw<R | null>(null);
  reviewChanged = $state(false);
  hitch = $state.raw<Hitch | null>(null);
  busy = $state<"reviewing" | "handingOver" | null>(null);

  /** Asks Rust for the sheet as it stands now. */
  protected abstract again(id: PaymentId): Promise<R>;
  /** What has to be done before it leaves. */
  protected before(): Promise<void> {
    return Promise.resolve();
  }
  /** It was handed over. */
  protected abstract handed(): void;
  /** It is no draft any more, or nobody can say. */
  protected gone(): void {
    // The sheet says so.
  }

  /** Hands over what the sheet shows, once; what has to be released is released first, by the second passphrase. */
  async handOver(passphrase = ""): Promise<HandedOver> {
    if (this.busy || !this.review) return null;
    const { id, hash } = this.review;
    this.busy = "handingOver";
    this.hitch = null;
    try {
      await this.before();
      if (this.review.needsRelease) await this.release(id, hash, passphrase);
      await ask.handOver(id, hash);
      this.handed();
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
        this.review = await this.again(id);
        this.reviewChanged = failure.kind === "draftChanged";
        return;
      }
      const { line } = await ask.payment(id);
      this.hitch = { failure, left: line.state === "draft" ? null : line.state };
      if (this.hitch.left) this.gone();
    } catch (thrown) {
      failureOf(thrown);
      this.hitch = { failure, left: "unknown" };
      this.gone();
    }
  }
}
