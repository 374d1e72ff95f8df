// Every page of the ledger. To add one: a folder with Page.svelte, a line in `Route` (state/navigation.svelte.ts), a line
// here, its texts in messages/<language>/<area>.ts for all four languages, and its fixtures in mock/<area>.ts.
//
// A page looks like this (connections/Page.svelte is a whole example):
//
//   <script lang="ts">
//     let list = asked(() => (void changes.data, ask.payments()));   // asked at once, and again when the data changed
//   </script>
//   <Page title={t().payments.title}>
//     {#snippet actions()}<button class="btn primary">…</button>{/snippet}
//     <div class="content">…</div>                                    <!-- the only thing that scrolls -->
//   </Page>
//
// Rules the policy and the design ask for: no style="…" in markup (classes, or style:left={…}), no transitions of Svelte,
// no {@html}; icons by <Icon name="…"/>; amounts by f().money(…), texts by t(); shared answers from ledger().
import type { Component } from "svelte";
import Changes from "./changes/Page.svelte";
import Connections from "./connections/Page.svelte";
import type { IconName } from "./icons";
import Overview from "./overview/Page.svelte";
import Payment from "./payments/FormPage.svelte";
import Payments from "./payments/Page.svelte";
import Remembered from "./remembered/Lazy.svelte";
import Settings from "./settings/Page.svelte";
import type { PageName, Route } from "./state/navigation.svelte";
import Transactions from "./transactions/Page.svelte";

/** What a page's component takes: the route it was opened with. */
export type PageProps<Name extends PageName> = { route: Extract<Route, { page: Name }> };

/** The component of each page; one that does not care how it was opened takes no props. */
export const pages: { [Name in PageName]: Component<PageProps<Name>> | Component<Record<string, never>> } = {
  overview: Overview,
  transactions: Transactions,
  payments: Payments,
  payment: Payment,
  remembered: Remembered,
  connections: Connections,
  changes: Changes,
  settings: Settings,
};

/** The pages in the navigation, in the order of Ctrl 1 to 5; Settings stands at the foot. */
export const navigation: {
  page: "overview" | "transactions" | "payments" | "connections" | "changes";
  icon: IconName;
}[] = [
  { page: "overview", icon: "overview" },
  { page: "transactions", icon: "transactions" },
  { page: "payments", icon: "payments" },
  { page: "connections", icon: "connections" },
  { page: "changes", icon: "history" },
];
