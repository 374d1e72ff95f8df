// The drafts that the owner has checked to pay them together: what Rust says of them, and the sheet to confirm them all.

import { SvelteSet } from "svelte/reactivity";
import type { BulkOffer, BulkReview, OrderFormat, PaymentId, PaymentLine } from "../bindings";
import { t } from "../i18n.svelte";
import { ask, failureOf } from "../ipc";
import { asked, type Asked } from "../state/asked.svelte";
import { changes } from "../state/changes.svelte";
import { ledger } from "../state/ledger.svelte";
import { toast } from "../state/toasts.svelte";
import { Confirming } from "./confirming.svelte";
import { canJoin } from "./states";

/** What is checked, and the sheet. Made while a component is set up. */
export class Together extends Confirming<BulkReview> {
  private readonly checked = new SvelteSet<PaymentId>();
  private readonly asked: Asked<BulkOffer>;
  /** Whether going back takes the bulk apart: it was made for this sheet. */
  private made = false;

  constructor(private readonly lines: () => readonly PaymentLine[]) {
    super();
    this.asked = asked(() => {
      void changes.payment;
      void changes.data;
      return this.ids.length > 0 ? ask.bulkOffer(this.ids) : undefined;
    });
  }

  /** What is checked and can still be paid with others, in the order of the list. */
  get ids(): PaymentId[] {
    return this.lines()
      .filter((line) => canJoin(line) && this.checked.has(line.id))
      .map((line) => line.id);
  }

  /** What it comes to; none while nothing is checked or the answer is on its way. */
  get offer(): BulkOffer | undefined {
    return this.asked.value?.count === this.ids.length ? this.asked.value : undefined;
  }

  has(id: PaymentId): boolean {
    return this.checked.has(id);
  }

  toggle(id: PaymentId): void {
    if (!this.checked.delete(id)) this.check([id]);
  }

  /** Checks rows that can be paid with others; the rest is left as it is. */
  check(ids: readonly PaymentId[]): void {
    this.hitch = null;
    for (const line of this.lines()) if (ids.includes(line.id) && canJoin(line)) this.checked.add(line.id);
  }

  clear(): void {
    this.checked.clear();
    this.hitch = null;
  }

  /** Keeps what is checked as a file for the bank's own portal. */
  async save(format: OrderFormat): Promise<void> {
    this.hitch = null;
    try {
      if (await ask.saveOrder(this.ids, format)) toast(t().payments.bulk.file.saved);
    } catch (thrown) {
      this.hitch = { failure: failureOf(thrown), left: null };
    }
  }

  /** Puts what is checked together and shows the sheet. */
  async begin(): Promise<void> {
    const { ids } = this;
    await this.show(async () => {
      this.made = true;
      return ask.makeBulk(ids);
    });
  }

  /** Shows the sheet of drafts that were put together before. */
  async open(id: PaymentId): Promise<void> {
    await this.show(async () => {
      this.made = false;
      return Promise.resolve(id);
    });
  }

  private async show(bulk: () => Promise<PaymentId>): Promise<void> {
    if (this.busy) return;
    this.busy = "reviewing";
    this.hitch = null;
    this.reviewChanged = false;
    let id: PaymentId | null = null;
    try {
      id = await bulk();
      this.review = await ask.reviewBulk(id);
    } catch (thrown) {
      this.hitch = { failure: failureOf(thrown), left: null };
      if (id !== null && this.made) await this.apart(id);
    }
    this.busy = null;
  }

  protected again(id: PaymentId): Promise<BulkReview> {
    return ask.reviewBulk(id);
  }
  protected handed(): void {
    this.done();
  }

  /** Closes the sheet. Where nothing was handed over, the drafts are drafts of their own again. */
  async back(): Promise<void> {
    if (this.busy || !this.review) return;
    const { id } = this.review;
    this.review = null;
    this.hitch = null;
    if (this.made) await this.apart(id);
  }

  /** The sheet has done its work: the bulk that it showed. */
  done(): PaymentId | null {
    const id = this.review?.id ?? null;
    this.review = null;
    this.clear();
    return id;
  }

  private async apart(id: PaymentId): Promise<void> {
    await ask.deleteDraft(id).catch(failureOf);
    await ledger().payments.again();
  }
}
