import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BulkOffer, BulkReview, FailureKind, PaymentLine, PaymentState } from "../bindings";

const ask = vi.hoisted(() => ({
  bulkOffer: vi.fn(),
  makeBulk: vi.fn(),
  reviewBulk: vi.fn(),
  handOver: vi.fn(),
  releasePayment: vi.fn(),
  deleteDraft: vi.fn(),
  payment: vi.fn(),
  saveOrder: vi.fn(),
}));
vi.mock("../ipc", () => ({ ask, failureOf: (thrown: unknown) => thrown }));
vi.mock("../state/ledger.svelte", () => ({ ledger: () => ({ payments: { again: () => Promise.resolve() } }) }));

const { Together } = await import("./together.svelte");
type Chosen = InstanceType<typeof Together>;

const failure = (kind: FailureKind) => ({ kind, retryAt: null });
const line = (id: number, state: PaymentState = "draft", count: number | null = null) =>
  ({ id, state, count }) as PaymentLine;
const sheet = (hash: string, needsRelease = false) => ({ id: 9, hash, needsRelease }) as BulkReview;

let stop: () => void;
let together: Chosen;
let lines: PaymentLine[];

beforeEach(() => {
  lines = [line(1), line(2), line(3, "finished"), line(4, "draft", 2)];
  ask.bulkOffer.mockImplementation((ids: number[]) =>
    Promise.resolve({ count: ids.length, total: null, oneOrder: true, unfinished: [] } satisfies BulkOffer),
  );
  ask.makeBulk.mockResolvedValue(9);
  ask.reviewBulk.mockResolvedValue(sheet("one"));
  ask.handOver.mockResolvedValue({ line: line(9, "awaitingBank", 2) });
  ask.deleteDraft.mockResolvedValue(null);
  stop = $effect.root(() => {
    together = new Together(() => lines);
  });
  together.check([1, 2, 3, 4]);
});
afterEach(() => {
  stop();
  vi.clearAllMocks();
});

describe("what is checked", () => {
  it("is what can be paid with others: drafts that are no bulk themselves", () => {
    expect(together.ids).toEqual([1, 2]);
    lines = [line(2)];
    expect(together.ids).toEqual([2]);
  });
});

describe("the sheet of many", () => {
  it("is handed over once, and done then", async () => {
    await together.begin();
    expect(ask.makeBulk.mock.calls).toEqual([[[1, 2]]]);
    const presses = [together.handOver(), together.handOver(), together.handOver()];
    expect(await Promise.all(presses)).toEqual([{ payment: 9 }, null, null]);
    expect(ask.handOver.mock.calls).toEqual([[9, "one"]]);
    expect([together.review, together.ids]).toEqual([null, []]);
  });

  it("gives the drafts back, still checked, when the owner goes back", async () => {
    await together.begin();
    await together.back();
    expect(ask.deleteDraft.mock.calls).toEqual([[9]]);
    expect([together.review, together.ids]).toEqual([null, [1, 2]]);
  });

  it("leaves what was put together before as it is", async () => {
    await together.open(9);
    await together.back();
    expect(ask.deleteDraft).not.toHaveBeenCalled();
  });

  it("is taken apart again where it cannot be shown", async () => {
    ask.reviewBulk.mockRejectedValueOnce(failure("draftInvalid"));
    await together.begin();
    expect(ask.deleteDraft.mock.calls).toEqual([[9]]);
    expect(together.hitch).toEqual({ failure: failure("draftInvalid"), left: null });
  });

  it("offers no second try where nobody can say what became of the first", async () => {
    await together.begin();
    ask.handOver.mockRejectedValueOnce(failure("serviceDown"));
    ask.payment.mockRejectedValueOnce(failure("storeFailed"));
    expect(await together.handOver()).toBeNull();
    expect(together.hitch).toEqual({ failure: failure("serviceDown"), left: "unknown" });
    expect(together.review?.id).toBe(9);
  });

  it("shows the sheet as it stands now where a draft was changed, and asks for the passphrase where that is needed", async () => {
    await together.begin();
    ask.handOver.mockRejectedValueOnce(failure("draftChanged"));
    ask.reviewBulk.mockResolvedValueOnce(sheet("two", true));
    expect(await together.handOver()).toBeNull();
    expect([together.reviewChanged, together.review?.hash, together.hitch]).toEqual([true, "two", null]);
    expect(await together.handOver("second person")).toEqual({ payment: 9 });
    expect(ask.releasePayment.mock.calls).toEqual([[9, "two", "second person"]]);
    expect(ask.handOver.mock.calls.at(-1)).toEqual([9, "two"]);
  });
});
