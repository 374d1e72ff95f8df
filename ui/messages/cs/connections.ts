import type { ConnectionsTexts } from "../en/connections";
import { plural } from "../plural";

const n = plural("cs");

export const connections = {
  title: "Připojení",
  sync: "Synchronizovat",
  addBank: "Přidat banku",
  account: "Účet v Everifinu",
  demoName: "Ukázkový Everifin",
  everifinDemo: "Běží v tomto počítači. Jeho banky, účty a platby jsou vymyšlené.",
  reads: "Saldo čte vaše účty přes Everifin.",
  through: (payments: boolean, environment: string, client: string) =>
    `${payments ? "Saldo přes něj čte účty a připravuje platby." : "Saldo přes něj čte účty."} ${environment}, ${client}.`,
  standing: {
    signedIn: "Přihlášeno",
    uncertain: "Zatím nepotvrzeno",
    unsaved: "Zatím neuloženo",
    ended: "Přihlášení skončilo",
    signedOut: "Odhlášeno",
  },
  signOut: "Odhlásit se",
  signedOutDone: "Jste odhlášeni z Everifinu",
  signedOutHere: "Jste odhlášeni v tomto počítači. Everifinu se to nepodařilo oznámit.",
  openEverifin: "Otevřít Everifin",

  banks: "Banky a souhlasy",
  bank: "Banka",
  consent: "Souhlas",
  today: "Dnes",
  state: "Stav",
  actions: "Akce",
  ended: (day: string) => `Skončil ${day}`,
  endedOnce: "Skončil",
  ends: (day: string, inDays: string) => `Končí ${day}, ${inDays}`,
  until: (day: string) => `Souhlas platí do ${day}`,
  consentUnknown: "Konec není znám",

  syncing: "Čte se",
  readingNow: "Čtou se transakce",
  upToDate: "Aktuální",
  renewSoon: "Brzy obnovit",
  reconnectNeeded: "Nutno znovu připojit",
  limited: "Čeká se na banku",
  nextAt: (when: string) => `Další čtení: ${when.charAt(0).toLowerCase()}${when.slice(1)}`,
  noAnswer: "Banka neodpověděla",
  gone: "Nepřišlo",
  never: "Zatím nečteno",
  dataOf: (when: string) => `Údaje: ${when.charAt(0).toLowerCase()}${when.slice(1)}`,
  noData: "Zatím bez údajů",

  empty: "Zatím žádné banky",
  emptyMore: "Připojte banky v Everifinu. Po další synchronizaci se ukážou zde.",
  unread: "Banky se nepodařilo načíst",

  log: "Záznam synchronizace",
  logEmpty: "Zatím se nic nesynchronizovalo.",
  logSynced: (bank: string, added: number, changed: number, text: (count: number) => string) => {
    const parts = [
      added > 0
        ? n(added, {
            one: `${text(added)} nová transakce`,
            few: `${text(added)} nové transakce`,
            other: `${text(added)} nových transakcí`,
          })
        : "",
      changed > 0
        ? n(changed, {
            one: `${text(changed)} změněná`,
            few: `${text(changed)} změněné`,
            other: `${text(changed)} změněných`,
          })
        : "",
    ].filter(Boolean);
    return `${bank}: ${parts.length > 0 ? parts.join(", ") : "nic nového"}`;
  },
  logSkipped: (bank: string) => `${bank}: vynecháno, je nutné znovu připojit`,
  logFailed: (bank: string, why: string) => `${bank}: nepřečteno. ${why}`,
  clocks: "Tři povolení, každé s vlastním koncem",
  clockBanks: "Souhlasy bank",
  clockBanksAll: (count: number) =>
    n(count, {
      one: "1 banka dává data",
      few: `Všechny ${count} banky dávají data`,
      other: `Všech ${count} bank dává data`,
    }),
  clockBanksSome: (good: number, count: number) => `Data dává ${good} z ${count} bank`,
  clockNext: (bank: string, day: string, inDays: string) => `Nejdříve končí ${bank} ${day}, ${inDays}`,
  clockNoEnd: "Banky neuvádějí, kdy končí",
  clockSession: "Přihlášení v Everifinu",
  clockUntil: (day: string, inDays: string) => `Do ${day}, ${inDays}; každým použitím se prodlouží`,
  clockOpen: "Dokud ho Everifin drží",
  clockSignIn: "Přihlásíte se znovu; vaše data zůstávají zde",
  clockToken: "Přístupový token",
  clockRenews: "Obnovuje se sám",
  clockWaits: "Čeká na přihlášení",
  clockRenewed: (when: string) => `Naposledy obnoven: ${when}`,
  clockNotRenewed: (when: string) => `Obnovení selhalo: ${when}`,
  clockNotYet: "Od spuštění Salda zatím neobnoven",
  note: "Podle zákona smí banka poskytovat údaje aplikaci nejvýše 180 dní, pak to musíte znovu potvrdit. Opětovné připojení trvá asi dvě minuty: přihlásíte se do banky v prohlížeči a Saldo doplní chybějící dny.",
  noteDemo:
    "Podle zákona smí banka poskytovat údaje aplikaci nejvýše 180 dní, pak to musíte znovu potvrdit. Drží se toho i ukázkové banky.",
} satisfies ConnectionsTexts;
