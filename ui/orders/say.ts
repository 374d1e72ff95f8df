// The texts of payments from a file. They come with the dialog, not with the first page.

import { lang, type Lang } from "../i18n.svelte";
import { cs } from "./words/cs";
import { de } from "./words/de";
import { en, type Words } from "./words/en";
import { sk } from "./words/sk";

const words: Record<Lang, Words> = { en, sk, cs, de };

/** The texts in the language in use. Reactive where it is called. */
export const say = (): Words => words[lang()];
