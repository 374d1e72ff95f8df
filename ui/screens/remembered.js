// Planned payments, payees and templates.
import assert from "node:assert/strict";

const open = (part) => async (page) => {
  await page.locator(".nav button").nth(2).click();
  await page.locator(".topbar [aria-haspopup='menu']").click();
  await page.getByRole("menuitem").nth(part).click();
  await page.locator(".tabs [aria-pressed='true']").nth(0).waitFor();
};
const due = open(0);
const payees = open(1);
const templates = open(2);
const big = [[1280, 800]];
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

/** @type {import("./list.js").Screen[]} */
export const remembered = [
  {
    name: "remembered-due",
    act: async (page) => {
      await due(page);
      await page.getByLabel("Choose Priemyselný park Brod s.r.o.").check();
      await page.getByLabel("Choose Mobil Plus a.s.").check();
      await page.getByText("2 chosen").waitFor();
      await page.getByText("Was due on").waitFor();
    },
  },
  {
    name: "remembered-due-one-after-another",
    sizes: big,
    act: async (page) => {
      await due(page);
      await page.getByLabel("Choose Priemyselný park Brod s.r.o.").check();
      await page.getByLabel("Choose Mobil Plus a.s.").check();
      await page.getByRole("button", { name: "Pay one after another" }).click();
      // The first is opened as a draft: nothing is handed over by having been chosen.
      await page.getByLabel("Account number or IBAN").waitFor();
      assert.equal(await page.getByLabel("To", { exact: true }).inputValue(), "Priemyselný park Brod s.r.o.");
      assert.equal(await page.evaluate(() => globalThis.mockPayments.handOvers), 0);
      await due(page);
      await page.getByRole("button", { name: "Go on, 2 left" }).waitFor();
    },
  },
  {
    name: "remembered-due-together",
    sizes: big,
    act: async (page) => {
      await due(page);
      await page.getByLabel("Choose Priemyselný park Brod s.r.o.").check();
      await page.getByLabel("Choose Mobil Plus a.s.").check();
      await page.getByRole("button", { name: "Pay together" }).click();
      // They stand checked in the list, where what they come to is said; nothing is put together yet.
      await page.getByText("2 checked").waitFor();
    },
  },
  { name: "remembered-due-empty", query: "state=noDue", sizes: big, act: due },
  { name: "remembered-due-fails", query: "state=dueFails", sizes: big, act: due },
  {
    name: "remembered-payees",
    act: async (page) => {
      await payees(page);
      await page.getByRole("button", { name: /Kovostav/ }).focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      await page.getByText("What was paid").waitFor();
      assert.match(await focused(page), /Kovostav/);
    },
  },
  {
    name: "remembered-payee-edit",
    sizes: big,
    act: async (page) => {
      await payees(page);
      await page.getByRole("button", { name: /Sociálna/ }).click();
      await page.getByRole("button", { name: "Edit" }).click();
      await page.getByLabel("Variable symbol").fill("12a");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("something in them cannot be kept").waitFor();
    },
  },
  {
    name: "remembered-payee-forgotten",
    sizes: big,
    act: async (page) => {
      await payees(page);
      await page.getByRole("button", { name: /Grafit/ }).click();
      await page.getByRole("button", { name: "Forget" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Forget" }).click();
      await page.getByText("Grafit Print s.r.o. was forgotten.").waitFor();
      assert.equal(await page.locator("[data-payee]", { hasText: "Grafit" }).count(), 0);
    },
  },
  {
    name: "remembered-payees-none",
    sizes: big,
    act: async (page) => {
      await payees(page);
      await page.getByLabel("Search by name or account").fill("nobody");
      await page.getByText("No payee fits").waitFor();
    },
  },
  { name: "remembered-payees-empty", query: "state=noPayees", sizes: big, act: payees },
  {
    name: "remembered-templates",
    act: async (page) => {
      await templates(page);
      await page.getByText("Drafts wait for you").waitFor();
    },
  },
  {
    name: "remembered-template-edit",
    sizes: big,
    act: async (page) => {
      await templates(page);
      await page.getByRole("button", { name: "More for Nájom haly" }).click();
      await page.getByRole("menuitem", { name: "Edit" }).click();
      await page.getByLabel("Next on").waitFor();
    },
  },
  {
    name: "remembered-template-kept",
    sizes: big,
    act: async (page) => {
      await page.locator(".nav button").nth(2).click();
      await page.getByRole("row", { name: "Dýhy Morava" }).locator("td").first().click();
      await page.getByRole("button", { name: "Keep as a template" }).click();
      await page.getByLabel("Repeats").selectOption("month");
      await page.getByLabel("Name", { exact: true }).fill("Dýhy");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: "More for Dýhy" }).waitFor();
      await page.getByRole("button", { name: "More for Dýhy" }).click();
      await page.getByRole("menuitem", { name: "Pause" }).click();
      await page.getByText("Paused").nth(1).waitFor();
    },
  },
  { name: "remembered-templates-empty", query: "state=noTemplates", sizes: big, act: templates },
  ...["sk", "cs", "de"].flatMap((language) =>
    [due, payees, templates].map((act, part) => ({
      name: `remembered-${["due", "payees", "templates"][part]}-${language}`,
      language,
      sizes: [[960, 640]],
      act,
    })),
  ),
];
