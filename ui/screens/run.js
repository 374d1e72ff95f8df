// Drives the mock build in Chromium: every screen of list.js in its sizes and themes. Fails on an axe violation that is
// serious or worse, on horizontal scrolling, on a break of the content security policy and on any error in the console.
//
//   SCREENS_OUT=folder   where the PNGs go; without it none are written
//   SCREENS=welcome,...  only screens whose name begins so
//   CHROMIUM=path        the browser; /usr/bin/chromium without it
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { screens } from "./list.js";
import { serve } from "./serve.js";

const sizes = [
  [1280, 800],
  [960, 640],
  [1600, 1000],
];
const root = fileURLToPath(new URL("..", import.meta.url));
const out = process.env.SCREENS_OUT;
const only = process.env.SCREENS?.split(",");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const problems = [];

/** One screen in one size and theme. */
async function look(context, base, screen, [width, height], theme) {
  const name = `${screen.name}-${width}-${theme}`;
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  page.on("console", (message) => message.type() === "error" && problems.push(`${name}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`${name}: ${error.message}`));
  try {
    await page.goto(`${base}?theme=${theme}&language=${screen.language ?? "en"}&${screen.query ?? ""}`);
    await page
      .locator(screen.ready ?? "h1")
      .first()
      .waitFor({ timeout: 5000 });
    if (screen.act) await screen.act(page);
    // The first frames are over and nothing moves any more.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    if (wide) problems.push(`${name}: scrolls sideways`);
    if (out) await page.screenshot({ path: join(out, `${name}.png`), animations: "disabled" });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
    for (const one of violations.filter(({ impact }) => impact === "serious" || impact === "critical")) {
      const where = one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.failureSummary})`);
      problems.push(`${name}: ${one.id}: ${where.join("; ")}`);
    }
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    if (out) await page.screenshot({ path: join(out, `${name}-failed.png`) }).catch(() => {});
  } finally {
    await page.close();
  }
}

const profile = await mkdtemp(join(tmpdir(), "saldo-screens-"));
if (out) await mkdir(out, { recursive: true });
const server = await serve(root);
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  reducedMotion: "reduce",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
let looked = 0;
try {
  for (const screen of screens.filter(({ name }) => !only || only.some((one) => name.startsWith(one)))) {
    for (const size of screen.sizes ?? sizes) {
      for (const theme of ["light", "dark"]) {
        await look(browser, server.url, screen, size, theme);
        looked += 1;
      }
    }
  }
} finally {
  await browser.close();
  server.stop();
  await rm(profile, { recursive: true, force: true });
}
console.log(`${looked} screens looked at, ${problems.length} problems`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 || looked === 0 ? 1 : 0;
