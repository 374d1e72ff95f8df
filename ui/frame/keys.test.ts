import { expect, it, vi } from "vitest";
import { useSettings } from "../state/settings.svelte";
import { onKeys } from "./keys";

function press(key: string, more: KeyboardEventInit = {}, target: HTMLElement = document.body): KeyboardEvent {
  document.body.append(target === document.body ? document.createElement("i") : target);
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}

function handled(name: string, key: string, more: KeyboardEventInit = {}, target?: HTMLElement): boolean {
  const does = vi.fn();
  const handler = onKeys({ [name]: does });
  document.addEventListener("keydown", handler);
  press(key, more, target);
  document.removeEventListener("keydown", handler);
  return does.mock.calls.length === 1;
}

it("single keys work in lists, not in fields, and not when turned off", () => {
  expect(handled("j", "j")).toBe(true);
  expect(handled("j", "j", {}, document.createElement("input"))).toBe(false);
  useSettings({
    language: "en",
    theme: "light",
    singleKeys: false,
    lockAfterMinutes: null,
    hideAmounts: false,
    returnWay: { by: "link" },
  });
  expect(handled("j", "j")).toBe(false);
  useSettings({
    language: "en",
    theme: "light",
    singleKeys: true,
    lockAfterMinutes: null,
    hideAmounts: false,
    returnWay: { by: "link" },
  });
});

it("keys with Ctrl and Escape work in fields too", () => {
  expect(handled("mod+k", "k", { ctrlKey: true }, document.createElement("input"))).toBe(true);
  expect(handled("escape", "Escape", {}, document.createElement("textarea"))).toBe(true);
});

it("Ctrl with another meaning is left alone", () => {
  expect(handled("j", "j", { ctrlKey: true })).toBe(false);
  expect(handled("mod+1", "1")).toBe(false);
});
