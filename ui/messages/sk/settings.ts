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
  about: "O aplikácii",
  dataFolder: "Vaše údaje",
  dataFolderHint: "Všetko, čo Saldo prečítalo, ostáva v tomto priečinku",
  version: "Verzia",
} satisfies SettingsTexts;
