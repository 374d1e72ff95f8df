import type { WaitingTexts } from "../en/waiting";
import { plural } from "../plural";

const n = plural("cs");

export const waiting = {
  title: "Pokračujte v prohlížeči",
  say: "Přihlaste se tam k Everifinu a povolte přístup. Toto okno bude pokračovat samo.",
  sayDemo: "Je tam otevřená přihlašovací stránka ukázky, nic na ní není skutečné. Toto okno bude pokračovat samo.",
  forBrowser: "Čeká se na prohlížeč",
  validFor: (time: string) => `Odkaz platí ještě ${time}`,
  openAgain: "Otevřít znovu",
  copyLink: "Kopírovat odkaz",
  copied: "Odkaz je zkopírován",
  cancel: "Zrušit",
  back: "Zpět",
  next: "Co bude následovat",
  next1: "Prohlížeč oznámí, že stránku můžete zavřít.",
  next2: "Saldo vypíše účty, které jste připojili v Everifinu.",
  next3: "Načte transakce. Poprvé to trvá minutu až dvě.",

  stuck: "Prohlížeč se sem nevrátil",
  pasteLabel: "Adresa stránky, na které prohlížeč skončil",
  pasteHint: "Zkopírujte ji z řádku s adresou, i když stránka hlásí, že nebyla nalezena.",
  pasteEmpty: "Nejdřív vložte adresu. Obsahuje „code=“.",
  pasteDo: "Pokračovat",
  loopbackWhy: "Everifin možná u vašeho klienta ještě nezná vlastní odkaz Salda.",
  loopbackDo: "Přihlásit se přes localhost",
  deepLinkWhy: "Prohlížeč se vrací přes http://localhost.",
  deepLinkDo: "Použít vlastní odkaz Salda",

  finishing: "Už jen chvilku",
  finishingSay: "Odpověď z prohlížeče dorazila.",
  finishingLine: "Probíhá přihlášení",

  connected: "Everifin je připojen",
  connectedSay: "Saldo teď může číst vaše účty.",
  reconnected: "Everifin je znovu připojen",
  asking: "Saldo se ptá Everifinu, které účty jste připojili.",
  found: (accounts: number) =>
    n(accounts, {
      one: `Saldo našlo ${accounts} účet a čte jeho transakce.`,
      few: `Saldo našlo ${accounts} účty a čte jejich transakce.`,
      other: `Saldo našlo ${accounts} účtů a čte jejich transakce.`,
    }),
  read: (accounts: number) =>
    n(accounts, {
      one: `Saldo přečetlo ${accounts} účet.`,
      few: `Saldo přečetlo ${accounts} účty.`,
      other: `Saldo přečetlo ${accounts} účtů.`,
    }),
  readingAccounts: "Čte se seznam účtů",
  reading: (bank: string, done: number, count: number) => `Čte se ${bank}, ${Math.min(done + 1, count)} z ${count}`,
  transactions: (text: string, count: number) =>
    n(count, { one: `${text} transakce`, few: `${text} transakce`, other: `${text} transakcí` }),
  toOverview: "Přejít na Přehled",
  background: "Čtení pokračuje na pozadí",

  denied: "Přístup nebyl povolen",
  deniedSay: "Vy nebo Everifin jste Saldu přístup nedali. Nic nebylo poskytnuto.",
  deniedAllow: "Chcete-li pokračovat, zvolte na stránce Everifinu možnost Povolit.",
  deniedAsks: "Saldo žádá o čtení účtů a přípravu plateb. Můžete mu dovolit jen čtení.",
  tryAgain: "Zkusit znovu",
  readOnly: "Jen číst účty",

  timedOut: "Přihlášení trvalo příliš dlouho",
  timedOutSay: "Kvůli bezpečnosti platí přihlašovací odkaz 10 minut. Nic se nezměnilo.",
  timedOutCopy: "Pokud se neotevřela žádná stránka, zkopírujte odkaz a vložte ho do prohlížeče.",
  newLink: "Otevřít nový odkaz",
  copyNewLink: "Kopírovat nový odkaz",

  wrongTitle: "Tento odkaz patří k jinému přihlášení",
  wrongSay: "Prohlížeč vrátil starší odkaz nebo takový, který Saldo nevytvořilo. Saldo ho přešlo a čeká dál.",
  wrongClose: "Zavřete v prohlížeči ostatní stránky Everifinu a začněte znovu.",
  wrongPassword: "Pokud jste se nepřihlašovali vy, změňte si heslo k Everifinu.",
  startAgain: "Začít znovu",

  failed: "Přihlášení se nepodařilo dokončit",
} satisfies WaitingTexts;
