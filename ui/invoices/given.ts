// What the owner drops or pastes: a file, a picture, or a text that is more than one field would take.

/** Something to be read. */
export type Given = { what: Blob; name: string | null };

/** A text that is a payment code or a link by its beginning, or that has several lines. */
const CODE = /^\s*(SPD\*|BCD\r?\n|https:\/\/(www\.)?payme\.sk\/|[0-9A-V]{60,}\s*$)|\S\s*\n\s*\S/i;

/** What is to be read of a drop or a paste; null where it is none of ours. `field` says that it was pasted into a field. */
export function givenBy(data: DataTransfer | null, field: boolean): Given | null {
  const file = data?.files[0];
  if (file) return { what: file, name: isPicture(file) ? null : file.name };
  const text = data?.getData("text/plain") ?? "";
  if (text.trim() === "" || (field && !CODE.test(text))) return null;
  return { what: new Blob([text]), name: null };
}

/** A picture that was copied has a name that nobody gave it. */
const isPicture = (file: File) => file.type.startsWith("image/") && /^image\.\w+$/.test(file.name);

/** Whether something is dragged that could be read. */
export const carries = (data: DataTransfer | null): boolean =>
  data !== null && (data.types.includes("Files") || data.types.includes("text/plain"));
