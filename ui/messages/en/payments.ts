import type { AccountProblem, Field, PaymentState, Problem } from "../../bindings";
import type { Act, Group, Tab } from "../../payments/states";
import { plural } from "../plural";

const n = plural("en");
const words: Record<PaymentState, string> = {
  draft: "Draft",
  confirmed: "Not handed over",
  sending: "Being handed over",
  created: "Ready to approve",
  awaitingBank: "Waiting for approval",
  processing: "Processing",
  finished: "Done",
  failed: "Rejected by the bank",
  partiallyPaid: "Partly paid",
  unknown: "Unknown, being checked",
  cancelled: "Cancelled by you",
};
const tabs: Record<Tab, string> = {
  all: "All",
  approve: "To approve",
  onItsWay: "On its way",
  drafts: "Drafts",
  finished: "Finished",
};
const groups: Record<Group, string> = { ...tabs, approve: "Approve at the bank" };
const none: Record<Group, string> = {
  approve: "Nothing waits for your approval.",
  onItsWay: "Nothing is on its way.",
  drafts: "There are no drafts.",
  finished: "Nothing is finished yet.",
};
const acts: Record<Exclude<Act, "approve">, string> = {
  today: "Pay today",
  keep: "Keep as a template",
  check: "Check now",
  edit: "Edit",
  remove: "Delete draft",
  again: "Use as a new payment",
};

const list = {
  more: "More actions",
  fromFile: "Payments from a file",
  getPaid: "Get paid by QR",
  journal: {
    save: "Save the journal of payments",
    saved: "The journal was saved: every state of every payment, without names and amounts.",
  },
  tabs,
  groups,
  none,
  showAll: "Show all payments",
  state: "State",
  payee: "Payee",
  day: "Day",
  from: "From",
  amount: "Amount",
  noPayee: "No payee yet",
  many: (count: number) => n(count, { one: "One payment", other: `${count} payments together` }),
  noAmount: "No amount yet",
  approve: "Approve",
  approveOne: (payee: string) => `Approve the payment to ${payee}`,
  empty: "No payments yet",
  emptyMore: "Write one here and approve it at your bank. Saldo shows how it goes on.",
  opened: (bank: string) => `${bank} is open in your browser.`,
};

const step: Record<PaymentState, (bank: string) => string> = {
  draft: () => "Begun",
  confirmed: () => "You confirmed it",
  sending: (bank) => `Being handed over to ${bank}`,
  created: () => "Everifin has it, the bank does not yet",
  awaitingBank: (bank) => `Handed over to ${bank}`,
  processing: (bank) => `${bank} took it over`,
  finished: (bank) => `${bank} accepted it`,
  failed: (bank) => `${bank} rejected it`,
  partiallyPaid: (bank) => `${bank} accepted a part of it`,
  unknown: () => "No clear answer",
  cancelled: () => "You cancelled it",
};
/** What each state means; the unknown one has a panel of its own. */
const means: Record<Exclude<PaymentState, "unknown">, (bank: string) => string> = {
  draft: () => "Nothing has been sent. Go on whenever you like.",
  confirmed: () => "You confirmed it, but it was not handed over. No money has moved.",
  sending: (bank) => `It is on its way to ${bank}; no answer has come yet. Please do not pay it again.`,
  created: (bank) => `The bank does not have it yet. Open ${bank} and approve it there.`,
  awaitingBank: (bank) => `Approve it at ${bank}. If you have done so, the state changes here by itself.`,
  processing: (bank) => `${bank} is processing it. It is done only when the bank accepts it.`,
  finished: (bank) => `${bank} accepted it.`,
  failed: (bank) => `${bank} rejected it. No money has moved.`,
  partiallyPaid: () => "The bank accepted only a part. Compare it with your transactions.",
  cancelled: () => "You cancelled it before the bank had it. No money has moved.",
};

const detail = {
  paste: {
    stuck: "The browser did not come back?",
    empty: "Paste the address first.",
    wrong: "This address does not belong to this payment. Nothing was sent.",
  },
  label: "Payment detail",
  head: "Payment",
  close: "Close detail",
  acts,
  approveAt: (bank: string) => `Approve at ${bank}`,
  asks: {
    here: (bank: string) => `${bank} asks for this here. It goes to the bank once, and Saldo keeps none of it.`,
    elsewhere: (bank: string) =>
      `${bank} asks for something that Saldo could not send so that only the bank can read it. Approve in the bank’s own app; the state changes here by itself.`,
    send: "Send to the bank",
    sealed: "Encrypted so that only the bank can read it.",
    choose: "Choose",
    picture: "Picture from the bank",
    empty: "Fill in every field.",
    refused: "The bank did not accept this. Nothing was approved; ask it again from here.",
  },
  step,
  means,
  waiting: "Waiting for you",
  notOpened: (bank: string) => `${bank} could not be opened in the browser. Nothing was approved; try again.`,
  notChecked: "Everifin did not answer properly, so no more is known than before. Saldo asks again by itself.",
  unknown: "Outcome unknown",
  unknownBefore: (bank: string) => `${bank} has not confirmed this payment yet. It may have been sent. `,
  unknownStrong: "Please do not pay it again",
  unknownAfter: " until we know.",
  checked: (times: number, time: string) =>
    n(times, { one: `Checked once, at ${time}`, other: `Checked ${times} times, last at ${time}` }),
  nextCheck: (time: string) => `Next check at ${time}`,
  nextCheckNow: "Being checked",
  to: "To",
  booked: "Booked",
  toTransaction: "Show the transaction",
  lines: "Payments in it",
  correct: "Correct and pay as a new one",
  payOn: "Day",
  deleted: "Draft deleted.",
  theBank: "the bank",
  bank: "The bank",
};

const field: Record<Field, string> = {
  from: "From",
  payee: "To",
  account: "Account number or IBAN",
  amount: "Amount",
  payOn: "Pay on",
  variableSymbol: "Variable symbol or RF",
  specificSymbol: "Specific symbol",
  constantSymbol: "Constant symbol",
  message: "Message for the payee",
};
const missing: Partial<Record<Field, string>> = {
  from: "Choose the account to pay from.",
  payee: "Write who gets the money.",
  account: "Write the payee’s account number.",
  amount: "Write how much to pay.",
};
/** What is wrong with a field; what is missing, too long and wrong in the account number have their own texts. */
const problem: Record<
  Exclude<Problem, "missing" | "tooLong" | "accountWrong" | "tooManyDecimals" | "cannotPayFrom">,
  string
> = {
  notDigits: "Only digits can stand here.",
  notAnAmount: "Write the amount in digits, for example 1,234.50.",
  ambiguous: "This can be read in two ways. Write the cents too, for example 1,234.00.",
  notPositive: "The amount must be more than zero.",
  tooLarge: "This is more than one payment can carry.",
  characters: "There is a character here that a payment cannot carry. Type the text anew.",
  accountUnfinished: "The account number is not complete.",
  day: "Choose a day between today and one year ahead.",
  referenceWrong: "This RF reference has a wrong digit somewhere. Compare it with the invoice.",
  besideReference: "A payment with an RF reference carries no symbols. Leave this empty.",
  notADay: "This is no day.",
  refusedByBank: "Your bank refuses orders with this constant symbol. Leave it empty.",
};
const accountProblem: Record<AccountProblem, string> = {
  character: "An account number has letters A to Z, digits, spaces, a dash and a slash only.",
  country: "No country has IBANs that begin like this. Compare it with the invoice.",
  length: "This IBAN is too short or too long for its country. Compare it with the invoice.",
  structure: "This IBAN is not built like those of its country. Compare it with the invoice.",
  digits: "This IBAN has a wrong digit somewhere. Compare it with the invoice.",
  domesticDigits: "This account number has a wrong digit somewhere. Compare it with the invoice.",
  bankCode: "Add the bank code, a slash and four digits, for example /1100.",
};

const form = {
  field,
  summary: "Summary",
  saveDraft: "Save draft",
  saved: (time: string) => `Draft saved at ${time}`,
  notSaved: "The draft is not saved.",
  saveAgain: "Try again",
  chooseAccount: "Choose an account",
  noAccount: "None of your accounts can pay. Connect a current account at Everifin first.",
  paidTimes: (times: number) => n(times, { one: "Paid once", other: `Paid ${times} times` }),
  payees: "People and companies you paid",
  payeesFound: (count: number) => n(count, { one: "1 known payee", other: `${count} known payees` }),
  lastPaid: (amount: string) => `Last ${amount}`,
  someoneNew: (name: string) => `Pay “${name}” as someone new`,
  accountHint: "IBAN, or a domestic number such as 2947051387/1100",
  valid: (where: string) => `Valid. ${where}`,
  validDomestic: (where: string, iban: string) => `Valid. ${where}; IBAN ${iban}`,
  nationalCheck:
    "The IBAN holds, but the account number inside it does not pass its national check. Compare it with the invoice.",
  currency: "Currency",
  today: "Today",
  messageUsed: (used: number, limit: number) => `${used} of ${limit}`,
  missing,
  problem,
  accountProblem,
  tooLong: (limit: number) => `At most ${limit} characters fit here.`,
  tooManyDigits: (limit: number) => `At most ${limit} digits fit here.`,
  tooManyDecimals: (currency: string) => `These are more decimals than ${currency} has.`,
  cannotPayFrom: (currency: string) => `This account cannot pay in ${currency}. Choose another account or currency.`,
  problems: (count: number) => n(count, { one: "One field needs a change.", other: `${count} fields need a change.` }),
};

const summary = {
  youPay: "You pay",
  now: (now: string) => `${now} now`,
  nowAndAfter: (now: string, after: string) => `${now} now, ${after} after`,
  choosePayee: "Choose who to pay",
  ending: (last: string) => `Account ending ${last}`,
  bankEnding: (bank: string, last: string) => `${bank}, account ending ${last}`,
  leaves: "Leaves",
  moved: "The day of the payment is not a bank day.",
  cutOff: "After your bank’s closing time it moves to the next bank day.",
  payeeReads: "Payee reads",
  carriedNote: "Euro payments carry plain letters only; your bank may keep more.",
  symbols: { vs: "VS", ss: "SS", ks: "KS", rf: "RF" },
  review: "Review payment",
  nothingSent: (bank: string) => `Nothing is sent yet. You approve it at ${bank}.`,
  yourBank: "your bank",
};

const warning = {
  firstPayment: "You have not paid this account before. Compare its number with the invoice.",
  otherAccount: (payee: string, day: string, ending: string) =>
    `You paid ${payee} to another account on ${day}, the one ending ${ending}. Ask them by telephone before you pay to a new one.`,
  likelyDuplicate: (day: string) => `You paid the same amount to this account on ${day}.`,
  onlyIfNew: "Continue only if this is a new invoice.",
  earlierUnknown:
    "The outcome of an earlier payment of this amount to this account is unknown. Please do not pay it again until we know.",
  notCovered: (after: string) => `This is more than the account has: ${after} would remain.`,
  underLowest: (after: string, lowest: string) =>
    `Less than you want to keep would remain on the account: ${after} instead of at least ${lowest}.`,
  otherCountry: (country: string) => `The payee’s bank is in another country: ${country}.`,
  nationalCheck:
    "The IBAN holds, but the account number inside it does not pass its national check. Compare it with the invoice.",
  symbolPaid: (day: string, amount: string) =>
    `You have already paid ${amount} with this variable symbol to this account, on ${day}. Check that the invoice is not paid already.`,
  unusualAmount: (most: string) =>
    `This is more than three times the most you have paid to this account so far, ${most}. Compare the amount with the invoice.`,
  largestOfAll: (most: string) =>
    `You have not paid this account before, and in the last twelve months no payment was as large; the largest was ${most}.`,
  outsideSepa: (country: string) =>
    `Euro payments to this country (${country}) do not go by SEPA. They take longer, cost more, and your bank may refuse them here.`,
  foreignCurrency: (currency: string, country: string) =>
    `${currency} is not the currency of this country (${country}). The payee’s bank may exchange it, or refuse it.`,
  copiedOtherwise: (ending: string) =>
    `The clipboard holds another account number, the one ending ${ending}. If you pasted the number, compare it with the invoice: some harmful programs swap copied account numbers.`,
};

const review = {
  title: "Check the payment",
  today: "Today",
  on: (day: string) => `On ${day}`,
  from: "From",
  to: "To",
  ending: (bank: string, last: string) => `${bank}, ending ${last}`,
  iban: "IBAN",
  message: "Message",
  variableSymbol: "Variable symbol",
  reference: "RF reference",
  balanceAfter: "Balance after",
  next: "What happens next",
  steps: [
    (bank: string) => `Saldo opens ${bank} in your browser.`,
    () => "You sign in there and approve the payment.",
    () => "Saldo shows here whether the bank accepted it.",
  ],
  back: "Back to edit",
  continueTo: (bank: string) => `Continue to ${bank}`,
  handingOver: "Handing over",
  changed: "The payment has changed since you checked it. This is how it stands now; please check it once more.",
  notOpened: (bank: string) =>
    `The payment waits for your approval, but ${bank} could not be opened in the browser. Try it from the payment.`,
  stopped: (bank: string) =>
    `Everifin has the payment, but it has not reached ${bank} yet. No money has moved; go on from the payment.`,
  lost: "Saldo lost track of this payment for a moment. Its state says what is known; please do not pay it again before you have looked.",
};

const bulk = {
  file: {
    more: "More actions",
    pain09: "Save for your bank’s portal (pain.001.001.09)",
    pain03: "Save for your bank’s portal (pain.001.001.03)",
    saved:
      "The file was saved. The payments stay drafts here: delete them once your bank has them, so that nothing is paid twice.",
  },
  bar: "Checked payments",
  checkOne: (payee: string) => `Check the payment to ${payee}`,
  checked: (count: number) => n(count, { one: "1 checked", other: `${count} checked` }),
  more: "Check another one to pay them together.",
  clear: "Uncheck all",
  pay: (count: number) => `Pay ${count} together`,
  mixed: "They need the same account, currency and day to go with one approval, and there can be 500 of them at most.",
  unfinished: (payee: string, others: number) =>
    others === 0
      ? `The payment to ${payee} cannot be paid yet.`
      : `The payment to ${payee} and ${others} more cannot be paid yet.`,
  finish: "Open it",
  title: (count: number) => `Check the ${count} payments`,
  lines: "Payments",
  warned: (count: number) =>
    n(count, {
      one: "One of them has a warning; it stands beside it.",
      other: `${count} of them have warnings; they stand beside them.`,
    }),
  once: (bank: string) =>
    `You approve all of them at ${bank} at once. The bank then accepts or refuses each by itself, and Saldo shows which.`,
  back: "Back to the list",
  partly: (bank: string, paid: number, refused: number) =>
    `${bank} accepted ${paid} of the payments and refused ${refused}. What was refused has moved no money.`,
  anew: (count: number) =>
    n(count, { one: "1 new draft of what was refused.", other: `${count} new drafts of what was refused.` }),
  acts: {
    edit: "Check and pay",
    remove: "Take apart",
    again: "Correct the refused ones",
  },
};

export const payments = {
  title: "Payments",
  newPayment: "New payment",
  editPayment: "Draft",
  words,
  list,
  detail,
  form,
  summary,
  warning,
  review,
  bulk,
};

export type Payments = typeof payments;
