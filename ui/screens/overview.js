const chart = '[role="slider"]';
/** @type {[number, number][]} */
const one = [[1280, 800]];

/** @type {import("./list.js").Screen[]} */
export const overview = [
  { name: "overview", ready: chart },
  { name: "overview-sk", language: "sk", ready: chart, sizes: [...one, [960, 640]] },
  { name: "overview-de", language: "de", ready: chart, sizes: [[960, 640]] },
  {
    name: "overview-read",
    ready: chart,
    sizes: one,
    act: async (page) => {
      const said = () => page.locator(chart).getAttribute("aria-valuetext");
      await page.locator(chart).focus();
      await page.keyboard.press("End");
      const last = await said();
      for (const key of ["PageUp", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
      if ((await said()) === last) throw new Error("the keys do not move the day");
      const [shown, day] = [await page.locator(".readout .d").textContent(), await said()];
      if (!shown || !day?.startsWith(shown)) throw new Error(`the read-out shows ${shown}, but ${day} is said`);
    },
  },
  {
    name: "overview-gap",
    ready: chart,
    sizes: one,
    act: async (page) => {
      await page.getByRole("button", { name: "All", exact: true }).first().click();
      await page.getByRole("button", { name: "CZK", exact: true }).click();
      await page.locator(chart).focus();
      await page.keyboard.press("Home");
      await page.locator(".readout", { hasText: "Not known" }).waitFor();
    },
  },
  {
    name: "overview-table",
    ready: chart,
    sizes: one,
    act: async (page) => {
      await page.getByRole("button", { name: "Chart options" }).click();
      await page.keyboard.press("Enter");
      await page.locator("table tbody tr").nth(20).waitFor();
    },
  },
  {
    name: "overview-dash",
    query: "state=dash,fine",
    ready: chart,
    sizes: one,
    act: (page) => page.getByText("Did not answer").waitFor(),
  },
  { name: "overview-syncing", query: "state=syncing,fine", ready: chart, sizes: one },
  { name: "overview-first-sync", query: "state=syncing,empty", ready: ".empty .spin", sizes: one },
  { name: "overview-empty", query: "state=empty", ready: ".empty h2", sizes: one },
  { name: "overview-loading", query: "state=loading", ready: ".sk", sizes: one },
  { name: "overview-broken", query: "state=broken", ready: '[role="alert"] h2', sizes: one },
];
