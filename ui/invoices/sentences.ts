// Sentences about what was read, in the language in use.

import type { FieldDoubt, Field, ReadingWarning, FoundSource } from "../bindings";
import { t } from "../i18n.svelte";
import { say } from "./say";

/** In what a payment was written, and where that stood. */
export function sourceText({ format, place }: FoundSource): string {
  const texts = say();
  const where =
    place.kind === "page"
      ? texts.place.page(place.number)
      : place.kind === "inside"
        ? texts.place.inside(place.name)
        : texts.place[place.kind];
  return [texts.source[format], where].filter((part) => part !== "").join(" ");
}

/** What is to be looked at. */
export const doubtText = ({ doubt }: FieldDoubt): string =>
  doubt.kind === "referenceLeftOut" ? say().referenceLeftOut(doubt.reference) : say().doubt[doubt.kind];

/** The names of fields, one after the other. */
export const fieldNames = (fields: readonly Field[]): string =>
  fields.map((field) => t().payments.form.field[field]).join(", ");

/** What has to be said of all of it. */
export function warningText(warning: ReadingWarning): string {
  const texts = say();
  if (warning.kind === "refused") return texts.refused(texts.source[warning.format]);
  if (warning.kind === "disagree") return texts.disagree(fieldNames(warning.fields));
  return texts.warning[warning.kind];
}
