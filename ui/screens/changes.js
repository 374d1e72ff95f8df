/** @type {[number, number][]} */
const two = [
  [1280, 800],
  [960, 640],
];
/** @type {[number, number][]} */
const one = [[1280, 800]];
const open = (then) => async (page) => {
  await page.keyboard.press("Control+5");
  await then(page);
};
const toDecide = (page) => page.locator("#decide").waitFor();

/** Opens the newest sync. @param {import("playwright-core").Page} page */
async function unfold(page) {
  await page.locator("[data-set] .head").first().click();
  await page.getByRole("table").getByText("→").first().waitFor();
}

/** @type {import("./list.js").Screen[]} */
export const changes = [
  { name: "changes", query: "state=doubt,fine", sizes: two, act: open(toDecide) },
  { name: "changes-sk", query: "state=doubt,fine", language: "sk", sizes: two, act: open(toDecide) },
  { name: "changes-200", query: "state=doubt,fine", language: "de", sizes: [[640, 400]], act: open(toDecide) },
  { name: "changes-set", query: "state=fine", sizes: two, act: open(unfold) },
  {
    name: "changes-backfill",
    query: "state=doubt,fine",
    language: "cs",
    sizes: one,
    act: open(async (page) => {
      await page.getByRole("button", { name: "Podívat se" }).click();
      await page.locator('[data-set="41"] table').waitFor();
    }),
  },
  {
    name: "changes-decided",
    query: "state=doubt,fine",
    sizes: one,
    act: open(async (page) => {
      await toDecide(page);
      await page.getByRole("button", { name: "Only the earlier one" }).click();
      await page.getByText("Decided").waitFor();
      if (await page.getByRole("button", { name: "Only the earlier one" }).count())
        throw new Error("it is asked still");
      await page.getByRole("navigation").getByText("4 questions wait for you").waitFor({ state: "attached" });
    }),
  },
  {
    name: "changes-undo",
    query: "state=fine",
    sizes: two,
    act: open(async (page) => {
      await page.getByRole("button", { name: /^Undo/ }).first().click();
      await page.getByRole("dialog").getByText("Nothing is deleted").waitFor();
    }),
  },
  {
    name: "changes-undone",
    query: "state=fine",
    language: "de",
    sizes: one,
    act: open(async (page) => {
      await page
        .getByRole("button", { name: /^Rückgängig/ })
        .first()
        .click();
      await page.getByRole("dialog").getByRole("button", { name: "Rückgängig", exact: true }).click();
      await page
        .getByRole("button", { name: /^Zurückholen/ })
        .first()
        .waitFor();
    }),
  },
  {
    name: "changes-aside",
    query: "state=fine",
    sizes: one,
    act: open(async (page) => {
      await page.locator("#aside").scrollIntoViewIfNeeded();
      await page
        .getByRole("button", { name: /^Count again/ })
        .first()
        .click();
      await page.getByText("It counts again").waitFor();
    }),
  },
  {
    name: "changes-aside-open",
    query: "state=fine",
    sizes: two,
    act: open(async (page) => {
      await page.locator('[aria-labelledby="aside"] .link').nth(1).click();
      await page.getByRole("dialog").getByText("First seen").waitFor();
    }),
  },
  {
    name: "changes-none",
    query: "state=noChanges,fine",
    sizes: one,
    act: open((page) => page.locator(".empty h2").waitFor()),
  },
  { name: "changes-broken", query: "state=broken,fine", sizes: one, ready: "h1", act: open(() => {}) },
];
