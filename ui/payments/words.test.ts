import { expect, it } from "vitest";
import { cs } from "../messages/cs";
import { de } from "../messages/de";
import { en } from "../messages/en";
import { sk } from "../messages/sk";

// Longer words are cut off in the list.
it.each(Object.entries({ en, sk, cs, de }))("says every state in at most 22 characters (%s)", (_, texts) => {
  const words = Object.values(texts.payments.words);
  expect(words.filter((word) => Array.from(word).length > 22)).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
});

it.each(Object.entries({ en, sk, cs, de }))("calls only an accepted payment done (%s)", (_, texts) => {
  const { finished, ...others } = texts.payments.words;
  expect(Object.values(others).some((word) => word.toLowerCase().includes(finished.toLowerCase()))).toBe(false);
});
