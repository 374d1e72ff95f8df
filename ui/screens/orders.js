// Payments from a file: what it holds, what is wrong in it, and making drafts of what is chosen.
import assert from "node:assert/strict";

const list = async (page) => {
  await page.getByRole("button", { name: /^Payments/ }).click();
  await page.getByRole("heading", { name: "Payments", level: 1 }).waitFor();
};
const dialog = (page) => page.getByRole("dialog", { name: "Payments from a file" });
const open = async (page) => {
  await list(page);
  await page.getByRole("button", { name: "More actions" }).first().click();
  await page.getByRole("menuitem", { name: "Payments from a file" }).click();
  await dialog(page).waitFor();
};
const big = [[1280, 800]];

/** @type {import("./list.js").Screen[]} */
export const orders = [
  {
    name: "orders",
    act: async (page) => {
      await open(page);
      await dialog(page).getByText("2 lines need a change in the file").waitFor();
      // A payment that is a draft already is not proposed.
      await dialog(page).getByRole("button", { name: "Prepare 3 payments" }).waitFor();
      await dialog(page).getByText("2,580").waitFor();
    },
  },
  {
    name: "orders-prepared",
    sizes: big,
    act: async (page) => {
      await open(page);
      const first = dialog(page).getByRole("checkbox", { name: /Kovostav/ });
      await first.focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Space");
      await dialog(page).getByRole("button", { name: "Prepare 2 payments" }).click();
      await page.getByText("2 drafts were made.").waitFor();
      // They are checked, to be paid together at once.
      await page.getByRole("region", { name: "Checked payments" }).getByText("2 checked").waitFor();
    },
  },
  {
    name: "orders-asked",
    query: "state=ordersAsk",
    sizes: big,
    act: async (page) => {
      await open(page);
      await dialog(page).getByText("How are amounts such as 1,234 meant?").waitFor();
      assert.equal(
        await dialog(page)
          .getByRole("checkbox", { name: /Kovostav/ })
          .count(),
        0,
      );
      await dialog(page).getByRole("radio", { name: "Comma between thousands" }).click();
      await dialog(page)
        .getByRole("checkbox", { name: /Kovostav/, checked: true })
        .waitFor();
    },
  },
  {
    name: "orders-unread",
    query: "state=ordersUnread",
    sizes: big,
    act: async (page) => {
      await list(page);
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File(["x"], "uhrady.csv"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      });
      await dialog(page).getByText("These columns were not found: account, amount.").waitFor();
    },
  },
  {
    name: "orders-large",
    query: "state=ordersLarge",
    sizes: big,
    act: async (page) => {
      await open(page);
      await dialog(page).getByText("333 lines need a change in the file").waitFor();
    },
  },
  ...["sk", "cs", "de"].map((language) => ({
    name: `orders-${language}`,
    language,
    sizes: [[960, 640]],
    act: async (page) => {
      await page.locator(".nav button").nth(2).click();
      await page.locator(".topbar .actions button").first().click();
      await page.getByRole("menuitem").nth(3).click();
      await page.locator("dialog tbody tr").first().waitFor();
    },
  })),
];
