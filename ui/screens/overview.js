const chart = '[role="slider"]';

/** @type {import("./list.js").Screen[]} */
export const overview = [
  { name: "overview", ready: chart },
  {
    name: "overview-read",
    ready: chart,
    sizes: [[1280, 800]],
    act: async (page) => {
      await page.locator(chart).focus();
      for (const key of ["PageUp", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
      if (!(await page.locator(".readout").textContent())) throw new Error("the keys read no day out");
    },
  },
];
