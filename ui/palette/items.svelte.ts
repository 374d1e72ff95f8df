// What the palette offers for what is typed: acts and pages at once, accounts, payments, payees and transactions as they are
// found. What is slow to answer never holds up the rest; an answer to an older question is dropped.
import type { Money, Payee, TransactionRow } from "../bindings";
import { label } from "../frame/keys";
import { dayOf, type Sign } from "../format";
import { f, t } from "../i18n.svelte";
import type { IconName } from "../icons";
import { ask, failureOf } from "../ipc";
import { payTo } from "../payments/begin";
import { keep } from "../settings/keep";
import { navigation } from "../pages";
import { who } from "../payments/texts";
import { asked } from "../state/asked.svelte";
import { ledger } from "../state/ledger.svelte";
import { go } from "../state/navigation.svelte";
import { lockNow } from "../state/lock.svelte";
import { openEverifin, session } from "../state/session.svelte";
import { settings } from "../state/settings.svelte";
import { sync } from "../state/sync.svelte";
import { fits } from "./find";

/** A line of the palette. */
export type Item = {
  id: string;
  icon: IconName;
  text: string;
  sub?: string;
  /** A key that does the same, at the end. */
  end?: string;
  money?: Money;
  sign?: Sign;
  tone?: string;
  does: () => void;
};
/** Lines under a heading. */
export type Group = { title: string; items: Item[] };

const everything = { accounts: [], from: null, to: null, direction: null };

/** The newest transactions with these words. */
async function transactions(text: string): Promise<TransactionRow[]> {
  return (await ask.findTransactions({ ...everything, text })).slice(0, 4);
}

/** Begins a payment to a payee. */
async function pay(payee: Payee) {
  try {
    await payTo(payee);
  } catch (thrown) {
    session.failure = failureOf(thrown);
  }
}

/** The groups for what is typed; `later` is the same a moment after the last key. */
export function found(typed: () => string, later: () => string): () => Group[] {
  const rows = asked(() => (later().length < 2 ? Promise.resolve([]) : transactions(later())));
  const payees = asked(() => (later().length < 2 ? Promise.resolve([]) : ask.payees(later())));
  const today = dayOf(Date.now());

  const acts = (): Item[] => [
    {
      id: "new",
      icon: "plus",
      text: t().payments.newPayment,
      end: label("mod+n"),
      does: () => go({ page: "payment" }),
    },
    { id: "lock", icon: "lock", text: t().lock.now, end: label("mod+l"), does: () => void lockNow() },
    {
      id: "hide",
      icon: "eye",
      text: settings().hideAmounts ? t().lock.showNow : t().lock.hideNow,
      does: () => void keep({ hideAmounts: !settings().hideAmounts }),
    },
    { id: "sync", icon: "sync", text: t().connections.sync, end: label("mod+r"), does: () => void sync() },
    ...(session.start?.book === "own"
      ? [{ id: "bank", icon: "bank" as const, text: t().connections.addBank, does: () => void openEverifin() }]
      : []),
  ];
  const pages = (): Item[] => [
    ...navigation.map(({ page, icon }, index) => ({
      id: page,
      icon,
      text: t()[page].title,
      end: label(`mod+${index + 1}`),
      does: () => go({ page }),
    })),
    {
      id: "settings",
      icon: "settings",
      text: t().settings.title,
      end: label("mod+,"),
      does: () => go({ page: "settings" }),
    },
  ];
  const accounts = (): Item[] =>
    (ledger().connections.value?.banks ?? []).flatMap(({ bank, accounts }) =>
      accounts.map((account) => ({
        id: `account ${account.id}`,
        icon: "bank" as const,
        text: account.name,
        sub: bank.name,
        ...(account.booked ? { money: account.booked.money } : {}),
        does: () => go({ page: "transactions", account: account.id }),
      })),
    );
  const payments = (): Item[] =>
    (ledger().payments.value ?? []).map((line) => ({
      id: `payment ${line.id}`,
      icon: "payments" as const,
      text: line.payee || line.count !== null ? who(line) : t().payments.newPayment,
      sub: t().payments.words[line.state],
      ...(line.amount ? { money: line.amount, sign: "none" as const } : {}),
      does: () => go({ page: "payments", open: line.id }),
    }));

  return () => {
    const words = typed();
    const say = t().palette;
    const fit = (items: Item[]) => items.filter((item) => fits(`${item.text} ${item.sub ?? ""}`, words));
    const known =
      words.length < 2 ? [] : (payees.value ?? []).filter(({ name, iban }) => fits(`${name} ${iban}`, words));
    const groups: Group[] = [
      {
        title: say.doing,
        items: [
          ...known.slice(0, 3).map((payee) => ({
            id: `pay ${payee.iban}`,
            icon: "payments" as const,
            text: say.pay(payee.name),
            sub: payee.bank ?? "",
            does: () => void pay(payee),
          })),
          ...fit(acts()),
        ],
      },
      { title: say.pages, items: fit(pages()) },
      { title: say.accounts, items: fit(accounts()).slice(0, words === "" ? 0 : 5) },
      { title: t().payments.title, items: fit(payments()).slice(0, words === "" ? 0 : 4) },
      {
        title: t().transactions.title,
        items:
          words.length < 2
            ? []
            : (rows.value ?? []).map((row) => ({
                id: `row ${row.id}`,
                icon: row.amount.amount.startsWith("-") ? ("outgoing" as const) : ("import" as const),
                text: row.counterparty,
                sub: f().day(row.day, today),
                money: row.amount,
                sign: "both" as const,
                tone: row.amount.amount.startsWith("-") ? "" : "in",
                does: () => go({ page: "transactions", open: row.id, text: later() }),
              })),
      },
    ];
    const filled = groups.filter(({ items }) => items.length > 0);
    if (words.length >= 2) {
      const all: Item = {
        id: "all",
        icon: "filter",
        text: say.allWith(words),
        does: () => go({ page: "transactions", text: words }),
      };
      filled.push({ title: say.search, items: [all] });
    }
    return filled;
  };
}
