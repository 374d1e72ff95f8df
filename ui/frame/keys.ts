// Keys by name: `mod` is Ctrl, or Command on macOS.
import { session } from "../state/session.svelte";
import { settings } from "../state/settings.svelte";

/** What each key does: "mod+k", "escape", "j", "shift+arrowdown". */
export type Keys = Partial<Record<string, (event: KeyboardEvent) => void>>;

const mac = () => session.start?.platform === "mac";

/** The name of a pressed key. */
export function nameOf(event: KeyboardEvent): string {
  const mod = mac() ? event.metaKey : event.ctrlKey;
  return `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${event.shiftKey && event.key.length > 1 ? "shift+" : ""}${event.key.toLowerCase()}`;
}

/** Whether typing goes into a field now. */
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type));

/**
 * A handler for `onkeydown`. Single letters and signs work only outside fields, and only while the owner has not turned
 * them off (WCAG 2.1.4); keys with `mod` work everywhere. A key that is handled goes no further.
 */
export function onKeys(keys: Keys) {
  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    const does = keys[name];
    if (!does) return;
    const single = event.key.length === 1 && !name.startsWith("mod+") && !name.startsWith("alt+");
    if (single && event.key !== " " && (typing(event.target) || !settings().singleKeys)) return;
    if (!name.startsWith("mod+") && name !== "escape" && typing(event.target)) return;
    event.preventDefault();
    does(event);
  };
}

/** How a key is written on a label: "Ctrl N", "⌘N". */
export function label(name: string): string {
  const upper = name.replace("mod+", "").replace("enter", "↵").toUpperCase();
  return name.startsWith("mod+") ? (mac() ? `⌘${upper}` : `Ctrl ${upper}`) : upper;
}
