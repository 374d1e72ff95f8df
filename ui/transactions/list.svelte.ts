// The list as it is read: totals first, then pages of rows where the owner looks, and the row under the cursor. Only a search
// shows what it finds at once, and is counted afterwards.
import { untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Failure, TransactionFilter, TransactionId, TransactionPage, TransactionRow } from "../bindings";
import { ask, failureOf } from "../ipc";
import { changes } from "../state/changes.svelte";
import {
  anchorAt,
  grouped,
  layOut,
  locate,
  rowTop,
  scrollOf,
  sectionKey,
  sectionOf,
  visible,
  wanted,
  type Heights,
  type Layout,
  type PlacedSection,
  type Slice,
} from "./window";

/** Rows beyond the view, above and below, that exist in the document already. */
export const BEYOND = 8;

/** What is read of one section. `settled`: complete, on its way, or failed. */
type Pages = { rows: readonly TransactionRow[]; next: string | null; settled: boolean };

/** Totals, layout and rows of one filter: replaced as a whole, so that nothing half-new is ever shown. */
type Reading = { filter: TransactionFilter; layout: Layout; pages: SvelteMap<string, Pages> };

/** Where the scroller stands; written by the component that scrolls. */
export type View = { top: number; height: number };

const settled = (page: TransactionPage) => page.next === null;

/** The list of transactions under a filter. Call it while a component is set up. */
export class TransactionList {
  /** What is shown; absent until the first answer. */
  reading = $state.raw<Reading>();
  /** Why the last reading failed. */
  failure = $state.raw<Failure>();
  /** The row under the cursor, counted over the whole list. */
  cursor = $state<number | null>(null);
  /** Where to scroll to after new totals, for the component that scrolls; a new object each time. */
  jump = $state.raw<{ to: number }>({ to: 0 });
  /** Where the scroller stands. */
  view: View = { top: 0, height: 600 };

  #question: () => TransactionFilter;
  #heights: Heights;
  #latest = 0;
  #opened: TransactionId | null;

  constructor(question: () => TransactionFilter, heights: Heights, opened: TransactionId | null = null) {
    this.#question = question;
    this.#heights = heights;
    this.#opened = opened;
    $effect(() => {
      void changes.data;
      void this.#read(question());
    });
  }

  /** The row at a place, if it has been read. */
  rowAt(section: PlacedSection, index: number): TransactionRow | undefined {
    return this.reading?.pages.get(section.key)?.rows[index];
  }

  /** The row under the cursor, if it has been read. */
  get selected(): TransactionRow | undefined {
    if (this.cursor === null || !this.reading) return undefined;
    const { section, index } = locate(this.reading.layout, this.cursor);
    const placed = this.reading.layout.sections[section];
    return placed && this.rowAt(placed, index);
  }

  /** Reads again after a failure. */
  again(): void {
    void this.#read(this.#question());
  }

  /** Reads the pages that the view and the row under the cursor lack. Call it in an effect: it follows the pages that come in. */
  need(slices: readonly Slice[]): void {
    const reading = this.reading;
    if (!reading) return;
    const at = this.cursor === null ? undefined : locate(reading.layout, this.cursor);
    const needed = at ? [...slices, { section: at.section, from: at.index, to: at.index + 1 }] : slices;
    const state = (key: string) => {
      const pages = reading.pages.get(key);
      return pages && { rows: pages.rows.length, settled: pages.settled };
    };
    for (const section of wanted(reading.layout, needed, state)) untrack(() => void this.#more(reading, section));
  }

  /** Shows an annotated row in its place. */
  replace(row: TransactionRow): void {
    for (const [key, pages] of this.reading?.pages ?? []) {
      if (!pages.rows.some((one) => one.id === row.id)) continue;
      // The balance after the row is the list's business and is not part of a single transaction's answer.
      const put = (one: TransactionRow) => (one.id === row.id ? { ...row, balanceAfter: one.balanceAfter } : one);
      this.reading?.pages.set(key, { ...pages, rows: pages.rows.map(put) });
    }
  }

  async #read(filter: TransactionFilter): Promise<void> {
    const mine = ++this.#latest;
    try {
      const searched = filter.text.trim() !== "" && !this.#shows(filter);
      if (searched) {
        const rows = await ask.findTransactions(filter);
        if (mine !== this.#latest) return;
        if (rows.length > 0) await this.#glance(filter, rows);
      }
      const totals = await ask.transactionSections(filter);
      // Without totals Rust was asked once more in the meantime, by a reading that is newer than this one.
      if (mine !== this.#latest || !totals) return;
      const layout = layOut(totals, this.#heights);
      const reading: Reading = { filter, layout, pages: new SvelteMap() };
      const inView = visible(layout, this.#standing(reading), this.view.height, BEYOND).flatMap(
        (slice) => layout.sections[slice.section] ?? [],
      );
      await Promise.all(inView.map((section) => this.#more(reading, section)));
      if (mine !== this.#latest) return;
      // She may have scrolled while the rows were read: she stays where she is by now.
      const top = this.#standing(reading);
      const same = this.#shows(filter);
      const kept = untrack(() => this.selected?.id);
      this.failure = undefined;
      this.reading = reading;
      this.jump = { to: top };
      await this.#placeCursor(reading, same, kept);
    } catch (thrown) {
      if (mine === this.#latest) this.failure = failureOf(thrown);
    }
  }

  /** Whether this filter is the one that is shown. */
  #shows(filter: TransactionFilter): boolean {
    return JSON.stringify(untrack(() => this.reading)?.filter) === JSON.stringify(filter);
  }

  /** Where she stands, in a new reading; its top where it shows something else. */
  #standing({ filter, layout }: Reading): number {
    const before = untrack(() => this.reading);
    return scrollOf(layout, before && this.#shows(filter) ? anchorAt(before.layout, this.view.top) : null);
  }

  /** Shows the newest rows of a search before anything is counted. */
  async #glance(filter: TransactionFilter, rows: readonly TransactionRow[]): Promise<void> {
    const groups = grouped(rows);
    const layout = layOut(
      groups.map(({ totals }) => totals),
      this.#heights,
      false,
    );
    const read = groups.map(
      ({ totals, rows }) => [sectionKey(totals.section), { rows, next: null, settled: true }] as const,
    );
    const reading: Reading = { filter, layout, pages: new SvelteMap(read) };
    this.failure = undefined;
    this.reading = reading;
    this.jump = { to: 0 };
    await this.#placeCursor(reading, false, undefined);
  }

  /**
   * Puts the cursor on the transaction asked for, or where the list is the `same` as before on the one it stood on (`kept`) or
   * at its old place, else on the first that is booked. Where so much is pending that no booked one is in view, the list opens
   * at its top all the same.
   */
  async #placeCursor(reading: Reading, same: boolean, kept: TransactionId | undefined): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    if (opened !== null) {
      const found = await this.#find(reading, opened);
      if (found !== null && this.reading === reading) this.cursor = found;
      if (found !== null) return;
    }
    const cursor = same ? untrack(() => this.cursor) : null;
    const stood = kept === undefined || !same ? null : this.#known(reading, kept);
    if (stood !== null) this.cursor = stood;
    else if (cursor !== null && reading.layout.rows > 0) this.cursor = Math.min(cursor, reading.layout.rows - 1);
    else {
      const booked = reading.layout.sections.find((one) => one.key !== "pending") ?? reading.layout.sections[0];
      const inView = booked && rowTop(reading.layout, booked.firstRow) + this.#heights.row <= this.view.height;
      this.cursor = booked ? (inView ? booked.firstRow : 0) : null;
    }
  }

  /** Where a transaction stands among the rows read so far. */
  #known(reading: Reading, id: TransactionId): number | null {
    for (const section of reading.layout.sections) {
      const index = reading.pages.get(section.key)?.rows.findIndex((one) => one.id === id) ?? -1;
      if (index >= 0) return section.firstRow + index;
    }
    return null;
  }

  /** Where a transaction stands, reading its section as far as needed. */
  async #find(reading: Reading, id: TransactionId): Promise<number | null> {
    const { row } = await ask.transaction(id);
    const key = sectionKey(sectionOf(row));
    const section = reading.layout.sections.find((one) => one.key === key);
    if (!section) return null;
    while (this.#known(reading, id) === null && !reading.pages.get(key)?.settled) await this.#more(reading, section);
    return this.#known(reading, id);
  }

  /** Reads the next page of a section. */
  async #more(reading: Reading, section: PlacedSection): Promise<void> {
    const { pages, filter } = reading;
    const so = pages.get(section.key) ?? { rows: [], next: null, settled: false };
    if (so.settled) return;
    pages.set(section.key, { ...so, settled: true });
    try {
      const page = await ask.transactions(filter, section.totals.section, so.next);
      pages.set(section.key, { rows: [...so.rows, ...page.rows], next: page.next, settled: settled(page) });
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }
}
