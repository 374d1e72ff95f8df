/** @type {[number, number][]} */
const two = [
  [1280, 800],
  [960, 640],
];
const chart = '[role="slider"]';

/** Opens what the mark on the overview says. @param {import("playwright-core").Page} page */
const openMark = async (page) => {
  await page.locator(".mark-proof").last().click();
  await page.getByRole("dialog").getByRole("table").waitFor();
};

/** @type {import("./list.js").Screen[]} */
export const proof = [
  {
    name: "proof-chart",
    sizes: two,
    ready: chart,
    act: async (page) => {
      await page.getByText("Striped days").waitFor();
      await page.locator(chart).focus();
      for (let month = 0; month < 5; month++) await page.keyboard.press("PageUp");
      await page.keyboard.press("ArrowLeft");
      for (let day = 0; day < 12 && !(await page.locator(".readout .why").isVisible()); day++)
        await page.keyboard.press("ArrowLeft");
      await page.locator(".readout", { hasText: "differ by" }).waitFor();
    },
  },
  {
    name: "proof-table",
    sizes: [[1280, 800]],
    language: "sk",
    ready: chart,
    act: async (page) => {
      await page.getByRole("button", { name: "Možnosti grafu" }).click();
      await page.keyboard.press("Enter");
      await page.getByRole("cell", { name: /sa líšia o/ }).scrollIntoViewIfNeeded();
    },
  },
  { name: "proof-health", sizes: two, query: "state=limited", ready: chart, act: openMark },
  {
    name: "proof-health-connections",
    sizes: [[1280, 800]],
    query: "state=untried,proved",
    language: "sk",
    act: async (page) => {
      await page.keyboard.press("Control+4");
      await page.getByRole("button", { name: /Payroll/ }).click();
      await page.getByRole("dialog").getByText("Zatiaľ sa nič neskúšalo.").waitFor();
    },
  },
  { name: "proof-health-de", language: "de", sizes: [[960, 640]], ready: chart, act: openMark },
  {
    name: "proof-again",
    sizes: [[1280, 800]],
    ready: chart,
    act: async (page) => {
      await openMark(page);
      await page.getByRole("button", { name: "Read these days again" }).click();
      await page.getByText("These days are proved now.").waitFor();
      if ((await page.locator(".mark-proof").count()) > 1) throw new Error("the mark stays");
    },
  },
  {
    name: "proof-reading",
    sizes: [[1280, 800]],
    query: "state=slow",
    language: "cs",
    ready: chart,
    act: async (page) => {
      await openMark(page);
      await page.getByRole("button", { name: "Načíst tyto dny znovu" }).click();
      await page.getByRole("button", { name: "Čtou se tyto dny" }).waitFor();
    },
  },
];
