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
  wayBack: {
    title: "Návrat z banky",
    hint: "Jak prohlížeč po schválení najde cestu do Salda; jestli to Everifin přijme, ukáže první platba",
    ways: { link: "Vlastním odkazem Salda", port: "Na tento počítač", page: "Na vaši stránku", nothing: "Ne sám" },
    more: {
      link: "Stránka banky otevře app.saldo.desktop. Nic dalšího není třeba.",
      port: "Stránka banky otevře 127.0.0.1, kde Saldo čeká. Pro případ, že odkaz Saldo neotevře.",
      page: "Stránka banky otevře vaši a ta předá prohlížeč Saldu. Pro případ, že Everifin přijímá jen webové adresy; stránka, kterou tam dáte, je ve zdrojích Salda jako docs/return-page.html.",
      nothing:
        "Prohlížeč skončí v Everifinu. Saldo se ptá, jak na tom platba je, a vy můžete vložit adresu, na které prohlížeč skončil.",
    },
    cameBack: (when: string) => `Prohlížeč se takto naposledy vrátil: ${when}`,
    taken: (when: string) => `Everifin tuto adresu přijal: ${when}. Zatím se na ni nic nevrátilo.`,
    refused: (when: string) => `Everifin tuto adresu odmítl: ${when}. Vyberte jiný způsob.`,
    untried: "Tímto způsobem ještě žádná platba nešla.",
    page: "Adresa vaší stránky",
    save: "Použít",
    wrong: "Musí začínat https, mít tečku v názvu serveru a za sebou nic jako ? nebo #.",
    notKept: "Adresu se nepodařilo uložit. Zkuste to znovu.",
  },
  about: "O aplikaci",
  dataFolder: "Vaše údaje",
  dataFolderHint: "Vše, co Saldo přečetlo, zůstává v této složce",
  version: "Verze",
} satisfies SettingsTexts;
