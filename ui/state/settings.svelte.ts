// The owner's settings and what follows from them in the window: language and theme.
import type { Settings } from "../bindings";
import { useLanguage } from "../i18n.svelte";
import { ask } from "../ipc";

const state = $state<{ settings: Settings; systemLanguage: string }>({
  settings: {
    language: "system",
    theme: "system",
    singleKeys: true,
    lockAfterMinutes: 10,
    hideAmounts: false,
    returnWay: { by: "link" },
  },
  systemLanguage: "en",
});
const systemDark = matchMedia("(prefers-color-scheme: dark)");
systemDark.addEventListener("change", () => useTheme());

/** The settings in force. */
export const settings = (): Settings => state.settings;

function useTheme(): void {
  const { theme } = state.settings;
  const dark = theme === "dark" || (theme === "system" && systemDark.matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

/** Takes over what Rust says at the start. Done once the language can be read. */
export async function useSettings(of: Settings, systemLanguage = state.systemLanguage): Promise<void> {
  state.settings = of;
  state.systemLanguage = systemLanguage;
  useTheme();
  await useLanguage(of.language, systemLanguage);
}

/** Changes one thing at once and keeps it; what could not be kept is put back, and the failure thrown. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = state.settings;
  const using = useSettings({ ...before, ...change });
  try {
    await Promise.all([using, ask.saveSettings({ ...before, ...change })]);
  } catch (thrown) {
    await useSettings(before);
    throw thrown;
  }
}
