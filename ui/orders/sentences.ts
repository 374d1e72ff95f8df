// Sentences about a file of payments and its lines, in the language in use.

import type { Field, FieldProblem, OrderColumn, OrderFileNote, OrderLine, OrderNote, OrdersUnread } from "../bindings";
import { f, lang } from "../i18n.svelte";
import { problemText, warningText } from "../payments/texts";
import { say } from "./say";

/** Why nothing of a file was read. */
export function unreadText(reason: OrdersUnread): string {
  const texts = say();
  if (reason.kind === "damaged") return texts.damaged(reason.line);
  if (reason.kind === "columns") return texts.columns(reason.missing.map((one) => texts.column[one]).join(", "));
  return texts.unread[reason.kind];
}

/** What has to be said of the whole file; columns and lines that were left out in one sentence each. */
export function fileTexts(notes: readonly OrderFileNote[]): string[] {
  const texts = say().file;
  const columns = notes.flatMap((note) => (note.kind === "columnLeftOut" ? [note.name] : []));
  const lines = notes.flatMap((note) => (note.kind === "lineLeftOut" ? [note.line] : []));
  const own = notes.flatMap((note) => {
    switch (note.kind) {
      case "noCurrency":
        return [texts.noCurrency];
      case "columnTwice":
        return [texts.columnTwice(note.name)];
      case "sheetLeftOut":
        return [texts.sheetLeftOut(note.name)];
      case "countDiffers":
        return [texts.countDiffers(note.said, f().count(note.found))];
      case "sumDiffers":
        return [texts.sumDiffers(note.said, note.found)];
      default:
        return [];
    }
  });
  if (columns.length > 0) own.push(texts.columnsLeftOut(columns.join(", ")));
  if (lines.length > 0) own.push(texts.linesLeftOut(lines.join(", ")));
  return own;
}

/** What the fields of the form are called in a table. */
const COLUMN: Record<Field, OrderColumn> = {
  from: "payer",
  payee: "payee",
  account: "account",
  amount: "amount",
  payOn: "day",
  variableSymbol: "variable",
  specificSymbol: "specific",
  constantSymbol: "constant",
  message: "message",
};
const capital = (text: string) => text.charAt(0).toLocaleUpperCase(lang()) + text.slice(1);

/** What is wrong with a field of a line. */
export function brokenText({ field, problem }: FieldProblem, line: OrderLine): string {
  const texts = say().problem;
  const name = say().column[COLUMN[field]];
  if (problem === "cannotPayFrom") return texts.otherCurrency;
  if (problem === "missing") return texts.missing(name);
  if (problem === "ambiguous" || problem === "notADay") return `${capital(name)}: ${texts[problem]}`;
  return `${capital(name)}: ${problemText(field, problem, line, line.input.currency)}`;
}

/** What has to be said of how a line stands in the file. */
export function noteText(note: OrderNote): string {
  const texts = say().note;
  switch (note.kind) {
    case "dayPassed":
      return texts.dayPassed(f().dayLong(note.day));
    case "dayUnread":
      return texts.dayUnread(note.text);
    case "currencyUnread":
      return texts.currencyUnread(note.text);
    case "columnsDisagree":
      return texts.columnsDisagree(note.first, note.second);
    case "computed":
      return texts.computed;
    case "referenceLeftOut":
      return texts.referenceLeftOut(note.reference);
    case "leftOut":
      return texts.leftOut(note.names.join(", "));
    case "instant":
      return texts.instant;
    case "otherPayer":
      return texts.otherPayer(note.account);
    case "prepared":
      return texts.prepared(f().dayLong(note.day));
    case "twiceInFile":
      return texts.twiceInFile(note.line);
  }
}

/** Everything that is to be read of a line before it is paid, the gravest first. */
export const doubtTexts = (line: OrderLine): string[] => [
  ...line.notes.map(noteText),
  ...line.warnings.map((warning) => warningText(warning, line.input.payee)),
];
