import { expect, it } from "vitest";
import { problems, SHORTEST } from "./passwords";

it("asks for nothing but length and the same twice", () => {
  expect(problems({ next: "12345678", repeat: "12345678" })).toEqual({});
  expect(problems({ next: "        ", repeat: "        " })).toEqual({});
});

it("names the field that needs a change, in the order of the fields", () => {
  expect(problems({ current: "", next: "short", repeat: "shor" })).toEqual({
    current: "missing",
    next: "short",
    repeat: "differs",
  });
  expect(Object.keys(problems({ current: "", next: "", repeat: "x" }))).toEqual(["current", "next", "repeat"]);
});

it("counts characters as a person does, not their parts", () => {
  expect(problems({ next: "🐴".repeat(SHORTEST - 1), repeat: "🐴".repeat(SHORTEST - 1) })).toEqual({ next: "short" });
  expect(problems({ next: "🐴".repeat(SHORTEST), repeat: "🐴".repeat(SHORTEST) })).toEqual({});
});

it("says nothing of a field that is not asked for", () => {
  expect(problems({ current: "x" })).toEqual({});
  expect(problems({})).toEqual({});
});
