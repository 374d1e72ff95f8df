import type { Place } from "../../bindings";
import type { DiagnosticsTexts } from "../en/diagnostics";
import { plural } from "../plural";

const n = plural("cs");
const lower = (when: string) => when.replace(/^D/, "d").replace(/^V/, "v");

const places: Record<Place, string> = {
  signIn: "Přihlášení",
  renewal: "Obnovení přihlášení",
  accounts: "Čtení účtů",
  payment: "Platba",
};

export const diagnostics = {
  title: "Diagnostika",
  asking: "Saldo zjišťuje svůj stav a zkouší úložiště hesel.",

  signedInUntil: (when: string) => `Přihlášení platí do: ${lower(when)}; každým použitím se prodlužuje`,
  signedIn: "Přihlášení platí, dokud ho Everifin drží",
  signedOut: "Odhlášeno",
  ended: "Everifin přihlášení ukončil",
  uncertain: "Zda Everifin přihlášení obnovil, se ukáže při dalším požadavku",
  unsaved: "Přihlášení je obnoveno, ale úložiště hesel ho zatím nepřijalo",
  renewed: (when: string) => `Naposledy obnoveno: ${lower(when)}`,
  notRenewed: (when: string, why: string) => `Obnovení selhalo (${lower(when)}): ${why}`,
  noRenewal: "Od spuštění Salda ještě neobnoveno",

  clockSlow: (minutes: number) =>
    n(minutes, {
      one: `Hodiny tohoto počítače jdou o ${minutes} minutu pozadu`,
      few: `Hodiny tohoto počítače jdou o ${minutes} minuty pozadu`,
      other: `Hodiny tohoto počítače jdou o ${minutes} minut pozadu`,
    }),
  clockFast: (minutes: number) =>
    n(minutes, {
      one: `Hodiny tohoto počítače jdou o ${minutes} minutu napřed`,
      few: `Hodiny tohoto počítače jdou o ${minutes} minuty napřed`,
      other: `Hodiny tohoto počítače jdou o ${minutes} minut napřed`,
    }),
  clockHint: "Nastavte je v nastavení systému. Saldo funguje dál, ale dny a časy, které ukazuje, jsou nesprávné.",

  keychain: "Úložiště hesel",
  keychainWorks: (name: string) => `${name}: vyzkoušeno, drží, co do něj Saldo vloží`,
  keychainSealed: (file: string) =>
    `Tento počítač ho nemá. Nahrazuje ho soubor ${file} pod vaší frází: vyzkoušeno, drží, co do něj Saldo vloží`,
  test: "Vyzkoušet",
  inOrder: "V pořádku",
  notInOrder: "Není v pořádku",

  links: "Vlastní odkazy Salda",
  linksHere: "Prohlížeč se vrací do tohoto Salda",
  linksElsewhere: (program: string) => `Otevírá je ${program}, prohlížeč by se sem nevrátil`,
  linksOther: "Otevírá je jiný program, prohlížeč by se sem nevrátil",
  linksNobody: "Neotevírá je žádný program, prohlížeč by se sem nevrátil",
  linksUnknown: "Tento systém neřekne, který program je otevírá",
  repair: "Opravit",

  pkce: "Ochrana přihlášení (PKCE)",
  pkceUntried: "K vyzkoušení se přihlásíte ještě jednou. Saldo předloží nesprávný důkaz a nic si z toho nenechá.",
  pkceEnforced: (when: string) =>
    `Everifin PKCE kontroluje: ukradený přihlašovací kód je bezcenný. Vyzkoušeno: ${lower(when)}`,
  pkceNotEnforced: (when: string) =>
    `PKCE se nevyžaduje: požádejte Everifin, aby ho zapnul. Vyzkoušeno: ${lower(when)}`,
  pkceTry: "Vyzkoušet",

  database: "Soubor s údaji",
  encrypted: (cipher: string, size: string) => `Šifrovaný (SQLCipher ${cipher}), ${size}`,
  plain: (size: string) => `Nešifrovaný, ${size}`,
  checked: (when: string) => `Naposledy celý zkontrolovaný: ${lower(when)}`,
  unchecked: "Ještě nebyl celý zkontrolovaný",
  copied: (when: string) => `poslední bezpečnostní kopie: ${lower(when)}`,
  noCopy: "zatím bez bezpečnostní kopie",
  megabytes: (count: string) => `${count} MB`,
  versions: "Verze",
  webView: (version: string) => `webové zobrazení ${version}`,
  folder: "Složka s údaji",

  failures: "Co se nedávno nepodařilo",
  noFailures: "V posledních dnech nic neselhalo.",
  places,
  failed: (place: string, why: string) => `${place}: ${why}`,
  times: (count: number) => `${count}krát`,

  report: "Zpráva pro podporu",
  reportHint: "Neobsahuje zůstatky, jména, čísla účtů ani hesla",
  saveReport: "Uložit zprávu",
  reportSaved: "Zpráva je uložena",

  probeTitle: "Přihlaste se ještě jednou v prohlížeči",
  probeSay:
    "Saldo odpoví Everifinu nesprávným důkazem, aby zjistilo, zda mu to vadí. Z tohoto přihlášení nic nezůstane.",
  enforced: "Everifin PKCE kontroluje",
  notEnforced: "PKCE se nevyžaduje",
  probedEnforced: "Everifin nesprávný důkaz odmítl. Ukradený přihlašovací kód nikomu k ničemu není.",
  probedNotEnforced:
    "Everifin nesprávný důkaz přijal. Saldo to přihlášení hned ukončilo. Požádejte Everifin, aby vašemu klientovi zapnul PKCE.",
  backToDiagnostics: "Zpět na diagnostiku",

  wayOther: (program: string) =>
    `Odkazy Salda na tomto počítači otevírá ${program}. Odpověď z prohlížeče by odešla tam a sem by se nevrátila.`,
  wayAnother:
    "Odkazy Salda na tomto počítači otevírá jiný program. Odpověď z prohlížeče by odešla tam a sem by se nevrátila.",
  wayNobody: "Odkazy Salda na tomto počítači neotevírá žádný program. Odpověď z prohlížeče by se sem nevrátila.",
  wayInstead: "Adresu můžete také vložit ručně, nebo se přihlásit přes localhost.",
} satisfies DiagnosticsTexts;
