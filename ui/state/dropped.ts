// An invoice that is dropped on a page that does not read invoices: the payment form opens with it.
import { go, route } from "./navigation.svelte";

/** Files that are invoices rather than anything else, by their names. */
const INVOICE = /\.(pdf|png|jpe?g|isdocx?)$/i;

/** Whether a file is an invoice rather than anything else, by its name. */
export const isInvoice = (file: File): boolean => INVOICE.test(file.name);

let waiting: File | null = null;

/** The invoice that was dropped elsewhere; once. */
export function takeDropped(): File | null {
  const file = waiting;
  waiting = null;
  return file;
}

/** Without this the file would not be let go of here. */
export function drag(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
}

/** Opens the payment form with an invoice; the form itself reads what is dropped on it. Nothing is read under a dialog. */
export function drop(event: DragEvent): void {
  const [file] = event.dataTransfer?.files ?? [];
  if (!file || route().page === "payment") return;
  // Whatever it is, the window is not to show it in its own place.
  event.preventDefault();
  if (!isInvoice(file) || document.querySelector("dialog[open]")) return;
  waiting = file;
  go({ page: "payment" });
}
