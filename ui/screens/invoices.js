// Reading an invoice on the payment form, and a code to be paid by.
import assert from "node:assert/strict";

const form = async (page) => {
  await page.keyboard.press("Control+n");
  await page.getByText("Drop an invoice or a QR code here").waitFor();
};
/** Drops a file of this name anywhere on the page. */
const drop = (page, name) =>
  page.evaluate((name) => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, name);
const paste = (page, text) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
const read = (page) => page.getByRole("heading", { name: "What was read" }).waitFor();
const big = [[1280, 800]];

/** @type {import("./list.js").Screen[]} */
export const invoices = [
  {
    name: "invoice-read",
    act: async (page) => {
      await form(page);
      await page.getByRole("button", { name: "Read an invoice…" }).click();
      await read(page);
      // Nothing is filled in before the owner says so.
      assert.equal(await page.getByLabel("Amount", { exact: true }).inputValue(), "");
    },
  },
  {
    name: "invoice-no-capture",
    query: "state=noCapture",
    sizes: [[960, 640]],
    act: async (page) => {
      await form(page);
      await page.getByRole("button", { name: "From the screen…" }).click();
      await page.getByText("lets Saldo ask for no picture").waitFor();
    },
  },
  {
    name: "invoice-from-screen",
    sizes: [[1280, 800]],
    act: async (page) => {
      await form(page);
      await page.getByRole("button", { name: "From the screen…" }).click();
      await page.getByRole("button", { name: "Use this" }).click();
      await page.getByText("Filled in from the screen").waitFor();
    },
  },
  {
    name: "invoice-used",
    act: async (page) => {
      await form(page);
      await page.getByRole("button", { name: "Read an invoice…" }).click();
      await page.getByRole("button", { name: "Use this" }).click();
      await page.getByText("Filled in from FA-2026104418.pdf").waitFor();
      assert.equal(await page.getByLabel("Variable symbol").inputValue(), "2026104418");
    },
  },
  {
    // Dropped, checked, handed over: three actions from an invoice to the bank's page.
    name: "invoice-at-once",
    sizes: big,
    act: async (page) => {
      await form(page);
      await drop(page, "FA-2026104418.pdf");
      await page.getByRole("button", { name: "Check this payment" }).click();
      await page.getByRole("heading", { name: "Check the payment" }).waitFor();
      await page.getByRole("button", { name: /Continue to/ }).waitFor();
      assert.equal(await page.evaluate(() => globalThis.mockPayments.handOvers), 0);
    },
  },
  {
    // Dropped on a page that reads no invoices.
    name: "invoice-dropped-elsewhere",
    sizes: big,
    act: async (page) => {
      for (const key of ["Control+1", "Control+3"]) {
        await page.keyboard.press(key);
        await drop(page, "FA-2026104418.pdf");
        await read(page);
      }
      // It is read once.
      await page.keyboard.press("Control+1");
      await form(page);
      assert.equal(await page.getByRole("heading", { name: "What was read" }).count(), 0);
    },
  },
  {
    name: "invoice-two",
    sizes: [
      [1280, 800],
      [1600, 1000],
    ],
    act: async (page) => {
      await form(page);
      await page.getByLabel("Message for the payee").fill("my own words");
      await drop(page, "two.pdf");
      await read(page);
      await page.getByText("Replaces what you typed: Message for the payee.").first().waitFor();
    },
  },
  {
    name: "invoice-credit-note",
    sizes: big,
    act: async (page) => {
      await form(page);
      await drop(page, "credit.isdoc");
      await page.getByText("This is a credit note.").waitFor();
      assert.equal(await page.getByRole("button", { name: "Use this" }).count(), 0);
    },
  },
  {
    name: "invoice-nothing",
    sizes: big,
    act: async (page) => {
      await form(page);
      await drop(page, "holiday.png");
      await page.getByText("No payment was found in it.").waitFor();
    },
  },
  {
    name: "invoice-pasted",
    sizes: big,
    act: async (page) => {
      await form(page);
      await page.getByLabel("Message for the payee").focus();
      await paste(page, "one line stays in its field");
      assert.equal(await page.getByRole("heading", { name: "What was read" }).count(), 0);
      await paste(page, "Účet: SK49 7500 0000 0031 8402 7753\nSpolu: 1 840,00 EUR");
      await read(page);
    },
  },
  {
    name: "invoice-reading",
    query: "state=slowReading",
    sizes: big,
    act: async (page) => {
      await form(page);
      await drop(page, "FA-2026104418.pdf");
      await page.getByText("Reading…").waitFor();
    },
  },
  {
    name: "invoice-german",
    query: "language=de",
    language: "de",
    sizes: [[960, 640]],
    act: async (page) => {
      await page.keyboard.press("Control+n");
      await page.getByRole("button", { name: "Rechnung einlesen…" }).click();
      await page.getByRole("heading", { name: "Was gelesen wurde" }).waitFor();
    },
  },
  {
    name: "get-paid",
    act: async (page) => {
      await page.getByRole("button", { name: /^Payments/ }).click();
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "Get paid by QR" }).click();
      await page.getByLabel("Your name").fill("Brezan Interiér");
      await page.getByLabel(/^Amount in/).fill("12,50");
      await page.getByRole("img", { name: "PAY by square code to be paid by" }).waitFor();
    },
  },
  {
    name: "get-paid-wrong",
    sizes: big,
    act: async (page) => {
      await page.getByRole("button", { name: /^Payments/ }).click();
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "Get paid by QR" }).click();
      await page.getByLabel("Variable symbol").fill("12a");
      await page.getByText("The code appears when the form is right.").waitFor();
    },
  },
];
