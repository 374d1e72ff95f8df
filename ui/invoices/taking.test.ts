import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Account, DraftInput, FoundPayment, InvoiceReading } from "../bindings";
import { useLanguage } from "../i18n.svelte";
import { ask } from "../ipc";
import type { Editor } from "../payments/editor.svelte";
import { emptyInput } from "../payments/form";
import { givenBy } from "./given";
import { InvoiceReader } from "./reader.svelte";
import { changeOf, replaced, without } from "./taking";

const found: FoundPayment = {
  source: { format: "payBySquare", place: { kind: "page", number: 2 } },
  payee: "Kovostav Hron s.r.o.",
  account: "SK4975000000003184027753",
  otherAccounts: [],
  amount: { amount: "1840.00", currency: "EUR" },
  currency: "EUR",
  due: "2026-12-04",
  payOn: "2026-12-04",
  variableSymbol: "2026104418",
  specificSymbol: null,
  constantSymbol: null,
  message: null,
  doubts: [],
  unpayable: null,
};
const other: FoundPayment = { ...found, payee: "Grafit Print s.r.o.", variableSymbol: null, message: "Tlač" };

beforeEach(() => useLanguage("sk", "sk"));

describe("what was read, in the form", () => {
  it("fills what it says, as it is typed, and nothing else", () => {
    expect(changeOf(found)).toEqual({
      payee: "Kovostav Hron s.r.o.",
      account: "SK49 7500 0000 0031 8402 7753",
      amount: "1 840,00",
      currency: "EUR",
      payOn: "2026-12-04",
      variableSymbol: "2026104418",
    });
  });

  it("says what it would replace of the owner's own", () => {
    const input = {
      ...emptyInput(),
      payee: "Kováč",
      amount: "1840,00",
      account: "SK4975000000003184027753",
      message: "x",
    };
    expect(replaced(input, changeOf(found))).toEqual(["payee"]);
    expect(replaced(emptyInput(), changeOf(found))).toEqual([]);
  });

  it("goes away again where nobody changed it", () => {
    const filled = { ...emptyInput(), ...changeOf(found), message: "own" };
    expect(without({ ...filled, payee: "Kováč" }, changeOf(found))).toEqual({
      ...emptyInput(),
      payee: "Kováč",
      message: "own",
    });
  });
});

describe("reading an invoice", () => {
  const reading = (payments: FoundPayment[]): InvoiceReading => ({ name: "a.pdf", payments, warnings: [] });
  const accounts = [
    { id: 1, currency: "EUR" },
    { id: 2, currency: "CZK" },
  ] as Account[];
  function begin(input: Partial<DraftInput> = {}) {
    const editor = {
      input: { ...emptyInput(1), ...input },
      fill: (all: DraftInput) => Object.assign(editor.input, all),
    };
    return {
      editor,
      reader: new InvoiceReader(
        () => editor as unknown as Editor,
        () => accounts,
      ),
    };
  }

  it("fills nothing before the owner says so, and puts everything back", async () => {
    const read = vi.spyOn(ask, "readInvoice").mockResolvedValue(reading([found]));
    const { editor, reader } = begin({ message: "own" });
    const before = { ...editor.input };
    await reader.give(new Blob(["abc"]), "a.pdf");
    expect(read).toHaveBeenCalledWith(btoa("abc"), "a.pdf");
    expect(editor.input).toEqual(before);
    reader.use(found);
    expect(editor.input).toMatchObject({ payee: found.payee, message: "own", from: 1 });
    reader.undo();
    expect(editor.input).toEqual(before);
  });

  it("leaves nothing of an earlier invoice behind", () => {
    const { editor, reader } = begin();
    reader.use(found);
    expect(reader.replaces(other)).toEqual([]);
    reader.use(other);
    expect(editor.input).toMatchObject({ payee: other.payee, variableSymbol: "", message: "Tlač" });
    reader.undo();
    expect(editor.input).toEqual(emptyInput(1));
  });

  it("pays crowns from an account in crowns", () => {
    const { editor, reader } = begin();
    reader.use({ ...found, amount: { amount: "5.00", currency: "CZK" }, currency: "CZK" });
    expect(editor.input).toMatchObject({ from: 2, currency: "CZK", amount: "5,00" });
  });

  it("shows the answer to the newest file only", async () => {
    let late: (reading: InvoiceReading) => void = () => {};
    vi.spyOn(ask, "readInvoice")
      .mockImplementationOnce(() => new Promise((done) => (late = done)))
      .mockResolvedValueOnce(reading([other]));
    const { reader } = begin();
    const first = reader.give(new Blob(["1"]), "1.pdf");
    await reader.give(new Blob(["2"]), "2.pdf");
    late(reading([found]));
    await first;
    expect(reader.reading?.payments).toEqual([other]);
    expect(reader.busy).toBe(false);
  });

  it("does not carry over what is too large", async () => {
    const read = vi.spyOn(ask, "readInvoice");
    const { reader } = begin();
    await reader.give({ size: 20_000_001 } as Blob, "huge.pdf");
    expect(read).not.toHaveBeenCalled();
    expect(reader.reading?.warnings).toEqual([{ kind: "tooLarge" }]);
  });

  it("says why nothing could be read", async () => {
    vi.spyOn(ask, "chooseInvoice").mockRejectedValue(new Error("no"));
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { reader } = begin();
    await reader.choose();
    expect([reader.failure?.kind, reader.busy]).toEqual(["answerUnreadable", false]);
  });
});

describe("what is dropped or pasted", () => {
  const data = (text: string, files: File[] = []) => ({ files, getData: () => text }) as unknown as DataTransfer;

  it("is a file with its name, and a copied picture without one", () => {
    expect(givenBy(data("", [new File(["x"], "FA.pdf")]), true)?.name).toBe("FA.pdf");
    expect(givenBy(data("", [new File(["x"], "image.png", { type: "image/png" })]), true)?.name).toBeNull();
  });

  it("is left to the field that it was pasted into, unless it is more than a field takes", () => {
    for (const short of ["SK49 7500 0000 0031 8402 7753", "1 840,00", "SK49\n"]) {
      expect(givenBy(data(short), true)).toBeNull();
      expect(givenBy(data(short), false)).not.toBeNull();
    }
    for (const long of ["SPD*1.0*ACC:x", "https://payme.sk/?V=1", "BCD\n002", "Účet: x\nSuma: y", "0".repeat(60)]) {
      expect(givenBy(data(long), true)).not.toBeNull();
    }
    expect(givenBy(data(" "), false)).toBeNull();
    expect(givenBy(null, false)).toBeNull();
  });
});
