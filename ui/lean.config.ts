// Leaves out of the build what this window never does. Svelte is written so that bundlers drop its hydration where nobody
// hydrates, and Vite adds a loader of style sheets to each import() though there is one sheet only; Rolldown keeps both.
import type { Plugin } from "vite";

/** In Svelte's own file: nothing is ever hydrated, and what takes part in it does nothing. */
const hydration: [string | RegExp, string][] = [
  ["export let hydrating = false;", "export const hydrating = false;"],
  ["hydrating = value;", ""],
  ...["reset", "next", "hydrate_template"].map((name): [RegExp, string] => [
    new RegExp(`export function ${name}\\(.*\\) \\{\\n[\\s\\S]*?\\n\\}\\n`),
    `/*#__NO_SIDE_EFFECTS__*/ export function ${name}() {}\n`,
  ]),
];

/** The plugin. It fails rather than do nothing where a newer Svelte is written in another way. */
export const lean = (): Plugin => ({
  name: "lean",
  apply: "build",
  enforce: "pre",
  load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : null),
  transform(code, id) {
    if (!id.endsWith("svelte/src/internal/client/dom/hydration.js")) return null;
    for (const [from, to] of hydration) {
      const before = code;
      code = code.replace(from, to);
      if (code === before) this.error(`Svelte's hydration is written otherwise: ${String(from)} is not in it`);
    }
    return { code, map: null };
  },
});
