import type { WaitingTexts } from "../en/waiting";
import { plural } from "../plural";

const n = plural("sk");

export const waiting = {
  title: "Pokračujte v prehliadači",
  say: "Prihláste sa tam do Everifinu a povoľte prístup. Toto okno bude pokračovať samo.",
  sayDemo: "Je tam otvorená prihlasovacia stránka ukážky, nič na nej nie je skutočné. Toto okno bude pokračovať samo.",
  forBrowser: "Čaká sa na prehliadač",
  validFor: (time: string) => `Odkaz platí ešte ${time}`,
  openAgain: "Otvoriť znova",
  copyLink: "Kopírovať odkaz",
  copied: "Odkaz je skopírovaný",
  cancel: "Zrušiť",
  back: "Späť",
  next: "Čo bude nasledovať",
  next1: "Prehliadač oznámi, že stránku môžete zavrieť.",
  next2: "Saldo vypíše účty, ktoré ste pripojili v Everifine.",
  next3: "Načíta transakcie. Prvýkrát to trvá minútu až dve.",

  stuck: "Prehliadač sa sem nevrátil",
  pasteLabel: "Adresa stránky, na ktorej prehliadač skončil",
  pasteHint: "Skopírujte ju z riadka s adresou, aj keď stránka hlási, že sa nenašla.",
  pasteEmpty: "Najprv vložte adresu. Obsahuje „code=“.",
  pasteDo: "Pokračovať",
  loopbackWhy: "Everifin možno pri vašom klientovi ešte nepozná vlastný odkaz Salda.",
  loopbackDo: "Prihlásiť sa cez localhost",
  deepLinkWhy: "Prehliadač sa vracia cez http://localhost.",
  deepLinkDo: "Použiť vlastný odkaz Salda",

  finishing: "Už len chvíľu",
  finishingSay: "Odpoveď z prehliadača prišla.",
  finishingLine: "Prebieha prihlásenie",

  connected: "Everifin je pripojený",
  connectedSay: "Saldo odteraz môže čítať vaše účty.",
  reconnected: "Everifin je znova pripojený",
  asking: "Saldo sa pýta Everifinu, ktoré účty ste pripojili.",
  found: (accounts: number) =>
    n(accounts, {
      one: `Saldo našlo ${accounts} účet a číta jeho transakcie.`,
      few: `Saldo našlo ${accounts} účty a číta ich transakcie.`,
      other: `Saldo našlo ${accounts} účtov a číta ich transakcie.`,
    }),
  read: (accounts: number) =>
    n(accounts, {
      one: `Saldo prečítalo ${accounts} účet.`,
      few: `Saldo prečítalo ${accounts} účty.`,
      other: `Saldo prečítalo ${accounts} účtov.`,
    }),
  readingAccounts: "Číta sa zoznam účtov",
  reading: (bank: string, done: number, count: number) => `Číta sa ${bank}, ${Math.min(done + 1, count)} z ${count}`,
  transactions: (text: string, count: number) =>
    n(count, { one: `${text} transakcia`, few: `${text} transakcie`, other: `${text} transakcií` }),
  toOverview: "Prejsť na Prehľad",
  background: "Čítanie pokračuje na pozadí",

  denied: "Prístup nebol povolený",
  deniedSay: "Vy alebo Everifin ste Saldu prístup nedali. Nič sa neposkytlo.",
  deniedAllow: "Ak chcete pokračovať, zvoľte na stránke Everifinu možnosť Povoliť.",
  deniedAsks: "Saldo žiada o čítanie účtov a prípravu platieb. Môžete mu dovoliť iba čítanie.",
  tryAgain: "Skúsiť znova",
  readOnly: "Iba čítať účty",

  timedOut: "Prihlásenie trvalo príliš dlho",
  timedOutSay: "Kvôli bezpečnosti platí prihlasovací odkaz 10 minút. Nič sa nezmenilo.",
  timedOutCopy: "Ak sa neotvorila žiadna stránka, skopírujte odkaz a vložte ho do prehliadača.",
  newLink: "Otvoriť nový odkaz",
  copyNewLink: "Kopírovať nový odkaz",

  wrongTitle: "Tento odkaz patrí k inému prihláseniu",
  wrongSay: "Prehliadač vrátil starší odkaz alebo taký, ktorý Saldo nevytvorilo. Saldo si ho nevšímalo a čaká ďalej.",
  wrongClose: "Zavrite v prehliadači ostatné stránky Everifinu a začnite znova.",
  wrongPassword: "Ak ste sa neprihlasovali vy, zmeňte si heslo do Everifinu.",
  startAgain: "Začať znova",

  failed: "Prihlásenie sa nepodarilo dokončiť",
} satisfies WaitingTexts;
