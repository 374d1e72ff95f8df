import { expect, it } from "vitest";
import { found } from "./match";

it("finds without case and diacritics, and gives the name's own letters back", () => {
  expect(found("Kováčska dielňa", "KOVAC")).toEqual({ before: "", hit: "Kováč", after: "ska dielňa" });
  expect(found("Zámočníctvo Kovolit", "kov")).toEqual({ before: "Zámočníctvo ", hit: "Kov", after: "olit" });
  expect(found("Stráž", "straž ")).toEqual({ before: "", hit: "Stráž", after: "" });
});

it("leaves a name alone where nothing is found or typed", () => {
  expect(found("Elektro Vážan", "kov")).toEqual({ before: "Elektro Vážan", hit: "", after: "" });
  expect(found("Elektro Vážan", " ")).toEqual({ before: "Elektro Vážan", hit: "", after: "" });
});
