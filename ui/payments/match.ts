// Where a typed text occurs in a name, without case and diacritics, as Rust finds it.

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The name in three pieces: before the found part, the found part, after it. Without a find all is `before`. */
export function found(name: string, typed: string): { before: string; hit: string; after: string } {
  const wanted = fold(typed.trim());
  const letters = Array.from(name.normalize("NFC"));
  const folded = letters.map(fold);
  for (let start = 0; wanted !== "" && start < letters.length; start += 1) {
    let got = "";
    for (let end = start; end < letters.length && got.length < wanted.length; end += 1) {
      got += folded[end];
      if (got === wanted) {
        const piece = (from: number, to?: number) => letters.slice(from, to).join("");
        return { before: piece(0, start), hit: piece(start, end + 1), after: piece(end + 1) };
      }
    }
  }
  return { before: name, hit: "", after: "" };
}
