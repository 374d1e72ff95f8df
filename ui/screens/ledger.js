const toConnections = (page) => page.getByRole("heading", { level: 1, name: /Connections|Pripojenia/ }).waitFor();
const toDiagnostics = async (page) => {
  const title = page.locator("#set-diagnostics");
  await page.locator("#set-diagnostics ~ .failures").waitFor();
  await title.evaluate((title) => title.scrollIntoView({ block: "start" }));
};
const press = (key, then) => async (page) => {
  await page.keyboard.press(key);
  await then(page);
};

/** @type {import("./list.js").Screen[]} */
export const ledger = [
  {
    name: "palette",
    act: press("Control+k", async (page) => {
      await page.getByRole("combobox").fill("kov");
      await page.getByRole("option", { name: /Pay Kovostav/ }).waitFor();
    }),
  },
  { name: "palette-sk", language: "sk", act: press("Control+k", (page) => page.getByRole("listbox").waitFor()) },
  { name: "connections", act: press("Control+4", toConnections) },
  // Text at 200 % in the smallest usual window is a window of half its size.
  { name: "connections-200", language: "sk", sizes: [[640, 400]], act: press("Control+4", toConnections) },
  { name: "settings-200", sizes: [[640, 400]], act: press("Control+,", (page) => page.getByText("Theme").waitFor()) },
  { name: "connections-sk", language: "sk", act: press("Control+4", toConnections) },
  { name: "connections-syncing", query: "state=syncing,renew", act: press("Control+4", toConnections) },
  { name: "connections-ended", query: "state=ended", act: press("Control+4", toConnections) },
  { name: "connections-uncertain", query: "state=uncertain", act: press("Control+4", toConnections) },
  { name: "connections-unsaved", query: "state=unsaved", language: "sk", act: press("Control+4", toConnections) },
  { name: "connections-offline", query: "state=offline", act: press("Control+4", toConnections) },
  {
    name: "connections-silent",
    query: "state=silent",
    act: press("Control+4", (page) => page.getByText("Fio banka did not answer.").waitFor()),
  },
  { name: "connections-unread", query: "state=serviceDown", language: "sk", act: press("Control+4", toConnections) },
  { name: "connections-demo", query: "state=demo", act: press("Control+4", toConnections) },
  { name: "connections-empty", query: "state=empty,fine", act: press("Control+4", toConnections) },
  {
    name: "settings",
    query: "state=fine",
    act: press("Control+,", (page) => page.getByText("Saved as you change them").waitFor()),
  },
  ...[
    { name: "settings-way-back", way: "link" },
    { name: "settings-way-refused", way: "port", language: "de" },
    { name: "settings-way-page", way: "page", language: "sk", sizes: [[960, 640]] },
  ].map(({ way, ...screen }) => ({
    query: "state=fine",
    ...screen,
    act: press("Control+,", async (page) => {
      await page.locator("#set-way").selectOption(way);
      await page.locator("#set-payments").scrollIntoViewIfNeeded();
      if (way !== "page") return;
      await page.locator("#set-way-page").fill("http://localhost/x");
      await page.keyboard.press("Enter");
    }),
  })),
  {
    name: "settings-credentials",
    query: "state=fine",
    act: press("Control+,", (page) => page.getByRole("button", { name: "Credentials" }).click()),
  },
  {
    name: "settings-demo",
    query: "state=demo",
    language: "sk",
    act: press("Control+,", async (page) => {
      await page.getByRole("button", { name: "Opustiť a odstrániť" }).click();
      await page.getByRole("dialog").waitFor();
    }),
  },
  ...[
    { name: "settings-diagnostics", query: "state=fine,pkce" },
    { name: "settings-diagnostics-sk", query: "state=fine,noPkce,other", language: "sk" },
    { name: "settings-diagnostics-cs", query: "state=fine,slow,calm,sealed", language: "cs" },
    { name: "settings-diagnostics-de", query: "state=ended,keychainTest,nobody", language: "de" },
    { name: "settings-diagnostics-200", query: "state=fine,noPkce,other", sizes: [[640, 400]] },
  ].map((screen) => ({ ...screen, act: press("Control+,", toDiagnostics) })),
];
