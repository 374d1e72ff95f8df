// The payment under the cursor of the list: its detail, and what the owner does with it, one thing at a time.

import type { Failure, PaymentDetail, PaymentId } from "../bindings";
import { t } from "../i18n.svelte";
import { ask, failureOf } from "../ipc";
import { asked, type Asked } from "../state/asked.svelte";
import { changes } from "../state/changes.svelte";
import { ledger } from "../state/ledger.svelte";
import { go } from "../state/navigation.svelte";
import { toast } from "../state/toasts.svelte";
import { retyped } from "./begin";
import { stepped, type Act } from "./states";

/** The payment under the cursor. Made while a component is set up. */
export class Chosen {
  id = $state<PaymentId | null>(null);
  busy = $state<Act | null>(null);
  /** What could not be done, and why. */
  failure = $state<Failure | null>(null);
  failed = $state<Act | null>(null);
  private readonly asked: Asked<PaymentDetail>;

  /** `order` is the list from top to bottom as it is shown. */
  constructor(
    first: PaymentId | null,
    private readonly order: () => PaymentId[],
  ) {
    this.id = first;
    this.asked = asked(() => {
      void changes.payment;
      void changes.data;
      return this.id === null ? undefined : ask.payment(this.id);
    });
  }

  /** Its detail; none while nothing is chosen or the answer is on its way. */
  get detail(): PaymentDetail | null {
    const detail = this.asked.value;
    return this.id !== null && detail?.line.id === this.id ? detail : null;
  }

  /** Why there is no detail. */
  get missing(): Failure | undefined {
    return this.id !== null && this.detail === null ? this.asked.failure : undefined;
  }

  /** Asks for the detail again. */
  again = (): Promise<void> => this.asked.again();

  /** Puts the cursor on a payment, or on none. */
  select(id: PaymentId | null): void {
    if (id === this.id) return;
    this.id = id;
    this.failure = null;
  }

  /** Does something with a payment. While one thing is being done, another is not begun. */
  async act(what: Act, id: PaymentId): Promise<void> {
    if (this.busy) return;
    if (what === "edit") return go({ page: "payment", draft: id });
    if (what === "keep") return go({ page: "remembered", part: "templates", from: id });
    this.select(id);
    this.busy = what;
    this.failure = null;
    this.failed = what;
    try {
      await this.does[what](id);
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
    this.busy = null;
    await this.refresh();
  }

  /** Takes note that what the bank asked was answered, or why it could not be. */
  async answered(failure: Failure | null): Promise<void> {
    this.failure = failure;
    this.failed = failure ? "approve" : null;
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    await Promise.all([ledger().payments.again(), this.again()]);
  }

  private readonly does: Record<Exclude<Act, "edit" | "keep">, (id: PaymentId) => Promise<void>> = {
    approve: async (id) => {
      const { line, canApprove } = await ask.approvePayment(id);
      // Some banks ask on the telephone instead: then no page was opened.
      if (canApprove) toast(t().payments.list.opened(line.bank?.name ?? t().payments.detail.bank));
    },
    check: async (id) => void (await ask.checkPayment(id)),
    today: async (id) => {
      const input = retyped(await ask.payment(id));
      go({ page: "payment", draft: (await ask.saveDraft(id, { ...input, payOn: null })).id });
    },
    again: async (id) => {
      const { line, lines } = await ask.payment(id);
      const refused = line.count === null ? [id] : lines.filter((one) => one.state === "failed").map((one) => one.id);
      const drafts: PaymentId[] = [];
      for (const one of refused) {
        const input = retyped(await ask.payment(one));
        drafts.push((await ask.saveDraft(null, { ...input, payOn: null })).id);
      }
      const [first] = drafts;
      if (line.count === null || drafts.length === 1) return go({ page: "payment", draft: first });
      toast(t().payments.bulk.anew(drafts.length));
      this.id = first ?? null;
    },
    remove: async (id) => {
      const { input, line } = await ask.payment(id);
      const order = this.order();
      const next = [stepped(order, id, 1), stepped(order, id, -1)].find((each) => each !== id) ?? null;
      await ask.deleteDraft(id);
      this.id = next;
      // The payments of a bulk are drafts of their own again: nothing is lost that could be brought back.
      if (line.count !== null) return;
      toast(t().payments.detail.deleted, () => void this.restore(() => ask.saveDraft(null, input)));
    },
  };

  private async restore(save: () => Promise<{ id: PaymentId }>): Promise<void> {
    try {
      const { id } = await save();
      await ledger().payments.again();
      this.id = id;
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }
}
