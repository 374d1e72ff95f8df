import { expect, it } from "vitest";
import { size } from "./words";

it("writes a size as a person reads it", () => {
  expect([0, 999, 1_000, 14_236_112, 999_940, 999_960, 250_000_000, 4_200_000_000].map((n) => size(n, "en"))).toEqual([
    "0\u00A0B",
    "999\u00A0B",
    "1\u00A0kB",
    "14.2\u00A0MB",
    "1\u00A0MB",
    "1\u00A0MB",
    "250\u00A0MB",
    "4.2\u00A0GB",
  ]);
  expect(size(14_236_112, "sk")).toBe("14,2\u00A0MB");
});
