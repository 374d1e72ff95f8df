// The plural forms that our four languages have for whole numbers.

/** English and German. */
export type TwoForms = { one: string; other: string };
/** Slovak and Czech: 1, 2 to 4, 5 and more. */
export type ThreeForms = { one: string; few: string; other: string };

/** Chooses the form that stands with a whole number: `n(3, { one: "deň", few: "dni", other: "dní" })`. */
export function plural<Forms extends TwoForms | ThreeForms>(locale: "en" | "sk" | "cs" | "de") {
  const rules = new Intl.PluralRules(locale);
  return (count: number, forms: Forms): string => {
    const form = rules.select(count);
    if (form === "one") return forms.one;
    if (form === "few" && "few" in forms) return forms.few;
    return forms.other;
  };
}
