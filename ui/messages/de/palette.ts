import type { PaletteTexts } from "../en/palette";

export const palette = {
  title: "Suchen oder tun",
  placeholder: "Suchen Sie Zahlung, Konto oder Seite, oder was zu tun ist",
  doing: "Tun",
  pages: "Seiten",
  accounts: "Konten",
  search: "Suche",
  nothing: "Nichts gefunden",
  move: "Bewegen",
  open: "Öffnen",
  pay: (name: string) => `${name} bezahlen`,
  allWith: (text: string) => `Alle Umsätze mit „${text}“`,
} satisfies PaletteTexts;
