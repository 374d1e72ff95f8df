import type { SettingsTexts } from "../en/settings";
import { plural } from "../plural";

const n = plural("cs");

export const settings = {
  title: "Nastavení",
  savedAtOnce: "Ukládají se hned po změně",
  general: "Obecné",
  language: "Jazyk",
  example: (amount: string, day: string) => `${amount} a ${day}`,
  asSystem: "Stejný jako v počítači",
  appearance: "Vzhled",
  theme: "Motiv",
  light: "Světlý",
  dark: "Tmavý",
  system: "Systém",
  singleKeys: "Zkratky jednou klávesou",
  singleKeysHint: "Například J, K a / v seznamech",
  signOutHint: "Po odhlášení zůstanou všechny údaje v tomto počítači",
  banksAt: "Banky a souhlasy",
  banksAtHint: "Banky přidáváte a souhlasy obnovujete v Everifinu",
  demo: "Ukázka",
  leaveDemo: "Opustit ukázku",
  leaveDemoHint: "Její data se z tohoto počítače odstraní",
  leaveDemoDo: "Opustit a odstranit",
  leaveDemoTitle: "Opustit ukázku",
  leaveDemoSay:
    "Účty, platby, poznámky a kategorie ukázky se odstraní. Vašich vlastních údajů, pokud nějaké jsou, se to netýká.",
  stay: "Zůstat",
  rules: "Pravidla kategorií",
  noRules: "Zatím žádná pravidla. Dejte transakci kategorii a Saldo nabídne totéž pro celou její protistranu.",
  ruleBy: { account: (iban: string) => `podle účtu ${iban}`, name: "podle názvu" },
  ruleRows: (count: number, text: string) =>
    n(count, { one: "1 transakce", few: `${text} transakce`, other: `${text} transakcí` }),
  removeRule: "Odstranit",
  ruleRemoved: "Pravidlo je odstraněno",
  about: "O aplikaci",
  dataFolder: "Vaše údaje",
  dataFolderHint: "Vše, co Saldo přečetlo, zůstává v této složce",
  version: "Verze",
} satisfies SettingsTexts;
