/** @type {import("./list.js").Screen[]} */
export const ledger = [
  { name: "connections", act: (page) => page.keyboard.press("Control+4") },
  { name: "settings", act: (page) => page.keyboard.press("Control+,") },
];
