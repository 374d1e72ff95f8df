// A file of payments on its way into drafts: given, read, its lines chosen, and prepared together.

import { SvelteSet } from "svelte/reactivity";
import type {
  Failure,
  OrderAnswers,
  OrderLine,
  OrderSheet,
  OrderSum,
  OrdersFile,
  OrdersUnread,
  PaymentId,
} from "../bindings";
import { base64 } from "../base64";
import { ask, failureOf } from "../ipc";
import { asked, type Asked } from "../state/asked.svelte";

/** Larger files are refused before they are carried over, in bytes; Rust has the same bound. */
const LARGEST = 8_000_000;
const NOTHING: OrderAnswers = { from: null, decimalComma: null, dayFirst: null };

/** What a dialog shows of a file. Made while a component is set up. */
export class OrdersOfFile {
  busy = $state<"reading" | "preparing" | null>(null);
  failure = $state.raw<Failure | null>(null);
  name = $state<string | null>(null);
  sheet = $state.raw<OrderSheet | null>(null);
  unread = $state.raw<OrdersUnread | null>(null);
  said = $state.raw<OrderAnswers>(NOTHING);
  private readonly picked = new SvelteSet<number>();
  private file = $state<number | null>(null);
  private readonly summed: Asked<OrderSum>;

  constructor() {
    this.summed = asked(() => {
      const { file, chosen, said } = this;
      return file === null || chosen.length === 0 ? undefined : ask.sumOfOrders(file, said, chosen);
    });
  }

  /** The lines of which something is wrong. */
  get broken(): OrderLine[] {
    return this.sheet?.lines.filter((line) => line.problems.length > 0) ?? [];
  }
  /** The lines that can be prepared. */
  get fine(): OrderLine[] {
    return this.sheet?.lines.filter((line) => line.problems.length === 0) ?? [];
  }
  /** What is chosen, in the order of the file. */
  get chosen(): number[] {
    return this.fine.filter((line) => this.picked.has(line.number)).map((line) => line.number);
  }
  /** What it amounts to; none while nothing is chosen or the answer is on its way. */
  get sum(): OrderSum | undefined {
    return this.summed.value?.count === this.chosen.length ? this.summed.value : undefined;
  }
  /** Whether the chosen lines can be prepared. */
  get ready(): boolean {
    return this.chosen.length > 0 && this.sheet?.from !== null && this.busy === null;
  }

  has(line: OrderLine): boolean {
    return this.picked.has(line.number);
  }
  toggle(line: OrderLine): void {
    if (!this.picked.delete(line.number)) this.picked.add(line.number);
  }
  /** Chooses all that can be prepared, or none. */
  toggleAll(): void {
    const all = this.chosen.length < this.fine.length;
    this.picked.clear();
    if (all) for (const line of this.fine) this.picked.add(line.number);
  }

  /** Reads a file that was dropped. */
  async give(given: File): Promise<void> {
    if (given.size > LARGEST) {
      this.reset({ file: 0, name: given.name });
      this.unread = { kind: "tooLarge" };
      return;
    }
    await this.take(async () => ask.giveOrders(await base64(given), given.name));
  }
  /** Lets the owner choose another file. */
  async choose(): Promise<void> {
    await this.take(() => ask.chooseOrders());
  }
  /** Reads a file that was chosen. */
  async open(file: OrdersFile): Promise<void> {
    await this.take(() => Promise.resolve(file));
  }

  private async take(given: () => Promise<OrdersFile | null>): Promise<void> {
    this.busy = "reading";
    this.failure = null;
    try {
      const file = await given();
      if (file) {
        this.reset(file);
        await this.look();
        for (const line of this.fine) if (line.proposed) this.picked.add(line.number);
      }
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
    this.busy = null;
  }

  /** Takes an answer of the owner's; what she chose stays chosen where it still can be. */
  async answer(said: Partial<OrderAnswers>): Promise<void> {
    const before = this.broken.map((line) => line.number);
    this.said = { ...this.said, ...said };
    this.failure = null;
    try {
      await this.look();
      for (const line of this.fine) if (before.includes(line.number) && line.proposed) this.picked.add(line.number);
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }

  private async look(): Promise<void> {
    if (this.file === null) return;
    const look = await ask.lookAtOrders(this.file, this.said);
    this.sheet = look.kind === "read" ? look.sheet : null;
    this.unread = look.kind === "unread" ? look.reason : null;
  }

  /** Makes drafts of what is chosen; none where that failed. */
  async prepare(): Promise<PaymentId[] | null> {
    if (this.file === null || !this.ready) return null;
    const from = this.sheet?.from ?? null;
    this.busy = "preparing";
    this.failure = null;
    try {
      return await ask.prepareOrders(this.file, { ...this.said, from }, this.chosen);
    } catch (thrown) {
      this.failure = failureOf(thrown);
      return null;
    } finally {
      this.busy = null;
    }
  }

  private reset({ file, name }: OrdersFile): void {
    this.file = file;
    this.name = name;
    this.said = NOTHING;
    this.sheet = null;
    this.unread = null;
    this.picked.clear();
  }
}
