import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DraftCheck, DraftInput, FailureKind, PaymentState, Review } from "../bindings";

const ask = vi.hoisted(() => ({
  checkDraft: vi.fn(),
  saveDraft: vi.fn(),
  draft: vi.fn(),
  deleteDraft: vi.fn(),
  reviewPayment: vi.fn(),
  handOver: vi.fn(),
  releasePayment: vi.fn(),
  payment: vi.fn(),
}));
vi.mock("../ipc", () => ({ ask, failureOf: (thrown: unknown) => thrown }));

const { Editor } = await import("./editor.svelte");

const failure = (kind: FailureKind) => ({ kind, retryAt: null });
const fine: DraftCheck = {
  account: {
    kind: "valid",
    iban: "SK4975000000003184027753",
    domestic: false,
    country: "SK",
    bank: "ČSOB",
    nationalCheckFailed: false,
  },
  amount: { amount: "1840", currency: "EUR" },
  problems: [],
  warnings: [],
  balanceNow: null,
  balanceAfter: null,
  paidTimes: 0,
  leaving: null,
  carried: { payee: null, message: null },
};
const sheet = (hash: string, amount = "1840.00") => ({ id: 7, hash, amount: { amount, currency: "EUR" } }) as Review;
const stands = (state: PaymentState) => ({ line: { id: 7, state } });

async function reviewed() {
  const editor = new Editor();
  editor.begin(1, "EUR");
  editor.type("payee", { payee: "Kovostav Hron" });
  expect(await editor.askReview()).toBeNull();
  return editor;
}

beforeEach(() => {
  vi.useFakeTimers();
  ask.checkDraft.mockResolvedValue(fine);
  ask.saveDraft.mockImplementation((id: number | null, input: DraftInput) =>
    Promise.resolve({ id: id ?? 7, input, check: fine }),
  );
  ask.reviewPayment.mockResolvedValue(sheet("one"));
  ask.handOver.mockResolvedValue(stands("awaitingBank"));
  ask.deleteDraft.mockResolvedValue(null);
});
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

describe("handing over", () => {
  it("is asked for once, however often the owner presses", async () => {
    const editor = await reviewed();
    const presses = [editor.handOver(), editor.handOver(), editor.handOver()];
    expect(await Promise.all(presses)).toEqual([{ payment: 7 }, null, null]);
    expect(ask.handOver.mock.calls).toEqual([[7, "one"]]);
  });

  it("lets the second passphrase release first, and asks for it once", async () => {
    ask.reviewPayment.mockResolvedValue({ ...sheet("one"), needsRelease: true });
    ask.payment.mockResolvedValue(stands("draft"));
    const editor = await reviewed();
    ask.releasePayment.mockRejectedValueOnce(failure("passphraseWrong"));
    expect(await editor.handOver("wrong")).toBeNull();
    expect(editor.hitch).toEqual({ failure: failure("passphraseWrong"), left: null });
    expect(ask.handOver).not.toHaveBeenCalled();

    ask.releasePayment.mockResolvedValue(null);
    ask.handOver.mockRejectedValueOnce(failure("offline"));
    expect(await editor.handOver("right")).toBeNull();
    expect(editor.review?.needsRelease).toBe(false);
    expect(await editor.handOver()).toEqual({ payment: 7 });
    expect(ask.releasePayment.mock.calls).toEqual([
      [7, "one", "wrong"],
      [7, "one", "right"],
    ]);
  });

  it("asks for the second passphrase where the rule was laid down meanwhile", async () => {
    const editor = await reviewed();
    ask.handOver.mockRejectedValueOnce(failure("releaseNeeded"));
    ask.reviewPayment.mockResolvedValue({ ...sheet("one"), needsRelease: true });
    expect(await editor.handOver()).toBeNull();
    expect([editor.review?.needsRelease, editor.reviewChanged, editor.hitch]).toEqual([true, false, null]);
  });

  it("keeps nothing more once it is done", async () => {
    const editor = await reviewed();
    await editor.handOver();
    ask.saveDraft.mockClear();
    await editor.leaveForm();
    expect(ask.saveDraft).not.toHaveBeenCalled();
    expect(ask.deleteDraft).not.toHaveBeenCalled();
  });

  it("shows the new sheet when the draft has changed, and hands only that one over", async () => {
    const editor = await reviewed();
    ask.handOver.mockRejectedValueOnce(failure("draftChanged"));
    ask.reviewPayment.mockResolvedValue(sheet("two", "1940.00"));
    expect(await editor.handOver()).toBeNull();
    expect(editor.reviewChanged).toBe(true);
    expect(editor.review?.amount.amount).toBe("1940.00");
    await editor.handOver();
    expect(ask.handOver.mock.calls.at(-1)).toEqual([7, "two"]);
  });

  it("may be tried again only while Rust calls it a draft", async () => {
    const editor = await reviewed();
    ask.handOver.mockRejectedValueOnce(failure("offline"));
    ask.payment.mockResolvedValueOnce(stands("draft"));
    await editor.handOver();
    expect(editor.hitch).toEqual({ failure: failure("offline"), left: null });

    ask.handOver.mockRejectedValueOnce(failure("browserFailed"));
    ask.payment.mockResolvedValueOnce(stands("awaitingBank"));
    await editor.handOver();
    expect(editor.hitch?.left).toBe("awaitingBank");
  });

  it("counts as unknown where not even the state can be read", async () => {
    const editor = await reviewed();
    ask.handOver.mockRejectedValueOnce(failure("storeFailed"));
    ask.payment.mockRejectedValueOnce(failure("storeFailed"));
    await editor.handOver();
    expect(editor.hitch?.left).toBe("unknown");
  });
});

describe("the review", () => {
  it("answers the first field with a problem and asks for no sheet", async () => {
    const editor = new Editor();
    editor.begin(1, "EUR");
    ask.checkDraft.mockResolvedValue({
      ...fine,
      problems: [
        { field: "amount", problem: "missing" },
        { field: "payee", problem: "missing" },
      ],
    });
    expect(await editor.askReview()).toBe("payee");
    expect(editor.shown).toEqual({ payee: "missing", amount: "missing" });
    expect(ask.reviewPayment).not.toHaveBeenCalled();
  });

  it("keeps the draft first, so that the sheet is made from what is on the screen", async () => {
    const editor = await reviewed();
    expect(ask.saveDraft.mock.lastCall?.[1]).toMatchObject({ payee: "Kovostav Hron" });
    expect(ask.saveDraft.mock.invocationCallOrder.at(-1)).toBeLessThan(
      ask.reviewPayment.mock.invocationCallOrder[0] ?? 0,
    );
    expect(editor.review?.hash).toBe("one");
  });
});

describe("the draft", () => {
  it("is kept two seconds after the first word, and gets one id", async () => {
    const editor = new Editor();
    editor.begin(1, "EUR");
    await vi.advanceTimersByTimeAsync(5000);
    expect(ask.saveDraft).not.toHaveBeenCalled();
    editor.type("payee", { payee: "K" });
    await vi.advanceTimersByTimeAsync(2000);
    editor.type("payee", { payee: "Ko" });
    await vi.advanceTimersByTimeAsync(2000);
    expect(ask.saveDraft.mock.calls.map(([id]) => id as number | null)).toEqual([null, 7]);
  });

  it("is kept on leaving, and thrown away when nothing is left in it", async () => {
    const editor = new Editor();
    editor.begin(1, "EUR");
    editor.type("payee", { payee: "K" });
    await editor.leaveForm();
    expect(ask.saveDraft).toHaveBeenCalledOnce();

    const emptied = new Editor();
    ask.draft.mockResolvedValue({ id: 9, input: { ...editor.input }, check: fine });
    await emptied.open(9);
    emptied.type("payee", { payee: "" });
    await emptied.leaveForm();
    expect(ask.deleteDraft).toHaveBeenCalledExactlyOnceWith(9);
  });

  it("is written tidily when a field is left", async () => {
    const editor = new Editor();
    editor.begin(1, "EUR");
    editor.type("amount", { amount: "1840" });
    await editor.leave("amount");
    editor.type("account", { account: "sk4975000000003184027753" });
    await editor.leave("account");
    expect(editor.input.amount).toBe("1,840.00");
    expect(editor.input.account).toBe("SK49 7500 0000 0031 8402 7753");
  });
});
