// An invoice on its way into the payment form: given, read, shown, and used only when the owner says so.

import { base64 } from "../base64";
import type { Account, DraftInput, Failure, FoundPayment, InvoiceReading } from "../bindings";
import { ask, failureOf } from "../ipc";
import type { Editor } from "../payments/editor.svelte";
import { say } from "./say";
import { changeOf, replaced, without, type Filled } from "./taking";

/** Larger files are refused before they are carried over, in bytes; Rust has the same bound. */
const LARGEST = 20_000_000;

/** Reads what is given, keeps what was read, and fills the form from it. */
export class InvoiceReader {
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);
  reading = $state.raw<InvoiceReading | null>(null);
  /** Whether the panel is open. */
  open = $state(false);
  /** The payment that fills the form. */
  used = $state.raw<FoundPayment | null>(null);
  private before: DraftInput | null = null;
  private newest = 0;

  constructor(
    private readonly editor: () => Editor,
    private readonly accounts: () => readonly Account[],
  ) {}

  /** Reads a file or a pasted text. */
  async give(given: Blob, name: string | null): Promise<void> {
    if (given.size > LARGEST) {
      this.newest += 1;
      this.show({ name, payments: [], warnings: [{ kind: "tooLarge" }] });
      return;
    }
    await this.read(async () => ask.readInvoice(await base64(given), name));
  }

  /** Lets the owner choose a file. */
  async choose(): Promise<void> {
    await this.read(() => ask.chooseInvoice());
  }

  /** Lets the owner mark a region of the screen. */
  async capture(): Promise<void> {
    await this.read(async () => {
      const reading = await ask.captureInvoice();
      return reading && { ...reading, name: say().strip.screen };
    });
  }

  /** What using a payment would replace of the owner's own. */
  replaces(found: FoundPayment): Filled[] {
    return replaced(this.base(), changeOf(found));
  }

  /** Fills the form from a payment that was read. */
  use(found: FoundPayment): void {
    const base = this.base();
    this.before ??= { ...this.editor().input };
    const change = { ...base, ...changeOf(found) };
    const from = this.accounts().find((account) => account.id === change.from);
    if (from?.currency !== change.currency) {
      const fitting = this.accounts().find((account) => account.currency === change.currency);
      if (fitting) change.from = fitting.id;
    }
    this.editor().fill(change);
    this.used = found;
    this.open = false;
  }

  /** Puts the form back to what it was before anything was read. */
  undo(): void {
    if (this.before) this.editor().fill(this.before);
    this.before = null;
    this.used = null;
    this.open = true;
  }

  /** Closes what was read; the form stays as it is. */
  close(): void {
    this.open = false;
    if (!this.used) this.reading = null;
    this.failure = null;
  }

  /** The form without what an earlier reading put there. */
  private base(): DraftInput {
    const now = { ...this.editor().input };
    return this.used ? without(now, changeOf(this.used)) : now;
  }

  private async read(given: () => Promise<InvoiceReading | null>): Promise<void> {
    this.newest += 1;
    const mine = this.newest;
    this.busy = true;
    try {
      const reading = await given();
      if (mine === this.newest && reading) this.show(reading);
    } catch (thrown) {
      if (mine === this.newest) this.failure = failureOf(thrown);
    } finally {
      if (mine === this.newest) this.busy = false;
    }
  }

  private show(reading: InvoiceReading): void {
    this.busy = false;
    this.failure = null;
    this.reading = reading;
    this.open = true;
  }
}
