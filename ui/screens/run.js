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
const patience = 20_000;
const problems = [];
let looked = 0;

/** Waits until what was asked for is painted. */
const painted = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))));

/** One screen: loaded once, then looked at in each size and theme, as an owner resizes her window. */
async function look(context, base, screen) {
  let name = screen.name;
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  page.on("console", (message) => message.type() === "error" && problems.push(`${name}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`${name}: ${error.message}`));
  try {
    const [first] = screen.sizes ?? sizes;
    await page.setViewportSize({ width: first[0], height: first[1] });
    await page.goto(`${base}?theme=light&language=${screen.language ?? "en"}&${screen.query ?? ""}`);
    await page
      .locator(screen.ready ?? "h1")
      .first()
      .waitFor();
    if (screen.act) await screen.act(page);
    await page.evaluate(axe);
    for (const [width, height] of screen.sizes ?? sizes) {
      await page.setViewportSize({ width, height });
      for (const theme of ["light", "dark"]) {
        name = `${screen.name}-${width}-${theme}`;
        await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
        await painted(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        if (wide) problems.push(`${name}: scrolls sideways`);
        if (out) await page.screenshot({ path: join(out, `${name}.png`), animations: "disabled" });
        // The widest window adds space and a column or two; the rules were checked on what is in them.
        if (width < 1500) await obeys(page, name);
        looked += 1;
      }
    }
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    if (out) await page.screenshot({ path: join(out, `${name}-failed.png`) }).catch(() => {});
  } finally {
    await page.close();
  }
}

/** Runs axe; what is serious or worse is a problem. */
async function obeys(page, name) {
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  for (const one of violations.filter(({ impact }) => impact === "serious" || impact === "critical")) {
    const where = one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.failureSummary})`);
    problems.push(`${name}: ${one.id}: ${where.join("; ")}`);
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
try {
  const wanted = screens.filter(({ name }) => !only || only.some((one) => name.startsWith(one)));
  // Two at a time: one waits for its window while the other is looked at.
  const next = wanted.values();
  const worker = async () => {
    for (const screen of next) await look(browser, server.url, screen);
  };
  await Promise.all([worker(), worker()]);
} finally {
  await browser.close();
  server.stop();
  await rm(profile, { recursive: true, force: true });
}
console.log(`${looked} pictures of screens looked at, ${problems.length} problems`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 || looked === 0 ? 1 : 0;
