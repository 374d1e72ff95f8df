import type { Place } from "../../bindings";
import type { DiagnosticsTexts } from "../en/diagnostics";
import { plural } from "../plural";

const n = plural("sk");
const lower = (when: string) => when.replace(/^D/, "d").replace(/^V/, "v");

const places: Record<Place, string> = {
  signIn: "Prihlásenie",
  renewal: "Obnovenie prihlásenia",
  accounts: "Čítanie účtov",
  payment: "Platba",
};

export const diagnostics = {
  title: "Diagnostika",
  asking: "Saldo zisťuje svoj stav a skúša úložisko hesiel.",

  signedInUntil: (when: string) => `Prihlásenie platí do: ${lower(when)}; každým použitím sa predlžuje`,
  signedIn: "Prihlásenie platí, kým ho Everifin drží",
  signedOut: "Odhlásené",
  ended: "Everifin prihlásenie ukončil",
  uncertain: "Či Everifin prihlásenie obnovil, sa ukáže pri ďalšej požiadavke",
  unsaved: "Prihlásenie je obnovené, ale úložisko hesiel ho zatiaľ neprijalo",
  renewed: (when: string) => `Naposledy obnovené: ${lower(when)}`,
  notRenewed: (when: string, why: string) => `Obnovenie zlyhalo (${lower(when)}): ${why}`,
  noRenewal: "Od spustenia Salda ešte neobnovené",

  clockSlow: (minutes: number) =>
    n(minutes, {
      one: `Hodiny tohto počítača meškajú o ${minutes} minútu`,
      few: `Hodiny tohto počítača meškajú o ${minutes} minúty`,
      other: `Hodiny tohto počítača meškajú o ${minutes} minút`,
    }),
  clockFast: (minutes: number) =>
    n(minutes, {
      one: `Hodiny tohto počítača idú o ${minutes} minútu vopred`,
      few: `Hodiny tohto počítača idú o ${minutes} minúty vopred`,
      other: `Hodiny tohto počítača idú o ${minutes} minút vopred`,
    }),
  clockHint: "Nastavte ich v nastaveniach systému. Saldo funguje ďalej, no dni a časy, ktoré ukazuje, sú nesprávne.",

  keychain: "Úložisko hesiel",
  keychainWorks: (name: string) => `${name}: vyskúšané, drží, čo doň Saldo vloží`,
  keychainSealed: (file: string) =>
    `Tento počítač ho nemá. Nahrádza ho súbor ${file} pod vašou frázou: vyskúšané, drží, čo doň Saldo vloží`,
  test: "Vyskúšať",
  inOrder: "V poriadku",
  notInOrder: "Nie je v poriadku",

  links: "Vlastné odkazy Salda",
  linksHere: "Prehliadač sa vracia do tohto Salda",
  linksElsewhere: (program: string) => `Otvára ich ${program}, prehliadač by sa sem nevrátil`,
  linksOther: "Otvára ich iný program, prehliadač by sa sem nevrátil",
  linksNobody: "Neotvára ich žiadny program, prehliadač by sa sem nevrátil",
  linksUnknown: "Tento systém nepovie, ktorý program ich otvára",
  repair: "Opraviť",

  pkce: "Ochrana prihlásenia (PKCE)",
  pkceUntried: "Na vyskúšanie sa prihlásite ešte raz. Saldo predloží nesprávny dôkaz a nič si z toho nenechá.",
  pkceEnforced: (when: string) =>
    `Everifin PKCE kontroluje: ukradnutý prihlasovací kód je bezcenný. Vyskúšané: ${lower(when)}`,
  pkceNotEnforced: (when: string) => `PKCE sa nevyžaduje: požiadajte Everifin, aby ho zapol. Vyskúšané: ${lower(when)}`,
  pkceTry: "Vyskúšať",

  database: "Súbor s údajmi",
  encrypted: (cipher: string, size: string) => `Šifrovaný (SQLCipher ${cipher}), ${size}`,
  plain: (size: string) => `Nešifrovaný, ${size}`,
  checked: (when: string) => `Naposledy celý skontrolovaný: ${lower(when)}`,
  unchecked: "Ešte nebol celý skontrolovaný",
  copied: (when: string) => `posledná bezpečnostná kópia: ${lower(when)}`,
  noCopy: "zatiaľ bez bezpečnostnej kópie",
  megabytes: (count: string) => `${count} MB`,
  versions: "Verzie",
  webView: (version: string) => `webové zobrazenie ${version}`,
  folder: "Priečinok s údajmi",

  failures: "Čo sa nedávno nepodarilo",
  noFailures: "V posledných dňoch nič nezlyhalo.",
  places,
  failed: (place: string, why: string) => `${place}: ${why}`,
  times: (count: number) => `${count}-krát`,

  report: "Správa pre podporu",
  reportHint: "Neobsahuje zostatky, mená, čísla účtov ani heslá",
  saveReport: "Uložiť správu",
  reportSaved: "Správa je uložená",

  probeTitle: "Prihláste sa ešte raz v prehliadači",
  probeSay:
    "Saldo odpovie Everifinu nesprávnym dôkazom, aby zistilo, či mu to prekáža. Z tohto prihlásenia nič nezostane.",
  enforced: "Everifin PKCE kontroluje",
  notEnforced: "PKCE sa nevyžaduje",
  probedEnforced: "Everifin nesprávny dôkaz odmietol. Ukradnutý prihlasovací kód nikomu na nič nie je.",
  probedNotEnforced:
    "Everifin nesprávny dôkaz prijal. Saldo to prihlásenie hneď ukončilo. Požiadajte Everifin, aby vášmu klientovi zapol PKCE.",
  backToDiagnostics: "Späť na diagnostiku",

  wayOther: (program: string) =>
    `Odkazy Salda na tomto počítači otvára ${program}. Odpoveď z prehliadača by odišla tam a sem by sa nevrátila.`,
  wayAnother:
    "Odkazy Salda na tomto počítači otvára iný program. Odpoveď z prehliadača by odišla tam a sem by sa nevrátila.",
  wayNobody: "Odkazy Salda na tomto počítači neotvára žiadny program. Odpoveď z prehliadača by sa sem nevrátila.",
  wayInstead: "Adresu môžete aj vložiť ručne, alebo sa prihlásiť cez localhost.",
} satisfies DiagnosticsTexts;
