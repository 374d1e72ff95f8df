import type { SettingsTexts } from "../en/settings";
import { plural } from "../plural";

const n = plural("sk");

export const settings = {
  title: "Nastavenia",
  savedAtOnce: "Ukladajú sa hneď po zmene",
  general: "Všeobecné",
  language: "Jazyk",
  example: (amount: string, day: string) => `${amount} a ${day}`,
  asSystem: "Rovnaký ako v počítači",
  appearance: "Vzhľad",
  theme: "Motív",
  light: "Svetlý",
  dark: "Tmavý",
  system: "Systém",
  singleKeys: "Skratky jedným klávesom",
  singleKeysHint: "Napríklad J, K a / v zoznamoch",
  signOutHint: "Po odhlásení ostanú všetky údaje v tomto počítači",
  banksAt: "Banky a súhlasy",
  banksAtHint: "Banky pridávate a súhlasy obnovujete v Everifine",
  demo: "Ukážka",
  leaveDemo: "Opustiť ukážku",
  leaveDemoHint: "Jej údaje sa z tohto počítača odstránia",
  leaveDemoDo: "Opustiť a odstrániť",
  leaveDemoTitle: "Opustiť ukážku",
  leaveDemoSay:
    "Účty, platby, poznámky a kategórie ukážky sa odstránia. Vašich vlastných údajov, ak nejaké sú, sa to netýka.",
  stay: "Zostať",
  rules: "Pravidlá kategórií",
  noRules: "Zatiaľ žiadne pravidlá. Dajte transakcii kategóriu a Saldo ponúkne to isté pre celú jej protistranu.",
  ruleBy: { account: (iban: string) => `podľa účtu ${iban}`, name: "podľa názvu" },
  ruleRows: (count: number, text: string) =>
    n(count, { one: "1 transakcia", few: `${text} transakcie`, other: `${text} transakcií` }),
  removeRule: "Odstrániť",
  ruleRemoved: "Pravidlo je odstránené",
  wayBack: {
    title: "Návrat z banky",
    hint: "Ako prehliadač po schválení nájde cestu do Salda; či to Everifin prijme, ukáže prvá platba",
    ways: { link: "Vlastným odkazom Salda", port: "Na tento počítač", page: "Na vašu stránku", nothing: "Nie sám" },
    more: {
      link: "Stránka banky otvorí app.saldo.desktop. Nič ďalšie netreba.",
      port: "Stránka banky otvorí 127.0.0.1, kde Saldo čaká. Pre prípad, že odkaz Saldo neotvorí.",
      page: "Stránka banky otvorí vašu a tá odovzdá prehliadač Saldu. Pre prípad, že Everifin prijíma len webové adresy; stránka, ktorú tam dáte, je v zdrojoch Salda ako docs/return-page.html.",
      nothing:
        "Prehliadač skončí v Everifine. Saldo sa pýta, ako je na tom platba, a vy môžete vložiť adresu, na ktorej prehliadač skončil.",
    },
    cameBack: (when: string) => `Prehliadač sa takto naposledy vrátil: ${when}`,
    taken: (when: string) => `Everifin túto adresu prijal: ${when}. Zatiaľ sa na ňu nič nevrátilo.`,
    refused: (when: string) => `Everifin túto adresu odmietol: ${when}. Vyberte iný spôsob.`,
    untried: "Týmto spôsobom ešte žiadna platba nešla.",
    page: "Adresa vašej stránky",
    save: "Použiť",
    wrong: "Musí začínať https, mať bodku v názve servera a za sebou nič ako ? alebo #.",
    notKept: "Adresu sa nepodarilo uložiť. Skúste to znova.",
  },
  about: "O aplikácii",
  dataFolder: "Vaše údaje",
  dataFolderHint: "Všetko, čo Saldo prečítalo, ostáva v tomto priečinku",
  version: "Verzia",
} satisfies SettingsTexts;
