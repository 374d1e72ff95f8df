// A file's size as the system's own windows say it: in thousands, rounded.
import type { Lang } from "../i18n.svelte";

const UNITS = ["B", "kB", "MB", "GB"];

/** "14.2 MB". */
export function size(bytes: number, lang: Lang): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  const digits = unit > 0 && value < 99.95 ? 1 : 0;
  return `${value.toLocaleString(lang, { maximumFractionDigits: digits })}\u00A0${UNITS[unit]}`;
}
