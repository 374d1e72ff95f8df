import type { Settings } from "../en/settings";

export const settings = {
  title: "Einstellungen",
} satisfies Settings;
