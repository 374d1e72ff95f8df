// Payments that are made together, on top of the single ones in payments.ts.

import type { BulkOffer, BulkReview, Money, PaymentDetail, PaymentId } from "../bindings";
import { keep, one } from "./kept";
import { check, detail, handOver as handOverOne, reach, removed, review } from "./payments";
import { refuse, type Answers } from "./types";

const cents = (money: Money) => Math.round(Number(money.amount) * 100);

function total(ids: PaymentId[]): Money | null {
  const amounts = ids.map((id) => check(one(id).input).amount);
  const known = amounts.filter((amount) => amount !== null);
  const currency = known[0]?.currency;
  if (!currency || known.length < ids.length || known.some((amount) => amount.currency !== currency)) return null;
  return { amount: (known.reduce((sum, amount) => sum + cents(amount), 0) / 100).toFixed(2), currency };
}

function offer(ids: PaymentId[]): BulkOffer {
  const like = (id: PaymentId) => {
    const { from, currency, payOn } = one(id).input;
    return JSON.stringify([from, currency, payOn]);
  };
  return {
    count: ids.length,
    total: total(ids),
    oneOrder: ids.length > 0 && ids.every((id) => like(id) === like(ids[0] ?? 0)),
    unfinished: ids.filter((id) => check(one(id).input).problems.length > 0),
  };
}

function make(ids: PaymentId[]): PaymentId {
  if (ids.length < 2 || !offer(ids).oneOrder) refuse("bulkMixed");
  const first = one(ids[0] ?? 0);
  const bulk = keep(
    "draft",
    { ...first.input, payee: "", account: "", amount: total(ids)?.amount ?? "" },
    [["draft", 0]],
    0,
  );
  one(bulk).lines = ids;
  for (const id of ids) one(id).inBulk = true;
  return bulk;
}

function reviewOf(id: PaymentId): BulkReview {
  const lines = (one(id).lines ?? refuse("notFound")).map(review);
  const [first] = lines;
  const sum = total(lines.map((line) => line.id));
  if (!first || !sum) return refuse("draftInvalid");
  return {
    id,
    hash: lines.map((line) => line.hash).join(),
    total: sum,
    fromName: first.fromName,
    fromIban: first.fromIban,
    bank: first.bank,
    payOn: first.payOn,
    leaving: first.leaving,
    balanceAfter: first.balanceAfter,
    needsRelease: lines.some((line) => line.needsRelease),
    lines,
  };
}

async function handOver(id: PaymentId, hash: string): Promise<PaymentDetail> {
  const { lines } = one(id);
  if (!lines) return handOverOne(id, hash);
  if (reviewOf(id).hash !== hash) refuse("draftChanged");
  for (const line of lines) reach(line, "awaitingBank");
  reach(id, "awaitingBank");
  return Promise.resolve(detail(id));
}

export const bulk: Answers = {
  bulkOffer: offer,
  saveOrder: () => true,
  makeBulk: make,
  reviewBulk: reviewOf,
  handOver,
  deleteDraft: (id) => {
    for (const line of one(id).lines ?? []) one(line).inBulk = false;
    removed(id);
    return null;
  },
};
