import { readdirSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

const here = fileURLToPath(new URL(".", import.meta.url));
// Scope classes stand hundreds of times in what the window reads: each component's is its number.
const components = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".svelte") && !file.startsWith("node_modules"))
  .sort();

/** @type {import("@sveltejs/vite-plugin-svelte").SvelteConfig} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    // None of our own names begins so.
    cssHash: ({ filename }) => `_${components.indexOf(relative(here, filename)).toString(36)}`,
  },
};
