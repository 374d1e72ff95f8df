import { describe, expect, it } from "vitest";
import type { DraftCheck, FieldProblem } from "../bindings";
import {
  Asking,
  Keeping,
  KEEP_EVERY,
  Speaking,
  emptyInput,
  firstProblem,
  isBlank,
  sameInput,
  type Timer,
} from "./form";

/** A timer whose hands the test moves. */
class Hands implements Timer {
  private now = 0;
  private acts: { at: number; act: () => void }[] = [];
  after(milliseconds: number, act: () => void) {
    const entry = { at: this.now + milliseconds, act };
    this.acts.push(entry);
    return () => (this.acts = this.acts.filter((each) => each !== entry));
  }
  pass(milliseconds: number) {
    this.now += milliseconds;
    const ripe = this.acts.filter((each) => each.at <= this.now);
    this.acts = this.acts.filter((each) => each.at > this.now);
    for (const each of ripe) each.act();
  }
}

/** A promise that the test settles. */
function later<T>() {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, settle };
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

function check(problems: FieldProblem[], account: DraftCheck["account"] = { kind: "empty" }): DraftCheck {
  return {
    account,
    amount: null,
    problems,
    warnings: [],
    balanceNow: null,
    balanceAfter: null,
    paidTimes: 0,
    leaving: null,
    carried: { payee: null, message: null },
  };
}

describe("when a field speaks", () => {
  const wrongAmount = check([{ field: "amount", problem: "notAnAmount" }]);

  it("is silent while the owner types, and speaks once the field is left", () => {
    const typing = Speaking.fresh().type("amount", false);
    expect(typing.shown(wrongAmount)).toEqual({});
    expect(typing.leave("amount").shown(wrongAmount)).toEqual({ amount: "notAnAmount" });
  });

  it("in error, it is judged at each keystroke, and the error goes the moment it is fixed", () => {
    const left = Speaking.fresh().leave("amount").type("amount", true);
    expect(left.shown(wrongAmount)).toEqual({ amount: "notAnAmount" });
    expect(left.shown(check([]))).toEqual({});
  });

  it("once fixed, it is silent again until it is left again", () => {
    const again = Speaking.fresh().leave("amount").type("amount", true).type("amount", false);
    expect(again.shown(wrongAmount)).toEqual({});
    expect(again.leave("amount").shown(wrongAmount)).toEqual({ amount: "notAnAmount" });
  });

  it("does not call an unfinished field wrong before the review", () => {
    const unfinished = check([
      { field: "account", problem: "accountUnfinished" },
      { field: "amount", problem: "missing" },
    ]);
    const left = Speaking.fresh().leave("account").leave("amount");
    expect(left.shown(unfinished)).toEqual({});
    expect(left.review().shown(unfinished)).toEqual({ account: "accountUnfinished", amount: "missing" });
  });

  it("tells wrong check digits at once, other account problems on leaving", () => {
    const problems: FieldProblem[] = [{ field: "account", problem: "accountWrong" }];
    const digits = check(problems, { kind: "wrong", problem: "digits" });
    const country = check(problems, { kind: "wrong", problem: "country" });
    expect(Speaking.fresh().shown(digits)).toEqual({ account: "accountWrong" });
    expect(Speaking.fresh().shown(country)).toEqual({});
    expect(Speaking.fresh().leave("account").shown(country)).toEqual({ account: "accountWrong" });
  });

  it("shows one problem at a field, the first", () => {
    const two = check([
      { field: "variableSymbol", problem: "notDigits" },
      { field: "variableSymbol", problem: "tooLong" },
    ]);
    expect(Speaking.fresh().review().shown(two)).toEqual({ variableSymbol: "notDigits" });
  });

  it("finds the first problem in reading order", () => {
    expect(
      firstProblem([
        { field: "message", problem: "tooLong" },
        { field: "payee", problem: "missing" },
      ]),
    ).toBe("payee");
    expect(firstProblem([])).toBeNull();
  });
});

describe("a form", () => {
  it("is blank until something is typed; the account to pay from, the currency and the day do not count", () => {
    expect(isBlank({ ...emptyInput(3, "CZK"), payOn: "2026-10-20" })).toBe(true);
    expect(isBlank({ ...emptyInput(), payee: "  " })).toBe(true);
    expect(isBlank({ ...emptyInput(), message: "x" })).toBe(false);
  });

  it("is compared by content", () => {
    expect(sameInput(emptyInput(1), emptyInput(1))).toBe(true);
    expect(sameInput(emptyInput(1), { ...emptyInput(1), constantSymbol: "0308" })).toBe(false);
  });
});

describe("asking while typing", () => {
  it("waits until the typing rests and asks once", async () => {
    const hands = new Hands();
    const asked: string[] = [];
    const told: string[] = [];
    const asking = new Asking<string, string>(
      (question) => (asked.push(question), Promise.resolve(`${question}!`)),
      (answer) => told.push(answer),
      hands,
      100,
    );
    asking.soon("S");
    hands.pass(60);
    asking.soon("SK");
    hands.pass(60);
    expect(asked).toEqual([]);
    hands.pass(60);
    await settled();
    expect(asked).toEqual(["SK"]);
    expect(told).toEqual(["SK!"]);
  });

  it("drops an answer that is older than the newest question", async () => {
    const answers = { old: later<string>(), new: later<string>() };
    const told: string[] = [];
    const asking = new Asking<"old" | "new", string>(
      (question) => answers[question].promise,
      (answer) => told.push(answer),
      new Hands(),
    );
    const first = asking.now("old");
    const second = asking.now("new");
    answers.new.settle("new answer");
    answers.old.settle("old answer");
    expect(await second).toBe("new answer");
    expect(await first).toBeNull();
    expect(told).toEqual(["new answer"]);
  });

  it("tells nothing after the end", async () => {
    const answer = later<string>();
    const told: string[] = [];
    const asking = new Asking<string, string>(
      () => answer.promise,
      (each) => told.push(each),
      new Hands(),
    );
    const asked = asking.now("x");
    asking.end();
    answer.settle("late");
    expect(await asked).toBeNull();
    expect(told).toEqual([]);
  });
});

describe("keeping the draft", () => {
  it("writes the newest state two seconds after the first change", async () => {
    const hands = new Hands();
    const written: string[] = [];
    const keeping = new Keeping<string>((value) => (written.push(value), Promise.resolve(true)), hands);
    keeping.changed("a");
    hands.pass(KEEP_EVERY - 1);
    keeping.changed("ab");
    expect(written).toEqual([]);
    hands.pass(1);
    await settled();
    expect(written).toEqual(["ab"]);
    hands.pass(KEEP_EVERY * 3);
    await settled();
    expect(written).toEqual(["ab"]);
  });

  it("never writes twice at once", async () => {
    const writes = [later<boolean>(), later<boolean>()];
    const written: string[] = [];
    const keeping = new Keeping<string>((value) => {
      written.push(value);
      return (writes[written.length - 1] as ReturnType<typeof later<boolean>>).promise;
    }, new Hands());
    keeping.changed("a");
    const first = keeping.keep();
    keeping.changed("ab");
    const second = keeping.keep();
    await settled();
    expect(written).toEqual(["a"]);
    writes[0]?.settle(true);
    await settled();
    expect(written).toEqual(["a", "ab"]);
    writes[1]?.settle(true);
    expect(await first).toBe(true);
    expect(await second).toBe(true);
  });

  it("keeps a failed write due", async () => {
    const answers = [false, true];
    const written: string[] = [];
    const keeping = new Keeping<string>(
      (value) => (written.push(value), Promise.resolve(answers.shift() ?? true)),
      new Hands(),
    );
    keeping.changed("a");
    expect(await keeping.keep()).toBe(false);
    expect(await keeping.keep()).toBe(true);
    expect(written).toEqual(["a", "a"]);
  });

  it("writes nothing more once dropped", async () => {
    const hands = new Hands();
    const written: string[] = [];
    const keeping = new Keeping<string>((value) => (written.push(value), Promise.resolve(true)), hands);
    keeping.changed("a");
    await keeping.drop();
    hands.pass(KEEP_EVERY * 2);
    expect(await keeping.keep()).toBe(true);
    expect(written).toEqual([]);
  });
});
