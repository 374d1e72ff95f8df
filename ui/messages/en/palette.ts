export const palette = {
  title: "Find or do",
  placeholder: "Find a payment, account or page, or type what to do",
  doing: "Do",
  pages: "Pages",
  accounts: "Accounts",
  search: "Search",
  nothing: "Nothing found",
  move: "Move",
  open: "Open",
  pay: (name: string) => `Pay ${name}`,
  allWith: (text: string) => `All transactions with “${text}”`,
};

export type PaletteTexts = typeof palette;
