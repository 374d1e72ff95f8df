// Leaves out of the build what this window never does. Svelte is written so that bundlers drop its hydration where nobody
// hydrates, and Vite adds a loader of style sheets to each import() though there is one sheet only; Rolldown keeps both.
import { gzipSync } from "node:zlib";
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

/** Custom properties that code names by the letter: a series of a chart, and what a component sets for itself. */
const named = /^--(chart-|.$)/;

/** Gives the custom properties of the one sheet numbers, as their names stand a thousand times in it. */
export const short = (): Plugin => ({
  name: "short",
  apply: "build",
  // The sheet is there only after Vite's own plugins.
  enforce: "post",
  generateBundle(_, bundle) {
    const numbers = new Map<string, string>();
    const number = (name: string) => {
      if (named.test(name)) return name;
      if (!numbers.has(name)) numbers.set(name, `--${numbers.size}`);
      return numbers.get(name) ?? name;
    };
    for (const file of Object.values(bundle)) {
      if (file.type === "asset" && file.fileName.endsWith(".css"))
        file.source = String(file.source).replace(/--[a-z][\w-]*/g, number);
    }
  },
});

/** The most bytes that a window may read, as gzip makes them. */
type Most = {
  /** To show its first page. */
  first: number;
  /** Before it is closed, whatever is asked for. */
  all: number;
};

/**
 * Weighs the code, the style sheet and the longest of the languages: what the first page begins with, and everything. More than
 * is wanted of either fails, so that what was once saved is not lost unnoticed.
 */
export const weighed = (most: Most): Plugin => ({
  name: "weighed",
  apply: "build",
  enforce: "post",
  writeBundle(_, bundle) {
    const weight = (of: string | Uint8Array) => gzipSync(of, { level: 9 }).length;
    const sum = (weights: number[]) => weights.reduce((one, other) => one + other, 0);
    const files = Object.values(bundle);
    const chunks = files.filter((file) => file.type === "chunk");
    const sheets = files.filter((file) => file.type === "asset" && file.fileName.endsWith(".css"));
    const first = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName));
    // A set that grows is gone through to its end.
    for (const name of first) {
      const chunk = chunks.find((one) => one.fileName === name);
      for (const imported of chunk?.imports ?? []) first.add(imported);
    }
    const isLanguage = (name: string) => /^(cs|de|en|sk)$/.test(name);
    const languages = chunks.filter((chunk) => isLanguage(chunk.name)).map((chunk) => weight(chunk.code));
    const code = chunks.filter((chunk) => !isLanguage(chunk.name));
    const styles = sum(sheets.map((sheet) => (sheet.type === "asset" ? weight(sheet.source) : 0)));
    const around = styles + Math.max(...languages);
    const read: Most = {
      first: around + sum(code.filter((chunk) => first.has(chunk.fileName)).map((chunk) => weight(chunk.code))),
      all: around + sum(code.map((chunk) => weight(chunk.code))),
    };
    const said = `the window reads ${read.first} bytes first, ${read.all} in all`;
    this.info(said);
    if (languages.length !== 4 || read.first > most.first || read.all > most.all)
      this.error(`${said}; at most ${most.first} and ${most.all} are wanted`);
  },
});
