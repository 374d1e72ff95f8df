// Payments: the list with its states, the form, the review sheet and the hand-over.
import assert from "node:assert/strict";

const list = async (page) => {
  await page.getByRole("button", { name: /^Payments/ }).click();
  await page.getByRole("heading", { name: "Payments", level: 1 }).waitFor();
};
const row = (page, payee) => page.getByRole("row", { name: payee }).locator("td").first();
const form = async (page) => {
  await page.keyboard.press("Control+n");
  await page.getByLabel("Account number or IBAN").waitFor();
};
const review = (page) => page.getByRole("button", { name: /^Review payment/ });
const sheet = (page) => page.getByRole("dialog", { name: "Check the payment" });

async function fill(page) {
  await form(page);
  await page.getByLabel("To", { exact: true }).fill("kov");
  await page.getByRole("option", { name: /Kovostav/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByLabel("Amount", { exact: true }).fill("1840");
  await page.getByLabel("Variable symbol").fill("2026104418");
  await page.getByLabel("Constant symbol").fill("0308");
  await page.getByLabel("Message for the payee").fill("Faktúra 2026104418");
  await page.getByLabel("Specific symbol").focus();
  await page.getByText("You paid the same amount").waitFor();
}

async function openReview(page) {
  await fill(page);
  await page.keyboard.press("Control+Enter");
  await sheet(page).waitFor();
}

const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim().slice(0, 60) ?? "");
const handOvers = (page) => page.evaluate(() => globalThis.mockPayments.handOvers);
const big = [[1280, 800]];

/** @type {import("./list.js").Screen[]} */
export const payments = [
  {
    name: "payments",
    act: async (page) => {
      await list(page);
      await row(page, "Grafit Print").click();
      await page.getByText("Please do not pay it again").waitFor();
      // While nobody knows the outcome, nothing on the screen pays it again.
      assert.equal(await page.getByRole("button", { name: "Use as a new payment" }).count(), 0);
    },
  },
  {
    name: "payments-partly-paid",
    act: async (page) => {
      await list(page);
      await row(page, "3 payments together").click();
      await page.getByText("accepted 2 of the payments and refused 1").waitFor();
      await page.getByRole("button", { name: "Correct the refused ones" }).waitFor();
    },
  },
  {
    name: "payments-checked",
    query: "state=manyDrafts",
    act: async (page) => {
      await list(page);
      await page.getByRole("row", { name: /Draft.*Papier Drobec/ }).focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowDown");
      await page.getByRole("button", { name: "Pay 3 together" }).waitFor();
      await page.getByRole("region", { name: "Checked payments" }).getByText("2,556").waitFor();
    },
  },
  {
    name: "payments-bulk-review",
    query: "state=manyDrafts",
    act: async (page) => {
      await list(page);
      for (const payee of ["Papier Drobec", "Leasing Tatrin", "Kovostav Hron"])
        await page.getByRole("checkbox", { name: new RegExp(payee) }).check();
      await page.getByRole("button", { name: "Pay 3 together" }).click();
      const together = page.getByRole("dialog", { name: "Check the 3 payments" });
      await together.waitFor();
      await page.keyboard.press("Escape");
      await together.waitFor({ state: "detached" });
      // They are drafts of their own again, and still checked.
      await page.getByRole("button", { name: "Pay 3 together" }).waitFor();
      assert.equal(await page.getByRole("checkbox", { checked: true }).count(), 3);
      await page.getByRole("button", { name: "Pay 3 together" }).click();
      await together.waitFor();
    },
  },
  {
    name: "payments-keyboard",
    sizes: big,
    act: async (page) => {
      await list(page);
      await page.getByRole("row", { name: "Kovostav" }).focus();
      await page.keyboard.press("j");
      await page.keyboard.press("ArrowDown");
      await page.getByRole("complementary", { name: "Payment detail" }).getByText("Grafit Print").waitFor();
      await page.keyboard.press("Enter");
      assert.equal(await focused(page), "Grafit Print s.r.o.");
      await page.keyboard.press("Escape");
      assert.equal(await page.getByRole("complementary", { name: "Payment detail" }).count(), 0);
    },
  },
  {
    name: "payments-asks-code",
    query: "state=asksCode",
    act: async (page) => {
      await list(page);
      await row(page, "Kovostav").click();
      const word = page.getByLabel("Word in the picture");
      await word.fill("oak");
      await page.getByLabel("Code from the text message").fill("482913");
      // Who turns away from the form takes no secret along.
      await page.getByRole("button", { name: "Check now" }).focus();
      assert.equal(await page.getByLabel("Code from the text message").inputValue(), "");
      assert.equal(await word.inputValue(), "oak");
      await page.getByRole("button", { name: "Send to the bank" }).click();
      await page.getByText("Fill in every field.").waitFor();
      assert.equal(await page.evaluate(() => globalThis.mockTyped.length), 0);
    },
  },
  {
    name: "payments-asks-answered",
    query: "state=asksHow",
    sizes: big,
    act: async (page) => {
      await list(page);
      await row(page, "Kovostav").click();
      await page.getByLabel("How do you want to approve?").selectOption("sms");
      await page.getByRole("button", { name: "Send to the bank" }).click();
      await page
        .getByRole("complementary", { name: "Payment detail" })
        .getByText("Processing", { exact: true })
        .waitFor();
      assert.deepEqual(await page.evaluate(() => globalThis.mockTyped), ["method"]);
    },
  },
  {
    name: "payments-asks-elsewhere",
    query: "state=asksElsewhere",
    sizes: big,
    act: async (page) => {
      await list(page);
      await row(page, "Kovostav").click();
      await page.getByText("could not send so that only the bank can read it").waitFor();
      assert.equal(await page.getByRole("button", { name: "Send to the bank" }).count(), 0);
    },
  },
  { name: "payments-empty", query: "state=noPayments", sizes: big, act: list },
  {
    name: "payments-tab-empty",
    query: "state=fewPayments",
    sizes: big,
    act: async (page) => {
      await list(page);
      await page.getByRole("button", { name: "Finished" }).click();
      await page.getByText("Nothing is finished yet.").waitFor();
    },
  },
  {
    name: "payments-done",
    sizes: big,
    act: async (page) => {
      await list(page);
      await row(page, "Kovostav").click();
      await page.evaluate(() => globalThis.mockReach(1, "processing"));
      await page.getByText("Tatra banka is processing it").waitFor();
      await page.evaluate(() => globalThis.mockReach(1, "finished"));
      await page.getByText("Tatra banka accepted it.").waitFor();
    },
  },
  {
    name: "payments-failed",
    sizes: big,
    act: async (page) => {
      await list(page);
      await row(page, "Sklenářství").click();
      await page.getByText("No money has moved").waitFor();
      await page.getByRole("button", { name: "Correct and pay as a new one" }).waitFor();
    },
  },
  {
    name: "payments-booked",
    sizes: big,
    act: async (page) => {
      await list(page);
      await row(page, "Papier Drobec").click();
      await page.getByRole("button", { name: "Show the transaction" }).waitFor();
    },
  },
  {
    name: "payments-approve-fails",
    query: "state=browserFailed",
    sizes: big,
    act: async (page) => {
      await list(page);
      await page.getByRole("button", { name: "Approve at Tatra banka" }).click();
      await page.getByText("could not be opened in the browser").waitFor();
    },
  },
  ...["sk", "cs", "de"].map((language) => ({
    name: `payments-${language}`,
    language,
    sizes: [[960, 640]],
    act: async (page) => {
      await page.locator(".nav button").nth(2).click();
      await row(page, "Grafit Print").click();
      await page.locator(".call").waitFor();
    },
  })),
  {
    name: "payments-draft",
    sizes: big,
    act: async (page) => {
      await list(page);
      await row(page, "Dýhy Morava").click();
      await page.getByRole("button", { name: "Delete draft" }).click();
      await page.getByText("Draft deleted.").waitFor();
      assert.match(await focused(page), /Priemyselný park/);
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("complementary", { name: "Payment detail" }).getByText("Dýhy Morava").waitFor();
    },
  },
  {
    name: "payments-kept",
    sizes: big,
    act: async (page) => {
      await form(page);
      await page.getByLabel("To", { exact: true }).fill("Nobody");
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByRole("complementary", { name: "Payment detail" }).getByText("Nobody").waitFor();
      // Enter on a draft opens it again, as it was typed.
      await page.getByRole("row", { name: "Nobody" }).focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("Account number or IBAN").waitFor();
      assert.equal(await page.getByLabel("To", { exact: true }).inputValue(), "Nobody");
      await page.keyboard.press("Escape");
      await page.getByRole("complementary", { name: "Payment detail" }).getByText("Nobody").waitFor();
    },
  },
  {
    name: "payments-large-text",
    sizes: big,
    act: async (page) => {
      await list(page);
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    },
  },
  {
    name: "payment-large-text",
    sizes: big,
    act: async (page) => {
      await fill(page);
      await page.keyboard.press("Control+s");
      await page.getByText("Draft saved at").waitFor();
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    },
  },
  { name: "payment", act: fill },
  { name: "payment-new", act: form, sizes: big },
  {
    name: "payment-from",
    sizes: big,
    act: async (page) => {
      await form(page);
      await page.getByRole("combobox", { name: "From" }).focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "payment-payee",
    sizes: big,
    act: async (page) => {
      await form(page);
      await page.getByLabel("To", { exact: true }).fill("kov");
      await page.getByRole("option", { name: /Kovostav/ }).waitFor();
    },
  },
  {
    name: "payment-day",
    sizes: big,
    act: async (page) => {
      await form(page);
      await page.getByRole("button", { name: /^Pay on/ }).click();
      await page.getByRole("dialog", { name: "Pay on" }).waitFor();
      await page.keyboard.press("ArrowRight");
      // A weekend is named where the keyboard stands on it, and to screen readers.
      await page.keyboard.press("End");
      await page.getByRole("dialog", { name: "Pay on" }).getByText("Weekend: not a bank day.").waitFor();
      await page
        .getByRole("button", { name: /Sunday.*Weekend/ })
        .first()
        .waitFor();
    },
  },
  {
    name: "payment-reference",
    sizes: big,
    act: async (page) => {
      await fill(page);
      await page.getByLabel("Variable symbol or RF").fill("RF18 5390 0754 7034");
      await page.getByLabel("Specific symbol").focus();
      await page.getByText("A payment with an RF reference carries no symbols.").waitFor();
      await page.getByLabel("Constant symbol").fill("");
      await page.keyboard.press("Control+Enter");
      await sheet(page).getByText("RF reference").waitFor();
    },
  },
  {
    name: "payment-late",
    query: "state=late,underLowest",
    sizes: big,
    act: async (page) => {
      await fill(page);
      await page.getByText("Your bank closed at 14:30 today.").waitFor();
      await page.getByText("Less than you want to keep").waitFor();
    },
  },
  {
    name: "payment-release",
    query: "state=fourEyes",
    act: async (page) => {
      await openReview(page);
      await page.keyboard.press("Control+Enter");
      await sheet(page).getByText("The second passphrase is needed.").waitFor();
      assert.equal(await handOvers(page), 0);
      await page.keyboard.type("wrong one");
      await page.keyboard.press("Control+Enter");
      await sheet(page).getByText("That is not the second passphrase.").waitFor();
      assert.equal(await handOvers(page), 0);
    },
  },
  {
    name: "payment-released",
    query: "state=fourEyes",
    sizes: big,
    act: async (page) => {
      await openReview(page);
      await page.getByLabel("Second passphrase", { exact: true }).fill("battery staple");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("heading", { name: "Payments", level: 1 }).waitFor();
      assert.equal(await handOvers(page), 1);
    },
  },
  {
    name: "payment-domestic",
    sizes: big,
    act: async (page) => {
      await form(page);
      await page.getByLabel("Account number or IBAN").fill("19-2000145399/0800");
      await page.getByText("CZ65 0800").first().waitFor();
    },
  },
  {
    name: "payment-otherAccount",
    query: "state=otherAccount",
    sizes: [[960, 640]],
    act: async (page) => {
      await form(page);
      await page.getByLabel("To", { exact: true }).fill("Kovostav Hron s.r.o.");
      await page.getByLabel("Account number or IBAN").fill("SK1711110000001182903749");
      await page.getByLabel("Amount", { exact: true }).fill("1840");
      await page.getByText("Ask them by telephone").first().waitFor();
    },
  },
  {
    name: "payment-problems",
    act: async (page) => {
      await form(page);
      await page.getByLabel("Account number or IBAN").fill("SK49 7500 0000 0031 8402 0000");
      await page.getByLabel("Amount", { exact: true }).fill("12,3456");
      await page.getByLabel("Variable symbol").fill("FA2026");
      await review(page).click();
      await page.getByText("Write who gets the money.").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), "pay-payee");
      // The error goes the moment it is fixed.
      await page.getByLabel("Variable symbol").fill("2026");
      await page.getByText("Only digits can stand here.").waitFor({ state: "detached" });
    },
  },
  {
    name: "payment-not-kept",
    query: "state=diskFullDraft",
    sizes: big,
    act: async (page) => {
      await form(page);
      await page.getByLabel("To", { exact: true }).fill("Nobody");
      await page.getByText("The draft is not saved.").waitFor();
    },
  },
  {
    name: "payment-review",
    act: async (page) => {
      await openReview(page);
      assert.equal(await focused(page), "Check the payment");
      // A click beside the sheet does nothing; the focus stays inside; Esc leads back to where it was.
      await page.mouse.click(4, 4);
      assert.equal(await sheet(page).count(), 1);
      for (let presses = 0; presses < 5; presses += 1) {
        await page.keyboard.press("Tab");
        const outside = await page.evaluate(
          () => document.activeElement !== document.body && !document.activeElement?.closest("dialog"),
        );
        assert.equal(outside, false);
      }
      await page.keyboard.press("Escape");
      await sheet(page).waitFor({ state: "detached" });
      assert.equal(await page.evaluate(() => document.activeElement?.id), "pay-specificSymbol");
      await page.keyboard.press("Control+Enter");
      await sheet(page).waitFor();
    },
  },
  {
    name: "payment-swapped",
    query: "state=swapped",
    sizes: big,
    act: async (page) => {
      await openReview(page);
      await sheet(page).getByText("The clipboard holds another account number").waitFor();
    },
  },
  {
    name: "payment-unusual",
    query: "state=unusual",
    act: async (page) => {
      await fill(page);
      await page.getByText("more than three times").waitFor();
      // The letters as the payee will read them, beside what is typed.
      await page.getByText("Faktura 2026104418").waitFor();
      await page.keyboard.press("Control+Enter");
      await sheet(page).getByText("already paid").waitFor();
    },
  },
  {
    name: "payment-same-words",
    sizes: big,
    act: async (page) => {
      await fill(page);
      // Name and message come out as the same words, and each is said.
      await page.getByLabel("To", { exact: true }).fill("Škoda");
      await page.getByLabel("Message for the payee").fill("Škoda");
      const said = page.getByRole("complementary", { name: "Summary" }).getByText("Skoda", { exact: true });
      await said.nth(1).waitFor();
    },
  },
  {
    name: "payment-handing-over",
    query: "state=slowPay",
    sizes: big,
    act: async (page) => {
      await openReview(page);
      const go = page.getByRole("button", { name: /^Continue to Tatra banka/ });
      await go.dblclick();
      await page.keyboard.press("Control+Enter");
      await page.keyboard.press("Escape");
      assert.equal(await handOvers(page), 1);
      assert.equal(await sheet(page).count(), 1);
    },
  },
  {
    name: "payment-handed-over",
    sizes: big,
    act: async (page) => {
      await openReview(page);
      await page.getByRole("button", { name: /^Continue to Tatra banka/ }).dblclick();
      await page.getByRole("heading", { name: "Payments", level: 1 }).waitFor();
      await page.getByRole("button", { name: "Approve at Tatra banka" }).waitFor();
      assert.equal(await handOvers(page), 1);
    },
  },
  {
    name: "payment-changed",
    query: "state=changed",
    sizes: big,
    act: async (page) => {
      await openReview(page);
      await page.keyboard.press("Control+Enter");
      await page.getByText("The payment has changed since you checked it").waitFor();
      await sheet(page).getByText("€1,940").waitFor();
    },
  },
  ...["refused", "offlinePay", "browserFailed"].map((state) => ({
    name: `payment-${state}`,
    query: `state=${state}`,
    sizes: big,
    act: async (page) => {
      await openReview(page);
      await page.keyboard.press("Control+Enter");
      await sheet(page).getByRole("alert").waitFor();
    },
  })),
  ...["sk", "cs", "de"].map((language) => ({
    name: `payment-${language}`,
    language,
    sizes: [[960, 640]],
    act: async (page) => {
      await page.keyboard.press("Control+n");
      await page.locator("#pay-account").fill("SK4975000000003184027753");
      await page.locator("#pay-payee").fill("Kovostav Hron s.r.o.");
      await page.locator("#pay-amount").fill("1840");
      await page.locator("#pay-message").fill("Faktúra 2026104418");
      await page.keyboard.press("Control+Enter");
      await page.locator("dialog").waitFor();
    },
  })),
];
