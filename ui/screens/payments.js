/** @type {import("./list.js").Screen[]} */
export const payments = [];
