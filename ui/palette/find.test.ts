import { expect, it } from "vitest";
import { around, fits, fold } from "./find";

it("finds words without case and marks, in any order", () => {
  expect(fits("Kováčska dielňa Pribina", "pri kov")).toBe(true);
  expect(fits("Kováčska dielňa Pribina", "kova x")).toBe(false);
  expect(fits("anything", "")).toBe(true);
});

it("shows where, in the text as it is written", () => {
  expect(around("Zámočníctvo Kovolit", "kov")).toEqual(["Zámočníctvo ", "Kov", "olit"]);
  expect(around("Přehled", "preh")).toEqual(["", "Přeh", "led"]);
  expect(around("Fio", "x")).toEqual(["Fio", "", ""]);
});

it("keeps every character one long, so that places hold", () => {
  for (const text of ["ﬁrma ½", "Łódź", "Straße", "İstanbul", "e\u0301"]) expect(fold(text)).toHaveLength(text.length);
});
