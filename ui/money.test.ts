import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import Money from "./Money.svelte";
import { useSettings } from "./state/settings.svelte";

const money = { amount: "-1234.50", currency: "EUR" };
const shown = {
  language: "en",
  theme: "light",
  singleKeys: true,
  lockAfterMinutes: null,
  returnWay: { by: "link" },
} as const;
let drawn: Record<string, unknown>[] = [];

function draw(props: Record<string, unknown> = {}): HTMLElement {
  const target = document.createElement("div");
  drawn.push(mount(Money, { target, props: { money, ...props } }));
  flushSync();
  return target;
}

beforeEach(() => useSettings({ ...shown, hideAmounts: false }));
afterEach(() => {
  for (const one of drawn) void unmount(one);
  drawn = [];
});

it("is plain text while nothing is hidden", () => {
  const target = draw({ alone: true });
  expect(target.textContent).toBe("−€1,234.50");
  expect(target.querySelector(".veil, [tabindex]")).toBeNull();
});

it("keeps its figure for its width and lets a word stand in for it while it is hidden", async () => {
  const target = draw({ sign: "both", said: true });
  await useSettings({ ...shown, hideAmounts: true });
  flushSync();
  const veil = target.querySelector(".veil");
  expect(veil?.querySelector(".fig")?.textContent).toBe("−€1,234.50");
  expect(veil?.querySelector(".stand-in")?.textContent).toBe("amount hidden");
  // Every figure in it is in an element that the veil does not paint.
  const bare = [...(veil?.childNodes ?? [])].filter((node) => /\d/.test(node.textContent ?? ""));
  expect(bare.map((node) => (node as Element).className).sort()).toEqual(["fig", "sr words"]);
});

it("takes the focus itself where nothing around it could", async () => {
  await useSettings({ ...shown, hideAmounts: true });
  expect(draw({ alone: true }).querySelector(".veil")?.getAttribute("tabindex")).toBe("0");
  expect(draw().querySelector(".veil")?.hasAttribute("tabindex")).toBe(false);
});

it("is never hidden where it is being paid", async () => {
  await useSettings({ ...shown, hideAmounts: true });
  expect(draw({ open: true, sign: "none", quiet: true }).textContent).toBe("€1,234.50");
});
