import type { ConnectionsTexts } from "../en/connections";
import { plural } from "../plural";

const n = plural("sk");

export const connections = {
  title: "Pripojenia",
  sync: "Synchronizovať",
  addBank: "Pridať banku",
  account: "Účet v Everifine",
  demoName: "Ukážkový Everifin",
  everifinDemo: "Beží v tomto počítači. Jeho banky, účty a platby sú vymyslené.",
  reads: "Saldo číta vaše účty cez Everifin.",
  through: (payments: boolean, environment: string, client: string) =>
    `${payments ? "Saldo cez neho číta účty a pripravuje platby." : "Saldo cez neho číta účty."} ${environment}, ${client}.`,
  standing: {
    signedIn: "Prihlásené",
    uncertain: "Zatiaľ nepotvrdené",
    unsaved: "Zatiaľ neuložené",
    ended: "Prihlásenie sa skončilo",
    signedOut: "Odhlásené",
  },
  signOut: "Odhlásiť sa",
  signedOutDone: "Ste odhlásení z Everifinu",
  signedOutHere: "Ste odhlásení v tomto počítači. Everifinu sa to nepodarilo oznámiť.",
  openEverifin: "Otvoriť Everifin",

  banks: "Banky a súhlasy",
  bank: "Banka",
  consent: "Súhlas",
  today: "Dnes",
  state: "Stav",
  actions: "Akcie",
  ended: (day: string) => `Skončil sa ${day}`,
  endedOnce: "Skončil sa",
  ends: (day: string, inDays: string) => `Končí sa ${day}, ${inDays}`,
  until: (day: string) => `Súhlas platí do ${day}`,
  consentUnknown: "Koniec nie je známy",

  syncing: "Číta sa",
  readingNow: "Čítajú sa transakcie",
  upToDate: "Aktuálne",
  renewSoon: "Čoskoro obnoviť",
  reconnectNeeded: "Treba znova pripojiť",
  limited: "Čaká sa na banku",
  nextAt: (when: string) => `Ďalšie čítanie: ${when.charAt(0).toLowerCase()}${when.slice(1)}`,
  noAnswer: "Banka neodpovedala",
  gone: "Neprišlo",
  never: "Zatiaľ nečítané",
  dataOf: (when: string) => `Údaje: ${when.charAt(0).toLowerCase()}${when.slice(1)}`,
  noData: "Zatiaľ bez údajov",

  empty: "Zatiaľ žiadne banky",
  emptyMore: "Pripojte banky v Everifine. Po ďalšej synchronizácii sa ukážu tu.",
  unread: "Banky sa nepodarilo načítať",

  log: "Záznam synchronizácie",
  logEmpty: "Zatiaľ sa nič nesynchronizovalo.",
  logSynced: (bank: string, added: number, changed: number, text: (count: number) => string) => {
    const parts = [
      added > 0
        ? n(added, {
            one: `${text(added)} nová transakcia`,
            few: `${text(added)} nové transakcie`,
            other: `${text(added)} nových transakcií`,
          })
        : "",
      changed > 0
        ? n(changed, {
            one: `${text(changed)} zmenená`,
            few: `${text(changed)} zmenené`,
            other: `${text(changed)} zmenených`,
          })
        : "",
    ].filter(Boolean);
    return `${bank}: ${parts.length > 0 ? parts.join(", ") : "nič nové"}`;
  },
  logSkipped: (bank: string) => `${bank}: vynechané, treba znova pripojiť`,
  logFailed: (bank: string, why: string) => `${bank}: neprečítané. ${why}`,
  clocks: "Tri povolenia, každé s vlastným koncom",
  clockBanks: "Súhlasy bánk",
  clockBanksAll: (count: number) =>
    n(count, {
      one: "1 banka dáva údaje",
      few: `Všetky ${count} banky dávajú údaje`,
      other: `Všetkých ${count} bánk dáva údaje`,
    }),
  clockBanksSome: (good: number, count: number) => `Údaje dáva ${good} z ${count} bánk`,
  clockNext: (bank: string, day: string, inDays: string) => `Najbližšie sa končí ${bank} ${day}, ${inDays}`,
  clockNoEnd: "Banky neuvádzajú, kedy sa končia",
  clockSession: "Prihlásenie v Everifine",
  clockUntil: (day: string, inDays: string) => `Do ${day}, ${inDays}; každým použitím sa predĺži`,
  clockOpen: "Kým ho Everifin drží",
  clockSignIn: "Prihlásite sa znova; vaše údaje ostávajú tu",
  clockToken: "Prístupový token",
  clockRenews: "Obnovuje sa sám",
  clockWaits: "Čaká na prihlásenie",
  clockRenewed: (when: string) => `Naposledy obnovený: ${when}`,
  clockNotRenewed: (when: string) => `Obnovenie zlyhalo: ${when}`,
  clockNotYet: "Od spustenia Salda ešte neobnovený",
  note: "Podľa zákona smie banka poskytovať údaje aplikácii najviac 180 dní, potom to musíte znova potvrdiť. Opätovné pripojenie trvá asi dve minúty: prihlásite sa do banky v prehliadači a Saldo doplní chýbajúce dni.",
  noteDemo:
    "Podľa zákona smie banka poskytovať údaje aplikácii najviac 180 dní, potom to musíte znova potvrdiť. Držia sa toho aj ukážkové banky.",
} satisfies ConnectionsTexts;
