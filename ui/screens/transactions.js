const grid = '[role="grid"] [role="gridcell"].c-amt';
const open = (page) =>
  page.keyboard.press("Control+2").then(() => page.locator(grid).first().waitFor({ timeout: 5000 }));

/** @type {import("./list.js").Screen[]} */
export const transactions = [{ name: "transactions", act: open }];
