/** @type {import("./list.js").Screen[]} */
export const overview = [{ name: "overview" }];
