/** @type {import("./list.js").Screen[]} */
export const start = [
  { name: "welcome", query: "state=welcome" },
  { name: "welcome-200", query: "state=welcome", language: "de", sizes: [[640, 400]] },
  { name: "waiting-200", query: "state=waiting", language: "de", sizes: [[640, 400]] },
  { name: "welcome-sk", query: "state=welcome", language: "sk" },
  {
    name: "welcome-credentials",
    query: "state=welcome",
    act: async (page) => {
      await page.getByRole("button", { name: "Connect Everifin" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "welcome-custom",
    query: "state=welcome",
    act: async (page) => {
      await page.getByText("Service credentials").click();
      await page.getByRole("radio", { name: "Custom" }).click();
      await page.getByLabel("Sign-in address").fill("http://idp.example");
      await page.getByLabel("Client ID").fill("brezan-desktop");
    },
  },
  {
    name: "welcome-see",
    query: "state=welcome",
    act: (page) => page.getByRole("button", { name: "What Saldo can see" }).click(),
  },
  { name: "waiting", query: "state=waiting" },
  {
    name: "waiting-paste",
    query: "state=waiting",
    act: async (page) => {
      await page.getByText("The browser did not come back here").click();
      await page.getByLabel("Address of the page").fill("https://example.com/");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "waiting-other-opener", query: "state=waiting,other" },
  { name: "waiting-probe", query: "state=waiting,probe", language: "de" },
  { name: "waiting-probed", query: "state=probed", language: "sk" },
  { name: "waiting-probed-open", query: "state=probed,noPkce" },
  { name: "welcome-no-opener", query: "state=welcome,nobody" },
  { name: "waiting-wrong-link", query: "state=wrongLink" },
  { name: "waiting-denied", query: "state=denied" },
  { name: "waiting-timed-out", query: "state=timedOut" },
  { name: "waiting-failed", query: "state=failed" },
  { name: "waiting-another", query: "state=failed,another", language: "sk" },
  { name: "waiting-finishing", query: "state=finishing" },
  { name: "waiting-connected", query: "state=connected,first,syncing", ready: "text=Reading Fio" },
  { name: "trouble-keychain-absent", query: "state=keychainAbsent" },
  { name: "trouble-keychain-waiting", query: "state=keychainWaiting", language: "de" },
  { name: "trouble-keychain-locked", query: "state=keychainLocked", language: "sk" },
  { name: "trouble-store", query: "state=storeNewer", language: "de" },
];
