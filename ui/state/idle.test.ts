import { expect, it, vi } from "vitest";
import { EVERY, watchInput } from "./idle";

it("tells of input at most every 15 seconds, and of nothing else", () => {
  const tell = vi.fn();
  let at = 1_000_000;
  const end = watchInput(tell, () => at);
  expect(tell).not.toHaveBeenCalled();
  for (const input of ["pointermove", "pointerdown", "keydown", "wheel"]) dispatchEvent(new Event(input));
  expect(tell).toHaveBeenCalledTimes(1);
  at += EVERY - 1;
  dispatchEvent(new Event("keydown"));
  expect(tell).toHaveBeenCalledTimes(1);
  at += 1;
  dispatchEvent(new Event("focus"));
  dispatchEvent(new Event("scroll"));
  expect(tell).toHaveBeenCalledTimes(1);
  dispatchEvent(new Event("wheel"));
  expect(tell).toHaveBeenCalledTimes(2);
  // The clock is set back by a day: she is still there.
  at -= 86_400_000;
  dispatchEvent(new Event("pointermove"));
  expect(tell).toHaveBeenCalledTimes(3);
  end();
  at += EVERY;
  dispatchEvent(new Event("keydown"));
  expect(tell).toHaveBeenCalledTimes(3);
});

it("hears input that a dialog keeps to itself", () => {
  const tell = vi.fn();
  const end = watchInput(tell, () => 0);
  const box = document.createElement("div");
  box.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(box);
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
  end();
  expect(tell).toHaveBeenCalledOnce();
});
