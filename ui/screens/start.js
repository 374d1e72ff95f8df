/** @type {import("./list.js").Screen[]} */
export const start = [{ name: "welcome", query: "state=welcome" }];
