import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Annotation, TransactionDetail, TransactionId } from "../bindings";
import { AnnotationEditor, LONGEST_NOTE } from "./annotation.svelte";

const annotate = vi.hoisted(() => vi.fn());
vi.mock("../ipc", () => ({ ask: { annotate }, failureOf: (thrown: unknown) => thrown }));

const detail = (id: TransactionId, note: string | null) =>
  ({ row: { id, category: "sales" }, note }) as unknown as TransactionDetail;

/** What is kept, by transaction. */
let kept: Map<TransactionId, Annotation>;

beforeEach(() => {
  kept = new Map();
  annotate.mockReset().mockImplementation((id: TransactionId, what: Annotation) => {
    kept.set(id, what);
    return Promise.resolve(detail(id, what.note));
  });
});

describe("a note and a category", () => {
  it("are kept together, and only when they changed", async () => {
    const editor = new AnnotationEditor(detail(7, null), () => {});
    await editor.keep();
    expect(annotate).not.toHaveBeenCalled();
    editor.note = "Second of three advances";
    await editor.keep();
    expect(kept.get(7)).toEqual({ note: "Second of three advances", category: "sales" });
    expect(editor.phase).toBe("saved");
  });

  it("do not make a rule's category the owner's own", async () => {
    const byRule = { ...detail(7, null), rule: { id: 1 } } as TransactionDetail;
    const editor = new AnnotationEditor(byRule, () => {});
    editor.note = "Fuel";
    await editor.keep();
    expect(kept.get(7)).toEqual({ note: "Fuel", category: null });
  });

  it("never overwrite each other when both are changed quickly", async () => {
    const editor = new AnnotationEditor(detail(7, "old"), () => {});
    editor.note = "new";
    const first = editor.keep();
    editor.category = "rent";
    await Promise.all([first, editor.keep()]);
    expect(kept.get(7)).toEqual({ note: "new", category: "rent" });
    expect(editor.dirty).toBe(false);
  });

  it("stay typed when they cannot be kept, and can be tried again", async () => {
    annotate.mockRejectedValueOnce({ kind: "diskFull", retryAt: null });
    const editor = new AnnotationEditor(detail(7, null), () => {});
    editor.note = "precious";
    await editor.keep();
    expect(editor.failure?.kind).toBe("diskFull");
    expect(editor.note).toBe("precious");
    await editor.keep();
    expect(editor.failure).toBeUndefined();
    expect(kept.get(7)?.note).toBe("precious");
  });

  it("are not replaced by what is read anew while something is being typed", () => {
    const editor = new AnnotationEditor(detail(7, "a"), () => {});
    editor.note = "ab";
    editor.refresh(detail(7, "from elsewhere"));
    expect(editor.note).toBe("ab");
    editor.note = "a";
    editor.refresh(detail(7, "from elsewhere"));
    expect(editor.note).toBe("from elsewhere");
    editor.refresh(detail(8, "of another transaction"));
    expect(editor.note).toBe("from elsewhere");
  });

  it("are not sent while the note is too long, counted in characters and not in bytes", async () => {
    const editor = new AnnotationEditor(detail(7, null), () => {});
    editor.note = "€".repeat(LONGEST_NOTE + 2);
    expect(editor.tooMany).toBe(2);
    await editor.keep();
    expect(annotate).not.toHaveBeenCalled();
    editor.note = "😀".repeat(LONGEST_NOTE);
    expect(editor.tooMany).toBe(0);
  });

  it("are kept within two seconds of typing, because Saldo may lock at any time", async () => {
    vi.useFakeTimers();
    const editor = new AnnotationEditor(detail(7, null), () => {});
    editor.note = "ha";
    editor.typed();
    await vi.advanceTimersByTimeAsync(1_500);
    editor.note = "half";
    editor.typed();
    await vi.advanceTimersByTimeAsync(500);
    vi.useRealTimers();
    expect(kept.get(7)?.note).toBe("half");
    expect(annotate).toHaveBeenCalledOnce();
  });
});
