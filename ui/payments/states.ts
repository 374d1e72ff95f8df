// What a payment's state looks like and lets the owner do. The words stand in the messages, under the state's name.

import type { PaymentDetail, PaymentId, PaymentLine, PaymentState, TimelineStep } from "../bindings";
import type { IconName } from "../icons";

/** The parts of the list, in the order in which they need the owner. */
export const GROUPS = ["approve", "onItsWay", "drafts", "finished"] as const;
/** A part of the list. */
export type Group = (typeof GROUPS)[number];
/** A tab over the list. */
export type Tab = "all" | Group;
/** The tabs over the list, in their order. */
export const TABS: readonly Tab[] = ["all", ...GROUPS];

/** The colour of a state; never its only mark. */
export type Tone = "quiet" | "warn" | "info" | "ok" | "bad";
/** The shape of a state. */
export type Shape = Extract<IconName, "draft" | "phone" | "sync" | "half" | "done" | "failed" | "close" | "help">;

/** How a state is shown. */
export type Look = {
  readonly shape: Shape;
  readonly tone: Tone;
  readonly group: Group;
};

/** The look of each state. Only `finished` is green: nothing else is called done. */
export const LOOKS: Readonly<Record<PaymentState, Look>> = {
  draft: { shape: "draft", tone: "quiet", group: "drafts" },
  confirmed: { shape: "draft", tone: "quiet", group: "drafts" },
  sending: { shape: "sync", tone: "info", group: "onItsWay" },
  created: { shape: "phone", tone: "warn", group: "approve" },
  awaitingBank: { shape: "phone", tone: "warn", group: "approve" },
  processing: { shape: "half", tone: "info", group: "onItsWay" },
  unknown: { shape: "help", tone: "warn", group: "onItsWay" },
  finished: { shape: "done", tone: "ok", group: "finished" },
  partiallyPaid: { shape: "half", tone: "warn", group: "finished" },
  failed: { shape: "failed", tone: "bad", group: "finished" },
  cancelled: { shape: "close", tone: "quiet", group: "finished" },
};

/** The lines of each part that has any, parts in their order, lines in the order in which Rust gave them. */
export function grouped(lines: readonly PaymentLine[], tab: Tab): { group: Group; lines: PaymentLine[] }[] {
  return GROUPS.filter((group) => tab === "all" || tab === group)
    .map((group) => ({ group, lines: lines.filter((line) => LOOKS[line.state].group === group) }))
    .filter((part) => part.lines.length > 0);
}

/** How many lines a part has. */
export function count(lines: readonly PaymentLine[], group: Group): number {
  return lines.filter((line) => LOOKS[line.state].group === group).length;
}

/** How many drafts of standing payments were prepared and wait for the owner. */
export function prepared(lines: readonly PaymentLine[]): number {
  return lines.filter((line) => line.state === "draft" && line.standing !== null).length;
}

/**
 * The line to select after a step through the list. From nowhere, or from a line that is gone, a step enters at the
 * near end; at an end it stays.
 */
export function stepped(order: readonly PaymentId[], from: PaymentId | null, by: 1 | -1): PaymentId | null {
  const at = from === null ? -1 : order.indexOf(from);
  if (at < 0) return (by === 1 ? order[0] : order.at(-1)) ?? null;
  return order[Math.min(Math.max(at + by, 0), order.length - 1)] ?? null;
}

/** The drawing on each button at the foot of the panel. */
export const ICONS = {
  check: "sync",
  today: "payments",
  edit: "edit",
  remove: "trash",
  again: "plus",
  keep: "note",
} as const satisfies Record<Exclude<Act, "approve">, IconName>;

/** Whether it can be paid together with others: a draft of one payment. */
export const canJoin = (line: PaymentLine): boolean => line.state === "draft" && line.count === null;

/** What the owner can do with a payment. */
export type Act = "approve" | "check" | "today" | "edit" | "remove" | "again" | "keep";

/**
 * What the panel offers, the most useful first. While the outcome is unknown or open nothing here pays again: `again` (a new
 * draft with the same content) exists for ended payments only.
 */
export function acts(detail: PaymentDetail): Act[] {
  const { state, missed, count } = detail.line;
  if (count !== null) {
    if (state === "draft") return ["edit", "remove"];
    // Only what was refused is paid anew.
    if (LOOKS[state].group === "finished") return detail.lines.some((line) => line.state === "failed") ? ["again"] : [];
  }
  if (state === "draft") return [missed === null ? "edit" : "today", "keep", "remove"];
  if (LOOKS[state].group === "finished") return ["again", "keep"];
  return detail.canApprove && LOOKS[state].group === "approve" ? ["approve", "check"] : ["check"];
}

/** Whether the state can still change, so that a next check makes sense. */
export function isOpen(state: PaymentState): boolean {
  return LOOKS[state].group === "approve" || LOOKS[state].group === "onItsWay";
}

/** A step of the timeline as shown. */
export type Step = {
  readonly state: PaymentState;
  readonly at: string;
  /** Done with a good end, the present state, or a bad end. */
  readonly tone: "ok" | "warn" | "bad" | "now";
};

/**
 * The steps worth telling. The writing of the draft and the moments inside the hand-over (`confirmed`, `sending`,
 * `created`) are told only while they are the latest.
 */
export function steps(timeline: readonly TimelineStep[]): Step[] {
  const inside: readonly PaymentState[] = ["draft", "confirmed", "sending", "created"];
  return timeline
    .filter((step, at) => at === timeline.length - 1 || !inside.includes(step.state))
    .map((step, at, told) => ({ state: step.state, at: step.at, tone: stepTone(step.state, at === told.length - 1) }));
}

function stepTone(state: PaymentState, latest: boolean): Step["tone"] {
  if (state === "failed" || state === "cancelled") return "bad";
  if (state === "unknown" || state === "partiallyPaid") return "warn";
  if (state === "finished") return "ok";
  return latest ? "now" : "ok";
}
