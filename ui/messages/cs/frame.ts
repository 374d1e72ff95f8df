import type { FrameTexts } from "../en/frame";
import { plural } from "../plural";

const n = plural("cs");
const small = (when: string) => when.charAt(0).toLowerCase() + when.slice(1);

export const frame = {
  main: "Hlavní panel",
  pages: "Stránky",
  application: "Aplikace",
  skip: "Přeskočit na stránku",
  close: "Zavřít",
  undo: "Vrátit zpět",
  tomorrow: "Zítra",
  prepared: (count: number) =>
    n(count, {
      one: "1 připravená k úhradě",
      few: `${count} připravené k úhradě`,
      other: `${count} připravených k úhradě`,
    }),
  toApprove: (count: number) =>
    n(count, {
      one: `${count} čeká na vaše schválení`,
      few: `${count} čekají na vaše schválení`,
      other: `${count} čeká na vaše schválení`,
    }),
  needAttention: (count: number) =>
    n(count, {
      one: `${count} potřebuje vaši pozornost`,
      few: `${count} potřebují vaši pozornost`,
      other: `${count} potřebuje vaši pozornost`,
    }),

  syncing: "Synchronizace",
  syncingBank: (bank: string, done: number, count: number) => `Čte se ${bank}, hotovo ${done} z ${count}`,
  synced: (when: string) => `Aktuální: ${small(when)}`,
  neverSynced: "Zatím bez synchronizace",
  offlineShort: "Bez připojení",

  ended: "Přihlaste se k Everifinu znovu.",
  endedMore: "Přihlášení skončilo. Vaše údaje zůstávají zde, nové počkají.",
  signedOut: "Jste odhlášeni z Everifinu.",
  signedOutMore: "Vaše údaje zůstávají zde, nové počkají, než se přihlásíte.",
  uncertainMore: "Poslední odpověď Everifinu se ztratila. Saldo se zeptá znovu při další synchronizaci.",
  unsaved: "Přihlášení je obnovené, ale zatím neuložené.",
  unsavedMore: "Klíčenka ho nepřijala. Pokud je zamčená, odemkněte ji; Saldo to zkouší dál, proto ho nezavírejte.",
  reconnect: "Znovu připojit",
  signIn: "Přihlásit se",
  renew: "Obnovit",
  offline: "Bez připojení.",
  offlineMore: (when: string) => `Vidíte údaje: ${small(when)}. Koncepty jsou uložené a počkají na vás.`,
  offlineNever: "Saldo načte vaše účty, jakmile bude spojení.",
  unread: "Účty se teď nepodařilo přečíst.",
  silent: (banks: string[]) =>
    banks.length === 1 ? `${banks[0]} neodpověděla.` : `Neodpověděly: ${banks.join(", ")}.`,
  silentMore: "Vše ostatní je aktuální. Saldo to zkusí při další synchronizaci.",
  tryNow: "Zkusit teď",
  reconnectBank: (bank: string) => `Znovu připojte banku ${bank}.`,
  consentEnded: (day: string, accounts: string[]) =>
    accounts.length === 1
      ? `Její souhlas skončil ${day}, účet ${accounts[0]} proto ukazuje zůstatek z toho dne.`
      : `Její souhlas skončil ${day}, účty proto ukazují zůstatky z toho dne.`,
  consentEndedOnce: (accounts: string[]) =>
    accounts.length === 1
      ? `Její souhlas skončil, účet ${accounts[0]} proto ukazuje starší zůstatek.`
      : "Její souhlas skončil, účty proto ukazují starší zůstatky.",
  renewBank: (bank: string) => `Obnovte souhlas banky ${bank}.`,
  consentEnds: (day: string, inDays: string) => `Skončí ${day}, ${inDays}.`,
  renewBefore: (days: number) =>
    n(days, {
      one: "Připomenout 1 den předem",
      few: `Připomenout ${days} dny předem`,
      other: `Připomenout ${days} dní předem`,
    }),
  demo: "Ukázková data.",
  demoMore: "Nic z toho není skutečné.",
  connectEverifin: "Připojit Everifin",
} satisfies FrameTexts;
