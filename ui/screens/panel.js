/** @type {[number, number][]} */
const two = [
  [1280, 800],
  [960, 640],
];
/** @type {[number, number][]} */
const one = [[1280, 800]];
const row = '[role="grid"] .tx-line';

/** Opens the panel of a transaction. @param {string} name */
const panelOf = (name, then) => async (page) => {
  await page.keyboard.press("Control+2");
  await page.locator(row, { hasText: name }).first().click();
  await page.locator("aside.panel h2", { hasText: name }).waitFor();
  await then?.(page);
};

/** @type {import("./list.js").Screen[]} */
export const panel = [
  {
    name: "panel-rule",
    sizes: two,
    act: panelOf("Palivá Rajec", (page) => page.getByText("Because everything from").waitFor()),
  },
  {
    name: "panel-offer",
    language: "sk",
    sizes: two,
    act: panelOf("Papier Drobec", async (page) => {
      await page.locator("#tx-category").selectOption("materials");
      await page.getByText("Aj pre 12 minulých transakcií").waitFor();
    }),
  },
  {
    name: "panel-offer-made",
    sizes: one,
    act: panelOf("Papier Drobec", async (page) => {
      await page.locator("#tx-category").selectOption("materials");
      await page.getByRole("button", { name: "Make it a rule" }).click();
      await page.getByText("The rule is made").waitFor();
    }),
  },
  {
    name: "panel-removed",
    sizes: one,
    act: panelOf("Papier Drobec", async (page) => {
      const line = page.locator(row, { hasText: "−€74.30" });
      await page.getByRole("button", { name: "Remove", exact: true }).click();
      await line.first().waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Undo" }).click();
      await line.first().waitFor();
    }),
  },
  {
    name: "panel-transfer",
    language: "de",
    sizes: two,
    act: panelOf("Dýhy Morava", (page) => page.getByText("Zwischen Ihren Konten").waitFor()),
  },
  ...[{}, { language: "cs", query: "state=noRules" }].map((more, i) => ({
    name: `settings-rules-${i}`,
    sizes: two,
    ...more,
    act: async (page) => {
      await page.keyboard.press("Control+,");
      await page.locator("#set-rules").evaluate((title) => title.scrollIntoView());
      await page.locator("#set-rules ~ *").first().waitFor();
    },
  })),
];
