// Words found in names, whatever their case and marks; and where, so that they can be shown.

/** Text without case and marks. Each character stays one, so that places in it are places in the original. */
export const fold = (text: string): string =>
  [...text]
    .map((one) => {
      const plain = one.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      return plain.length === one.length ? plain : one.toLowerCase().slice(0, one.length).padEnd(one.length);
    })
    .join("");

/** Whether every word of what was typed begins somewhere in the text. */
export function fits(text: string, typed: string): boolean {
  const all = fold(text);
  return fold(typed)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** The text in pieces around the first place of what was typed: before, found, after. */
export function around(text: string, typed: string): [string, string, string] {
  const word = fold(typed.trim()).split(/\s+/)[0] ?? "";
  const at = word === "" ? -1 : fold(text).indexOf(word);
  if (at < 0) return [text, "", ""];
  return [text.slice(0, at), text.slice(at, at + word.length), text.slice(at + word.length)];
}
