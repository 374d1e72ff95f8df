// Every test begins in English, with all languages read.
import { useLanguage } from "./i18n.svelte";

for (const language of ["sk", "cs", "de", "en"] as const) await useLanguage(language, "en");
