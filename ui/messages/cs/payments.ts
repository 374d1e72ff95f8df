import type { Payments } from "../en/payments";
import { plural } from "../plural";

const n = plural("cs");

const tabs = {
  all: "Všechny",
  approve: "Ke schválení",
  onItsWay: "Na cestě",
  drafts: "Koncepty",
  finished: "Ukončené",
};

const list = {
  more: "Další akce",
  fromFile: "Platby ze souboru",
  getPaid: "Přijmout platbu přes QR",
  journal: {
    save: "Uložit deník plateb",
    saved: "Deník je uložen: každý stav každé platby, bez jmen a částek.",
  },
  tabs,
  groups: { ...tabs, approve: "Ke schválení v bance" },
  none: {
    approve: "Na vaše schválení nic nečeká.",
    onItsWay: "Nic není na cestě.",
    drafts: "Nemáte žádné koncepty.",
    finished: "Zatím není nic ukončeno.",
  },
  showAll: "Ukázat všechny platby",
  state: "Stav",
  payee: "Příjemce",
  day: "Den",
  from: "Z účtu",
  amount: "Částka",
  noPayee: "Zatím bez příjemce",
  many: (count: number) =>
    n(count, { one: "Jedna platba", few: `${count} platby společně`, other: `${count} plateb společně` }),
  noAmount: "Zatím bez částky",
  approve: "Schválit",
  approveOne: (payee: string) => `Schválit platbu pro ${payee}`,
  empty: "Zatím žádné platby",
  emptyMore: "Napište platbu tady a schvalte ji ve své bance. Saldo ukáže, jak pokračuje.",
  opened: (bank: string) => `${bank} je otevřená v prohlížeči.`,
};

const detail = {
  paste: {
    stuck: "Prohlížeč se nevrátil?",
    empty: "Nejdřív vložte adresu.",
    wrong: "Tato adresa k této platbě nepatří. Nic se neodeslalo.",
  },
  asks: {
    here: (bank: string) => `${bank} se na toto ptá zde. Do banky to odejde jednou a Saldo si z toho nic neuloží.`,
    elsewhere: (bank: string) =>
      `${bank} se ptá na něco, co by Saldo neumělo poslat tak, aby to přečetla jen banka. Schvalte platbu v aplikaci banky, stav se zde změní sám.`,
    send: "Odeslat bance",
    sealed: "Zašifruje se tak, že to přečte jen banka.",
    choose: "Vyberte",
    picture: "Obrázek od banky",
    empty: "Vyplňte všechna pole.",
    refused: "Banka to nepřijala. Nic se neschválilo; požádejte o to znovu odtud.",
  },
  label: "Detail platby",
  head: "Platba",
  close: "Zavřít detail",
  acts: {
    today: "Zaplatit dnes",
    keep: "Uložit jako šablonu",
    check: "Ověřit teď",
    edit: "Upravit",
    remove: "Smazat koncept",
    again: "Použít jako novou platbu",
  },
  approveAt: (bank: string) => `Schválit: ${bank}`,
  step: {
    draft: () => "Rozepsaná",
    confirmed: () => "Potvrdili jste ji",
    sending: () => "Předává se bance",
    created: () => "Everifin ji má, banka ještě ne",
    awaitingBank: () => "Předaná bance",
    processing: (bank: string) => `${bank} ji převzala`,
    finished: (bank: string) => `${bank} ji přijala`,
    failed: (bank: string) => `${bank} ji odmítla`,
    partiallyPaid: (bank: string) => `${bank} přijala část`,
    unknown: () => "Bez jasné odpovědi",
    cancelled: () => "Zrušili jste ji",
  },
  means: {
    draft: () => "Nic nebylo odesláno. Pokračujte, kdy budete chtít.",
    confirmed: () => "Potvrdili jste ji, ale nebyla předána. Peníze se nepohnuly.",
    sending: () => "Je na cestě do banky, odpověď ještě nepřišla. Prosíme, neplaťte ji znovu.",
    created: () => "Banka ji ještě nemá. Otevřete její stránku a schvalte ji tam.",
    awaitingBank: () => "Schvalte ji ve své bance. Pokud jste to už udělali, stav se tu změní sám.",
    processing: (bank: string) => `${bank} ji zpracovává. Hotová je až tehdy, když ji banka přijme.`,
    finished: (bank: string) => `${bank} ji přijala.`,
    failed: (bank: string) => `${bank} ji odmítla. Peníze se nepohnuly.`,
    partiallyPaid: () => "Banka přijala jen část. Porovnejte ji se svými pohyby.",
    cancelled: () => "Zrušili jste ji dřív, než ji dostala banka. Peníze se nepohnuly.",
  },
  waiting: "Čeká na vás",
  notOpened: (bank: string) => `${bank} se v prohlížeči neotevřela. Nic nebylo schváleno; zkuste to znovu.`,
  notChecked: "Everifin neodpověděl správně, proto nevíme víc než předtím. Saldo se zeptá znovu samo.",
  unknown: "Výsledek neznáme",
  unknownBefore: (bank: string) => `${bank} tuto platbu ještě nepotvrdila. Mohla být odeslána. `,
  unknownStrong: "Prosíme, neplaťte ji znovu",
  unknownAfter: ", dokud to nebudeme vědět.",
  checked: (times: number, time: string) =>
    n(times, {
      one: `Ověřená jednou, v ${time}`,
      few: `Ověřená ${times}krát, naposledy v ${time}`,
      other: `Ověřená ${times}krát, naposledy v ${time}`,
    }),
  nextCheck: (time: string) => `Další ověření v ${time}`,
  nextCheckNow: "Právě se ověřuje",
  to: "Komu",
  booked: "Zaúčtováno",
  toTransaction: "Zobrazit transakci",
  lines: "Platby v ní",
  correct: "Opravit a zaplatit jako novou",
  payOn: "Den",
  deleted: "Koncept je smazaný.",
  theBank: "banka",
  bank: "Banka",
};

const nationalCheck = "IBAN sedí, ale číslo účtu v něm nesplňuje národní kontrolu. Porovnejte ho s fakturou.";

const form = {
  field: {
    from: "Z účtu",
    payee: "Komu",
    account: "Číslo účtu nebo IBAN",
    amount: "Částka",
    payOn: "Zaplatit dne",
    variableSymbol: "Variabilní symbol nebo RF",
    specificSymbol: "Specifický symbol",
    constantSymbol: "Konstantní symbol",
    message: "Zpráva pro příjemce",
  },
  summary: "Souhrn",
  saveDraft: "Uložit koncept",
  saved: (time: string) => `Koncept uložen v ${time}`,
  notSaved: "Koncept není uložen.",
  saveAgain: "Zkusit znovu",
  chooseAccount: "Vyberte účet",
  noAccount: "Z žádného z vašich účtů nelze platit. Nejdřív připojte běžný účet v Everifinu.",
  paidTimes: (times: number) =>
    n(times, { one: "Placeno jednou", few: `Placeno ${times}krát`, other: `Placeno ${times}krát` }),
  payees: "Lidé a firmy, kterým jste platili",
  payeesFound: (count: number) =>
    n(count, { one: "1 známý příjemce", few: `${count} známí příjemci`, other: `${count} známých příjemců` }),
  lastPaid: (amount: string) => `Naposledy ${amount}`,
  someoneNew: (name: string) => `Zaplatit novému příjemci „${name}“`,
  accountHint: "IBAN nebo číslo účtu, například 2947051387/1100",
  valid: (where: string) => `V pořádku. ${where}`,
  validDomestic: (where: string, iban: string) => `V pořádku. ${where}; IBAN ${iban}`,
  nationalCheck,
  currency: "Měna",
  today: "Dnes",
  messageUsed: (used: number, limit: number) => `${used} ze ${limit}`,
  missing: {
    from: "Vyberte účet, ze kterého zaplatíte.",
    payee: "Napište, kdo peníze dostane.",
    account: "Napište číslo účtu příjemce.",
    amount: "Napište, kolik chcete zaplatit.",
  },
  problem: {
    notDigits: "Tady mohou být jen číslice.",
    notAnAmount: "Napište částku číslicemi, například 1 234,50.",
    ambiguous: "Dá se to číst dvěma způsoby. Napište i haléře, například 1 234,00.",
    notPositive: "Částka musí být větší než nula.",
    tooLarge: "Tolik jednou platbou zaplatit nelze.",
    characters: "Je tu znak, který platba nemůže nést. Napište text znovu.",
    accountUnfinished: "Číslo účtu není úplné.",
    day: "Vyberte den ode dneška nejvýše rok dopředu.",
    referenceWrong: "Tato RF reference má někde chybnou číslici. Porovnejte ji s fakturou.",
    besideReference: "S RF referencí se symboly neposílají. Nechte toto pole prázdné.",
    notADay: "Toto není den.",
    refusedByBank: "Vaše banka příkazy s tímto konstantním symbolem odmítá. Nechte ho prázdný.",
  },
  accountProblem: {
    character: "Číslo účtu má jen písmena A až Z, číslice, mezery, spojovník a lomítko.",
    country: "Žádná země nemá IBAN s takovým začátkem. Porovnejte ho s fakturou.",
    length: "Tento IBAN je na svou zemi krátký nebo dlouhý. Porovnejte ho s fakturou.",
    structure: "Tento IBAN není složen jako ve své zemi. Porovnejte ho s fakturou.",
    digits: "V tomto IBANu je někde chybná číslice. Porovnejte ho s fakturou.",
    domesticDigits: "V tomto čísle účtu je někde chybná číslice. Porovnejte ho s fakturou.",
    bankCode: "Doplňte kód banky, lomítko a čtyři číslice, například /1100.",
  },
  tooLong: (limit: number) => `Vejde se sem nejvýše ${limit} znaků.`,
  tooManyDigits: (limit: number) =>
    n(limit, {
      one: `Vejde se sem nejvýše ${limit} číslice.`,
      few: `Vejdou se sem nejvýše ${limit} číslice.`,
      other: `Vejde se sem nejvýše ${limit} číslic.`,
    }),
  tooManyDecimals: (currency: string) => `Tolik desetinných míst ${currency} nemá.`,
  cannotPayFrom: (currency: string) => `Z tohoto účtu nelze platit v ${currency}. Vyberte jiný účet nebo měnu.`,
  problems: (count: number) =>
    n(count, {
      one: "Jedno pole je třeba změnit.",
      few: `Je třeba změnit ${count} pole.`,
      other: `Je třeba změnit ${count} polí.`,
    }),
};

const summary = {
  youPay: "Zaplatíte",
  now: (now: string) => `Teď ${now}`,
  nowAndAfter: (now: string, after: string) => `Teď ${now}, potom ${after}`,
  choosePayee: "Vyberte, komu zaplatíte",
  ending: (last: string) => `Účet končící na ${last}`,
  bankEnding: (bank: string, last: string) => `${bank}, účet končící na ${last}`,
  leaves: "Odejde",
  moved: "Den platby není bankovní den.",
  cutOff: "Po uzávěrce vaší banky se přesune na další bankovní den.",
  payeeReads: "Příjemce uvidí",
  carriedNote: "Platby v eurech nesou jen základní písmena; vaše banka jich může zachovat víc.",
  symbols: { vs: "VS", ss: "SS", ks: "KS", rf: "RF" },
  review: "Zkontrolovat platbu",
  nothingSent: (bank: string) => `Zatím se nic neodesílá. Platbu schvaluje ${bank}.`,
  yourBank: "vaše banka",
};

const warning = {
  firstPayment: "Na tento účet jste ještě neplatili. Porovnejte jeho číslo s fakturou.",
  otherAccount: (payee: string, day: string, ending: string) =>
    `Příjemci ${payee} jste ${day} platili na jiný účet, ten končí na ${ending}. Než zaplatíte na nový, ověřte si to telefonicky.`,
  likelyDuplicate: (day: string) => `Stejnou částku jste na tento účet zaplatili ${day}.`,
  onlyIfNew: "Pokračujte, jen pokud jde o novou fakturu.",
  earlierUnknown:
    "Výsledek předchozí platby této částky na tento účet neznáme. Prosíme, neplaťte ji znovu, dokud to nebudeme vědět.",
  notCovered: (after: string) => `Na účtu tolik není: zůstalo by ${after}.`,
  underLowest: (after: string, lowest: string) =>
    `Na účtu by zůstalo méně, než chcete: ${after} místo alespoň ${lowest}.`,
  otherCountry: (country: string) => `Banka příjemce je v jiné zemi: ${country}.`,
  nationalCheck,
  symbolPaid: (day: string, amount: string) =>
    `S tímto variabilním symbolem jste na tento účet už zaplatili ${amount}, a to ${day}. Ověřte, zda faktura už není zaplacená.`,
  unusualAmount: (most: string) =>
    `Je to víc než trojnásobek toho, co jste na tento účet dosud nejvíc zaplatili (${most}). Porovnejte částku s fakturou.`,
  largestOfAll: (most: string) =>
    `Na tento účet jste ještě neplatili a za posledních dvanáct měsíců nebyla žádná platba tak velká; největší byla ${most}.`,
  outsideSepa: (country: string) =>
    `Platby v eurech do této země (${country}) nejdou přes SEPA. Trvají déle, stojí víc a banka je tu může odmítnout.`,
  foreignCurrency: (currency: string, country: string) =>
    `${currency} není měna této země (${country}). Banka příjemce ji může směnit, nebo platbu odmítnout.`,
  copiedOtherwise: (ending: string) =>
    `Ve schránce je jiné číslo účtu, končí na ${ending}. Pokud jste číslo vložili ze schránky, porovnejte ho s fakturou: škodlivé programy zkopírovaná čísla účtů vyměňují.`,
};

const review = {
  title: "Zkontrolujte platbu",
  today: "Dnes",
  on: (day: string) => `Dne ${day}`,
  from: "Z účtu",
  to: "Komu",
  ending: (bank: string, last: string) => `${bank}, končí na ${last}`,
  iban: "IBAN",
  message: "Zpráva",
  variableSymbol: "Variabilní symbol",
  reference: "RF reference",
  balanceAfter: "Zůstatek potom",
  next: "Co bude dál",
  steps: [
    (bank: string) => `V prohlížeči se otevře ${bank}.`,
    () => "Tam se přihlásíte a platbu schválíte.",
    () => "Saldo tu ukáže, jestli ji banka přijala.",
  ],
  back: "Zpět k úpravě",
  continueTo: (bank: string) => `Pokračovat: ${bank}`,
  handingOver: "Předává se",
  changed: "Platba se od vaší kontroly změnila. Takto vypadá teď, zkontrolujte ji, prosíme, ještě jednou.",
  notOpened: (bank: string) =>
    `Platba čeká na vaše schválení, ale ${bank} se v prohlížeči neotevřela. Zkuste to z platby.`,
  stopped: (bank: string) => `Everifin platbu má, ale ${bank} ještě ne. Peníze se nepohnuly; pokračujte z platby.`,
  lost: "Saldo na chvíli ztratilo přehled o této platbě. Co o ní ví, říká její stav; než se na něj podíváte, prosíme, neplaťte ji znovu.",
};

const bulk = {
  file: {
    more: "Další akce",
    pain09: "Uložit pro portál banky (pain.001.001.09)",
    pain03: "Uložit pro portál banky (pain.001.001.03)",
    saved:
      "Soubor je uložený. Platby tu zůstávají jako koncepty: smažte je, až je bude mít banka, aby se nic nezaplatilo dvakrát.",
  },
  bar: "Označené platby",
  checkOne: (payee: string) => `Označit platbu pro ${payee}`,
  checked: (count: number) => n(count, { one: "1 označená", few: `${count} označené`, other: `${count} označených` }),
  more: "Označte další a zaplatíte je společně.",
  clear: "Zrušit označení",
  pay: (count: number) => `Zaplatit společně (${count})`,
  mixed: "Na jedno schválení musí mít stejný účet, měnu i den a může jich být nejvýše 500.",
  unfinished: (payee: string, others: number) =>
    others === 0
      ? `Platbu pro ${payee} zatím nelze zaplatit.`
      : `Platbu pro ${payee} a další (${others}) zatím nelze zaplatit.`,
  finish: "Otevřít ji",
  title: (count: number) =>
    n(count, {
      one: "Zkontrolujte platbu",
      few: `Zkontrolujte ${count} platby`,
      other: `Zkontrolujte ${count} plateb`,
    }),
  lines: "Platby",
  warned: (count: number) =>
    n(count, {
      one: "U jedné z nich je upozornění.",
      few: `U ${count} z nich jsou upozornění.`,
      other: `U ${count} z nich jsou upozornění.`,
    }),
  once: (bank: string) =>
    `V bance ${bank} je schválíte všechny najednou. Banka pak každou přijme nebo odmítne zvlášť a Saldo ukáže které.`,
  back: "Zpět na seznam",
  partly: (bank: string, paid: number, refused: number) =>
    `${bank}: přijaté platby ${paid}, odmítnuté ${refused}. U odmítnutých se nepohnuly žádné peníze.`,
  anew: (count: number) =>
    n(count, {
      one: "1 nový koncept z odmítnutých plateb.",
      few: `${count} nové koncepty z odmítnutých plateb.`,
      other: `${count} nových konceptů z odmítnutých plateb.`,
    }),
  acts: { edit: "Zkontrolovat a zaplatit", remove: "Rozdělit", again: "Opravit odmítnuté" },
};

export const payments = {
  title: "Platby",
  newPayment: "Nová platba",
  editPayment: "Koncept",
  words: {
    draft: "Koncept",
    confirmed: "Nepředaná",
    sending: "Předává se",
    created: "Připravená schválit",
    awaitingBank: "Čeká na schválení",
    processing: "Zpracovává se",
    finished: "Hotovo",
    failed: "Banka ji odmítla",
    partiallyPaid: "Uhrazená částečně",
    unknown: "Nejasná, ověřuje se",
    cancelled: "Zrušili jste ji",
  },
  list,
  detail,
  form,
  summary,
  warning,
  review,
  bulk,
} satisfies Payments;
