import type { Settings } from "../en/settings";

export const settings = {
  title: "Nastavenia",
} satisfies Settings;
