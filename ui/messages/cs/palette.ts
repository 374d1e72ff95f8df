import type { PaletteTexts } from "../en/palette";

export const palette = {
  title: "Najít nebo udělat",
  placeholder: "Najděte platbu, účet či stránku, nebo napište, co udělat",
  doing: "Udělat",
  pages: "Stránky",
  accounts: "Účty",
  search: "Hledání",
  nothing: "Nic se nenašlo",
  move: "Pohyb",
  open: "Otevřít",
  pay: (name: string) => `Zaplatit: ${name}`,
  allWith: (text: string) => `Všechny transakce s „${text}“`,
} satisfies PaletteTexts;
