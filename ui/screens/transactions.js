/** @typedef {import("playwright-core").Page} Page */
/** @type {[number, number][]} */
const one = [[1280, 800]];
const row = '[role="grid"] .tx-line';

/** @param {Page} page */
async function open(page) {
  await page.keyboard.press("Control+2");
  await page.locator(`${row} .c-amt`).first().waitFor();
}

/** Fails unless `holds`. @param {boolean} holds @param {string} what */
function must(holds, what) {
  if (!holds) throw new Error(what);
}

/** @param {Page} page @param {string} text */
async function search(page, text) {
  await page.keyboard.press("/");
  await page.keyboard.type(text);
}

/** The last of more than 20,000 rows, by one key, with few rows in the document. @param {Page} page */
async function toTheEnd(page) {
  await open(page);
  // The newest rows are there before all are counted; the end is known after that.
  await page.waitForFunction(
    () => Number(document.querySelector('[role="grid"]')?.getAttribute("aria-rowcount")) > 1000,
  );
  await page.locator('[role="grid"]').focus();
  await page.keyboard.press("End");
  const count = Number(await page.locator('[role="grid"]').getAttribute("aria-rowcount"));
  must(count > 20_000, `only ${count} rows`);
  await page.locator(`${row}[aria-rowindex="${count}"][aria-selected="true"] .c-amt`).waitFor();
  const rows = await page.locator(row).count();
  must(rows < 80, `${rows} rows in the document`);
}

/** A note is kept by Ctrl Enter, and the row says that it has one. @param {Page} page */
async function note(page) {
  await open(page);
  await page.locator('[role="grid"]').focus();
  await page.keyboard.press("j");
  await page.keyboard.press("n");
  await page.locator("textarea:focus").waitFor();
  await page.keyboard.type("Ask for the invoice");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Saved").waitFor();
  await page.locator(`${row}.cursor`, { hasText: "has a note" }).waitFor();
}

/** A statement file is chosen, and what it holds is shown. @param {Page} page */
async function importing(page, said = /2023/) {
  await open(page);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.locator("dialog, [role=dialog]").getByText(said).first().waitFor();
}

/** The columns of a table are said, one after the other. @param {Page} page */
async function columns(page) {
  await open(page);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByLabel("Tag").selectOption("booked");
  await page.getByText("What do the columns hold?").waitFor();
}

/** And then the file is read. @param {Page} page */
async function columnsSaid(page) {
  await columns(page);
  await page.getByLabel("Wieviel").selectOption("amount");
  await page.locator("dialog").getByText(/2023/).first().waitFor();
  // What was said can be said otherwise.
  await page.getByLabel("Tag").waitFor();
}

/** @type {import("./list.js").Screen[]} */
export const transactions = [
  { name: "transactions", act: open },
  { name: "transactions-import", sizes: [...one, [960, 640]], act: (page) => importing(page) },
  { name: "transactions-import-columns", query: "state=columns", sizes: [...one, [960, 640]], act: columns },
  { name: "transactions-import-columns-said", query: "state=columns", sizes: one, act: columnsSaid },
  { name: "transactions-import-odd", query: "state=odd", sizes: one, act: (page) => importing(page, /no statement/) },
  { name: "transactions-sk", language: "sk", sizes: [...one, [960, 640]], act: open },
  { name: "transactions-de", language: "de", sizes: [[960, 640]], act: open },
  {
    name: "transactions-account",
    act: async (page) => {
      await page.locator("button.acc").filter({ hasText: "Operating account" }).click();
      await page.getByRole("columnheader", { name: "Amount, EUR" }).waitFor();
    },
  },
  {
    name: "transactions-bank-text",
    sizes: one,
    act: async (page) => {
      await open(page);
      await page.locator(row, { hasText: "onerror" }).click();
      await page.locator("aside.panel h2", { hasText: "<img src=x" }).waitFor();
      await page.getByText("Data from the bank").click();
      must((await page.locator("img").count()) === 0, "text from a bank became markup");
    },
  },
  {
    name: "transactions-opened",
    sizes: one,
    act: async (page) => {
      await page.locator("button.li", { hasText: "Palivá Rajec" }).click();
      await page.locator(`${row}.cursor`, { hasText: "Palivá Rajec" }).waitFor({ timeout: 5000 });
      await page.locator("aside.panel h2", { hasText: "Palivá Rajec" }).waitFor({ timeout: 2000 });
      // Esc closes the panel, Enter opens it, Enter goes into it, Esc comes back.
      await page.locator('[role="grid"]').focus();
      await page.keyboard.press("Escape");
      must((await page.locator("aside.panel").count()) === 0, "Esc does not close the panel");
      await page.keyboard.press("Enter");
      await page.locator("aside.panel h2").waitFor({ timeout: 2000 });
      await page.keyboard.press("Enter");
      await page.locator("#tx-category:focus").waitFor({ timeout: 2000 });
      await page.keyboard.press("Escape");
      await page.locator('[role="grid"]:focus').waitFor({ timeout: 2000 });
    },
  },
  { name: "transactions-end", sizes: one, act: toTheEnd },
  { name: "transactions-note", sizes: one, act: note },
  {
    name: "transactions-unsaved",
    query: "state=unsaved",
    sizes: one,
    act: async (page) => {
      await open(page);
      await page.locator("#tx-note").fill("Kept while it cannot be saved");
      await page.locator("#tx-note").blur();
      await page.getByText("Not saved.").waitFor();
    },
  },
  {
    name: "transactions-filter-menu",
    sizes: one,
    act: async (page) => {
      await open(page);
      await page.locator('[role="grid"]').focus();
      await page.keyboard.press("f");
      await page.keyboard.press("Enter");
      await page.getByRole("checkbox", { name: "Payroll" }).check();
      await page.getByRole("checkbox", { name: "Tax reserve" }).check();
      await page.locator(row, { hasText: "Tax reserve" }).first().waitFor();
    },
  },
  {
    name: "transactions-dates-menu",
    sizes: one,
    act: async (page) => {
      await open(page);
      await page.getByRole("button", { name: "Filter", exact: true }).click();
      await page.getByRole("menuitem", { name: "Date" }).click();
      await page.getByRole("radio", { name: "Last month" }).check();
    },
  },
  {
    name: "transactions-search",
    sizes: one,
    act: async (page) => {
      await open(page);
      await search(page, "kancelarie zatoka");
      await page.locator(row, { hasText: "Kancelárie Zátoka" }).nth(5).waitFor();
      must((await page.locator(row, { hasText: "Palivá" }).count()) === 0, "rows that do not match are shown");
    },
  },
  {
    name: "transactions-no-match",
    sizes: one,
    act: async (page) => {
      await page.locator("button.acc").filter({ hasText: "Payroll" }).click();
      await page.locator(row).first().waitFor();
      await search(page, "hotel 12600");
      await page.getByRole("button", { name: "Search all accounts" }).waitFor();
    },
  },
  {
    name: "transactions-none",
    query: "state=none",
    sizes: one,
    ready: "h1",
    act: (page) => page.keyboard.press("Control+2"),
  },
  { name: "transactions-broken", query: "state=broken", sizes: one, act: (page) => page.keyboard.press("Control+2") },
];
