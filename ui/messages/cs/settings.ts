import type { Settings } from "../en/settings";

export const settings = {
  title: "Nastavení",
} satisfies Settings;
