import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { lean, short, weighed } from "./lean.config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Mode `mock` puts ui/mock/core.ts in the place of Tauri, so that every screen can be driven in a plain browser. No other
// mode ever sees that folder. In `vitest` the tests say themselves whether they want it.
export default defineConfig(({ mode }) => ({
  root: here("."),
  // The numbers are what has been reached; 110 KiB (112,640) of all are aimed at.
  plugins: [lean(), svelte(), short(), ...(mode === "mock" ? [] : [weighed({ first: 157_100, all: 189_300 })])],
  resolve: {
    alias: mode === "mock" ? [{ find: "@tauri-apps/api/core", replacement: here("./mock/core.ts") }] : [],
    ...(mode === "test" ? { conditions: ["browser"] } : {}),
  },
  build: {
    outDir: mode === "mock" ? "dist-mock" : "dist",
    emptyOutDir: true,
    target: ["es2022", "safari16"],
    // The content security policy allows only files of our own: nothing is put into data: addresses or inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: true,
  },
  server: { port: 5181, strictPort: true },
  clearScreen: false,
  test: {
    environment: "happy-dom",
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**"],
    restoreMocks: true,
    setupFiles: ["test.setup.ts"],
  },
}));
