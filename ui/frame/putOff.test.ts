import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isPutOff, nextReminder, putOff } from "./putOff.svelte";

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date("2026-10-01T12:00:00"));
});
afterEach(() => vi.useRealTimers());

it("a banner put off comes again tomorrow", () => {
  expect(isPutOff("offline")).toBe(false);
  putOff("offline");
  expect(isPutOff("offline")).toBe(true);
  vi.setSystemTime(new Date("2026-10-02T00:00:30"));
  expect(isPutOff("offline")).toBe(false);
});

it("a reminder put off 14 days before comes again at 7 and at 1", () => {
  const shownOn: number[] = [];
  for (let left = 14; left >= 0; left--) {
    vi.setSystemTime(new Date(2026, 9, 15 - left, 12));
    if (isPutOff("renew")) continue;
    shownOn.push(left);
    putOff("renew", left - (nextReminder(left) ?? left - 1));
  }
  expect(shownOn).toEqual([14, 7, 1, 0]);
});
