// The lock, its settings, backups, recovery, and hidden amounts.
import assert from "node:assert/strict";

const big = [[1280, 800]];
const small = [[960, 640]];
const settings = (name) => async (page) => {
  await page.keyboard.press("Control+,");
  await page.getByRole("button", { name, exact: true }).first().click();
};
const lockTitle = (page) => page.getByRole("heading", { name: "Saldo is locked" });
/** All text that is painted or read out, without what stands in for hidden amounts. */
const figures = (page) =>
  page.evaluate(
    () =>
      [...document.querySelectorAll(".veil .fig, .veil .words, .veil-chart .fig")].filter(
        (one) => getComputedStyle(one).visibility !== "hidden",
      ).length,
  );

/** @type {import("./list.js").Screen[]} */
export const guard = [
  {
    name: "lock",
    query: "state=locked",
    act: async (page) => {
      await lockTitle(page).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), "lock-password");
    },
  },
  {
    name: "lock-wrong",
    query: "state=locked,tries",
    act: async (page) => {
      await page.keyboard.type("saldo");
      await page.keyboard.press("Enter");
      await page.getByText(/next try is possible in/).waitFor();
      // What was typed is selected, so that the next try takes its place.
      await page.waitForFunction(() => {
        const input = document.activeElement;
        return input instanceof HTMLInputElement && input.selectionEnd === 5 && input.selectionStart === 0;
      });
    },
  },
  {
    name: "lock-busy",
    query: "state=locked,slow",
    sizes: big,
    act: async (page) => {
      await page.keyboard.type("correct horse");
      await page.keyboard.press("Enter");
      await page.locator("button .spin").waitFor();
    },
  },
  {
    name: "lock-forgotten",
    query: "state=locked",
    language: "de",
    act: (page) => page.getByText("Vergessen?").click(),
  },
  ...["sk", "cs"].map((language) => ({
    name: `lock-${language}`,
    query: "state=locked,sealed",
    language,
    sizes: small,
  })),
  { name: "lock-200", query: "state=locked", language: "de", sizes: [[640, 400]] },
  {
    name: "lock-and-back",
    sizes: big,
    act: async (page) => {
      // A draft is written, Saldo locks, nothing of the ledger is left, and she comes back to her draft.
      await page.keyboard.press("Control+n");
      await page.getByLabel("To", { exact: true }).fill("Nobody knows");
      await page.keyboard.press("Control+l");
      await lockTitle(page).waitFor();
      const left = await page.evaluate(() => document.body.innerText);
      assert.doesNotMatch(left, /Nobody|Tatra|€|EUR/);
      await page.keyboard.type("correct horse");
      await page.keyboard.press("Enter");
      await page.getByLabel("Account number or IBAN").waitFor();
      assert.equal(await page.getByLabel("To", { exact: true }).inputValue(), "Nobody knows");
    },
  },
  {
    name: "lock-unguarded",
    query: "state=unguarded,fine",
    sizes: big,
    act: async (page) => {
      await page.keyboard.press("Control+l");
      await page.getByText("To lock Saldo, set a password first.").waitFor();
      await page.getByRole("switch", { name: "Ask for a password" }).click();
      await page.getByRole("dialog").waitFor();
      await page.keyboard.type("short");
      await page.getByRole("button", { name: "Set password" }).click();
      await page.getByText("It needs at least 8 characters.").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), "password-next");
    },
  },
  { name: "settings-paying", query: "state=fine", act: settings("Payment limits") },
  {
    name: "settings-paying-release",
    query: "state=fourEyes",
    language: "sk",
    act: async (page) => {
      await settings("Limity platieb")(page);
      await page.getByRole("button", { name: "Zmeniť limit" }).click();
      await page.getByLabel("Pýtať sa nad sumu").fill("x");
      await page.getByLabel("Druhá fráza", { exact: true }).fill("battery staple");
      await page.keyboard.press("Enter");
      await page.getByText("Napíšte sumu").waitFor();
    },
  },
  {
    name: "settings-paying-set",
    query: "state=fine",
    language: "de",
    sizes: [[1280, 800]],
    act: async (page) => {
      await settings("Zahlungsgrenzen")(page);
      await page.getByRole("button", { name: "Einrichten" }).click();
      await page.getByLabel("Gefragt wird über").fill("1000");
    },
  },
  { name: "settings-lock", query: "state=fine", act: settings("App lock") },
  {
    name: "settings-lock-sealed",
    query: "state=fine,sealed",
    language: "de",
    sizes: small,
    act: settings("App-Sperre"),
  },
  {
    name: "settings-lock-change",
    query: "state=fine",
    sizes: [...big, ...small],
    act: async (page) => {
      await settings("App lock")(page);
      await page.getByRole("button", { name: "Change", exact: true }).first().click();
      await page.keyboard.type("wrong");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.type("long enough");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.type("long enough");
      await page.keyboard.press("Enter");
      await page.getByText("That is not the password.").waitFor();
    },
  },
  { name: "settings-backup", query: "state=fine", act: settings("Backup") },
  {
    name: "settings-backup-fails",
    query: "state=fine,backupFails",
    sizes: small,
    language: "cs",
    act: settings("Zálohování"),
  },
  {
    name: "settings-backup-none",
    query: "state=fine,noBackup",
    sizes: small,
    language: "sk",
    act: settings("Zálohovanie"),
  },
  {
    name: "settings-backup-password",
    query: "state=fine,noBackup",
    sizes: small,
    act: async (page) => {
      await settings("Backup")(page);
      await page.getByRole("button", { name: "Back up now" }).click();
      await page.getByRole("dialog", { name: "Backup password" }).waitFor();
    },
  },
  {
    name: "restore",
    query: "state=fine",
    act: async (page) => {
      await settings("Backup")(page);
      await page.getByRole("button", { name: "Restore from a file" }).click();
      await page.getByRole("button", { name: "Choose a file" }).click();
      await page.getByLabel("Password of this backup").fill("wrong");
      await page.keyboard.press("Enter");
      await page.getByText("it has another password").waitFor();
    },
  },
  {
    name: "restored",
    query: "state=fine",
    sizes: [...big, ...small],
    act: async (page) => {
      await settings("Backup")(page);
      await page.getByRole("button", { name: "Restore from a file" }).click();
      await page.getByRole("button", { name: "Choose a file" }).click();
      await page.getByLabel("Password of this backup").fill("correct horse");
      await page.keyboard.press("Enter");
      await page.getByText("Your data is back").waitFor();
    },
  },
  {
    name: "forget",
    query: "state=fine",
    sizes: [...big, ...small],
    act: async (page) => {
      await settings("Remove data")(page);
      await page.getByRole("button", { name: "Remove", exact: true }).click();
      await page.getByLabel("Confirmation").fill("forge");
      await page.keyboard.press("Enter");
      assert.equal(await page.getByRole("dialog").count(), 1);
    },
  },
  {
    name: "forget-done",
    query: "state=fine",
    sizes: big,
    act: async (page) => {
      await settings("Remove data")(page);
      await page.getByRole("button", { name: "Remove", exact: true }).click();
      await page.getByLabel("Confirmation").fill("Forget");
      await page.keyboard.press("Enter");
      await page.getByText("All your company’s accounts").waitFor();
    },
  },
  {
    name: "recovery-damaged",
    query: "state=storeDamaged",
    act: (page) => page.getByText("Take the safety copy").waitFor(),
  },
  { name: "recovery-key", query: "state=keyMissing", language: "sk" },
  { name: "recovery-cs", query: "state=storeDamaged", language: "cs", sizes: small },
  { name: "recovery-200", query: "state=storeDamaged", language: "de", sizes: [[640, 400]] },
  {
    name: "recovery-over",
    query: "state=keyMissing",
    sizes: [...big, ...small],
    act: async (page) => {
      await page.getByRole("button", { name: "Start over" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "recovery-restored",
    query: "state=storeDamaged",
    act: async (page) => {
      await page.getByRole("button", { name: "Restore: Take the safety copy" }).click();
      await page.getByRole("button", { name: "Open Saldo" }).waitFor();
    },
  },
  {
    name: "trouble-passphrase",
    query: "state=keychainAbsent",
    act: async (page) => {
      await page.getByRole("button", { name: "Use a passphrase instead" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "hidden-overview",
    query: "state=hidden,fine",
    ready: '[role="slider"]',
    act: async (page) => {
      await page.mouse.move(2, 2);
      assert.equal(await figures(page), 0);
      const total = page.locator(".total .veil");
      const before = await total.boundingBox();
      await total.focus();
      assert.ok((await figures(page)) > 0, "the total shows while it has the focus");
      assert.deepEqual(await total.boundingBox(), before);
      await page.locator(".acc").first().focus();
      assert.equal(await figures(page), 1);
      await page.locator("h1").focus();
    },
  },
  {
    name: "hidden-transactions",
    query: "state=hidden,fine",
    sizes: [...big, ...small],
    act: async (page) => {
      await page.keyboard.press("Control+2");
      await page.locator(".tx-row .veil").nth(8).waitFor();
      await page.mouse.move(2, 2);
      assert.equal(await figures(page), 0);
      await page.getByRole("grid").focus();
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.waitForFunction(() => {
        const shown = [...document.querySelectorAll(".tx-row .fig")];
        return shown.filter((one) => getComputedStyle(one).visibility !== "hidden").length === 1;
      });
    },
  },
  {
    name: "hidden-payments",
    query: "state=hidden,fine",
    sizes: big,
    act: async (page) => {
      await page.keyboard.press("Control+3");
      await page.locator("td .veil").first().waitFor();
      await page.getByRole("heading", { level: 1 }).focus();
      assert.equal(await figures(page), 0);
    },
  },
  {
    name: "hidden-review",
    query: "state=hidden,fine",
    sizes: big,
    act: async (page) => {
      // What is being paid is never hidden.
      await page.keyboard.press("Control+n");
      await page.getByLabel("To", { exact: true }).fill("kov");
      await page.getByRole("option", { name: /Kovostav/ }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByLabel("Amount", { exact: true }).fill("1840");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("dialog", { name: "Check the payment" }).getByText("€1,840").waitFor();
      assert.equal(await page.locator("main .veil, dialog .veil").count(), 0);
    },
  },
  {
    name: "hidden-palette",
    query: "state=hidden,fine",
    sizes: big,
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("kov");
      await page.locator('[role="option"] .veil').first().waitFor();
      // Only the line under the cursor shows its amount.
      assert.ok((await figures(page)) <= 1);
    },
  },
];
