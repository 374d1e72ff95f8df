import type { FrameTexts } from "../en/frame";
import { plural } from "../plural";

const n = plural("sk");
const small = (when: string) => when.charAt(0).toLowerCase() + when.slice(1);

export const frame = {
  main: "Hlavný panel",
  pages: "Stránky",
  application: "Aplikácia",
  skip: "Preskočiť na stránku",
  close: "Zavrieť",
  undo: "Vrátiť späť",
  tomorrow: "Zajtra",
  prepared: (count: number) =>
    n(count, {
      one: "1 pripravená na úhradu",
      few: `${count} pripravené na úhradu`,
      other: `${count} pripravených na úhradu`,
    }),
  toApprove: (count: number) =>
    n(count, {
      one: `${count} čaká na vaše schválenie`,
      few: `${count} čakajú na vaše schválenie`,
      other: `${count} čaká na vaše schválenie`,
    }),
  needAttention: (count: number) =>
    n(count, {
      one: `${count} potrebuje vašu pozornosť`,
      few: `${count} potrebujú vašu pozornosť`,
      other: `${count} potrebuje vašu pozornosť`,
    }),

  syncing: "Synchronizácia",
  syncingBank: (bank: string, done: number, count: number) => `Číta sa ${bank}, hotové ${done} z ${count}`,
  synced: (when: string) => `Aktuálne: ${small(when)}`,
  neverSynced: "Zatiaľ bez synchronizácie",
  offlineShort: "Bez pripojenia",

  ended: "Prihláste sa do Everifinu znova.",
  endedMore: "Prihlásenie sa skončilo. Vaše údaje ostávajú tu, nové počkajú.",
  signedOut: "Ste odhlásení z Everifinu.",
  signedOutMore: "Vaše údaje ostávajú tu, nové počkajú, kým sa prihlásite.",
  uncertainMore: "Posledná odpoveď Everifinu sa stratila. Saldo sa spýta znova pri ďalšej synchronizácii.",
  unsaved: "Prihlásenie je obnovené, ale zatiaľ neuložené.",
  unsavedMore: "Kľúčenka ho neprijala. Ak je zamknutá, odomknite ju; Saldo to skúša ďalej, preto ho nezatvárajte.",
  reconnect: "Znova pripojiť",
  signIn: "Prihlásiť sa",
  renew: "Obnoviť",
  offline: "Bez pripojenia.",
  offlineMore: (when: string) => `Vidíte údaje: ${small(when)}. Koncepty sú uložené a počkajú na vás.`,
  offlineNever: "Saldo načíta vaše účty, len čo bude spojenie.",
  unread: "Účty sa teraz nepodarilo prečítať.",
  silent: (banks: string[]) =>
    banks.length === 1 ? `${banks[0]} neodpovedala.` : `Neodpovedali: ${banks.join(", ")}.`,
  silentMore: "Všetko ostatné je aktuálne. Saldo to skúsi pri ďalšej synchronizácii.",
  tryNow: "Skúsiť teraz",
  reconnectBank: (bank: string) => `Znova pripojte banku ${bank}.`,
  consentEnded: (day: string, accounts: string[]) =>
    accounts.length === 1
      ? `Jej súhlas sa skončil ${day}, účet ${accounts[0]} preto ukazuje zostatok z toho dňa.`
      : `Jej súhlas sa skončil ${day}, účty preto ukazujú zostatky z toho dňa.`,
  consentEndedOnce: (accounts: string[]) =>
    accounts.length === 1
      ? `Jej súhlas sa skončil, účet ${accounts[0]} preto ukazuje starší zostatok.`
      : "Jej súhlas sa skončil, účty preto ukazujú staršie zostatky.",
  renewBank: (bank: string) => `Obnovte súhlas banky ${bank}.`,
  consentEnds: (day: string, inDays: string) => `Skončí sa ${day}, ${inDays}.`,
  renewBefore: (days: number) =>
    n(days, {
      one: "Pripomenúť 1 deň vopred",
      few: `Pripomenúť ${days} dni vopred`,
      other: `Pripomenúť ${days} dní vopred`,
    }),
  demo: "Ukážkové údaje.",
  demoMore: "Nič z tohto nie je skutočné.",
  connectEverifin: "Pripojiť Everifin",
} satisfies FrameTexts;
