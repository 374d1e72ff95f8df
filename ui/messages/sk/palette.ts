import type { PaletteTexts } from "../en/palette";

export const palette = {
  title: "Nájsť alebo urobiť",
  placeholder: "Nájdite platbu, účet či stránku, alebo napíšte, čo urobiť",
  doing: "Urobiť",
  pages: "Stránky",
  accounts: "Účty",
  search: "Hľadanie",
  nothing: "Nič sa nenašlo",
  move: "Pohyb",
  open: "Otvoriť",
  pay: (name: string) => `Zaplatiť: ${name}`,
  allWith: (text: string) => `Všetky transakcie s „${text}“`,
} satisfies PaletteTexts;
