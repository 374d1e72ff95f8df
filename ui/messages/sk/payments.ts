import type { Payments } from "../en/payments";
import { plural } from "../plural";

const n = plural("sk");

const tabs = {
  all: "Všetky",
  approve: "Na schválenie",
  onItsWay: "Na ceste",
  drafts: "Koncepty",
  finished: "Ukončené",
};

const list = {
  more: "Ďalšie akcie",
  fromFile: "Platby zo súboru",
  getPaid: "Prijať platbu cez QR",
  journal: {
    save: "Uložiť denník platieb",
    saved: "Denník je uložený: každý stav každej platby, bez mien a súm.",
  },
  tabs,
  groups: { ...tabs, approve: "Na schválenie v banke" },
  none: {
    approve: "Na vaše schválenie nič nečaká.",
    onItsWay: "Nič nie je na ceste.",
    drafts: "Nemáte žiadne koncepty.",
    finished: "Zatiaľ nie je nič ukončené.",
  },
  showAll: "Ukázať všetky platby",
  state: "Stav",
  payee: "Príjemca",
  day: "Deň",
  from: "Z účtu",
  amount: "Suma",
  noPayee: "Zatiaľ bez príjemcu",
  many: (count: number) =>
    n(count, { one: "Jedna platba", few: `${count} platby spolu`, other: `${count} platieb spolu` }),
  noAmount: "Zatiaľ bez sumy",
  approve: "Schváliť",
  approveOne: (payee: string) => `Schváliť platbu pre ${payee}`,
  empty: "Zatiaľ žiadne platby",
  emptyMore: "Napíšte platbu tu a schváľte ju vo svojej banke. Saldo ukáže, ako pokračuje.",
  opened: (bank: string) => `${bank} je otvorená v prehliadači.`,
};

const detail = {
  paste: {
    stuck: "Prehliadač sa nevrátil?",
    empty: "Najprv vložte adresu.",
    wrong: "Táto adresa nepatrí k tejto platbe. Nič sa neodoslalo.",
  },
  asks: {
    here: (bank: string) => `${bank} sa na toto pýta tu. Do banky to odíde raz a Saldo si z toho nič neuloží.`,
    elsewhere: (bank: string) =>
      `${bank} sa pýta na niečo, čo by Saldo nevedelo poslať tak, aby to prečítala iba banka. Schváľte platbu v aplikácii banky, stav sa tu zmení sám.`,
    send: "Odoslať banke",
    sealed: "Zašifruje sa tak, že to prečíta iba banka.",
    choose: "Vyberte",
    picture: "Obrázok od banky",
    empty: "Vyplňte všetky polia.",
    refused: "Banka to neprijala. Nič sa neschválilo; požiadajte o to znova odtiaľto.",
  },
  label: "Detail platby",
  head: "Platba",
  close: "Zavrieť detail",
  acts: {
    today: "Zaplatiť dnes",
    keep: "Uložiť ako šablónu",
    check: "Overiť teraz",
    edit: "Upraviť",
    remove: "Zmazať koncept",
    again: "Použiť ako novú platbu",
  },
  approveAt: (bank: string) => `Schváliť: ${bank}`,
  step: {
    draft: () => "Rozpísaná",
    confirmed: () => "Potvrdili ste ju",
    sending: () => "Odovzdáva sa banke",
    created: () => "Everifin ju má, banka ešte nie",
    awaitingBank: () => "Odovzdaná banke",
    processing: (bank: string) => `${bank} ju prevzala`,
    finished: (bank: string) => `${bank} ju prijala`,
    failed: (bank: string) => `${bank} ju odmietla`,
    partiallyPaid: (bank: string) => `${bank} prijala časť`,
    unknown: () => "Bez jasnej odpovede",
    cancelled: () => "Zrušili ste ju",
  },
  means: {
    draft: () => "Nič nebolo odoslané. Pokračujte, kedy budete chcieť.",
    confirmed: () => "Potvrdili ste ju, ale nebola odovzdaná. Peniaze sa nepohli.",
    sending: () => "Je na ceste do banky, odpoveď ešte neprišla. Prosíme, neplaťte ju znova.",
    created: () => "Banka ju ešte nemá. Otvorte jej stránku a schváľte ju tam.",
    awaitingBank: () => "Schváľte ju vo svojej banke. Ak ste to už urobili, stav sa tu zmení sám.",
    processing: (bank: string) => `${bank} ju spracúva. Hotová je až vtedy, keď ju banka prijme.`,
    finished: (bank: string) => `${bank} ju prijala.`,
    failed: (bank: string) => `${bank} ju odmietla. Peniaze sa nepohli.`,
    partiallyPaid: () => "Banka prijala iba časť. Porovnajte ju so svojimi pohybmi.",
    cancelled: () => "Zrušili ste ju skôr, než ju dostala banka. Peniaze sa nepohli.",
  },
  waiting: "Čaká na vás",
  notOpened: (bank: string) => `${bank} sa v prehliadači neotvorila. Nič nebolo schválené; skúste to znova.`,
  notChecked: "Everifin neodpovedal správne, preto nevieme viac ako predtým. Saldo sa spýta znova samo.",
  unknown: "Výsledok nepoznáme",
  unknownBefore: (bank: string) => `${bank} túto platbu ešte nepotvrdila. Mohla byť odoslaná. `,
  unknownStrong: "Prosíme, neplaťte ju znova",
  unknownAfter: ", kým to nebudeme vedieť.",
  checked: (times: number, time: string) =>
    n(times, {
      one: `Overená raz, o ${time}`,
      few: `Overená ${times}-krát, naposledy o ${time}`,
      other: `Overená ${times}-krát, naposledy o ${time}`,
    }),
  nextCheck: (time: string) => `Ďalšie overenie o ${time}`,
  nextCheckNow: "Práve sa overuje",
  to: "Komu",
  booked: "Zaúčtované",
  toTransaction: "Zobraziť transakciu",
  lines: "Platby v nej",
  correct: "Opraviť a zaplatiť ako novú",
  payOn: "Deň",
  deleted: "Koncept je zmazaný.",
  theBank: "banka",
  bank: "Banka",
};

const nationalCheck = "IBAN sedí, ale číslo účtu v ňom nespĺňa národnú kontrolu. Porovnajte ho s faktúrou.";

const form = {
  field: {
    from: "Z účtu",
    payee: "Komu",
    account: "Číslo účtu alebo IBAN",
    amount: "Suma",
    payOn: "Zaplatiť dňa",
    variableSymbol: "Variabilný symbol alebo RF",
    specificSymbol: "Špecifický symbol",
    constantSymbol: "Konštantný symbol",
    message: "Správa pre príjemcu",
  },
  summary: "Súhrn",
  saveDraft: "Uložiť koncept",
  saved: (time: string) => `Koncept uložený o ${time}`,
  notSaved: "Koncept nie je uložený.",
  saveAgain: "Skúsiť znova",
  chooseAccount: "Vyberte účet",
  noAccount: "Zo žiadneho z vašich účtov sa nedá platiť. Najprv pripojte bežný účet v Everifine.",
  paidTimes: (times: number) =>
    n(times, { one: "Platené raz", few: `Platené ${times}-krát`, other: `Platené ${times}-krát` }),
  payees: "Ľudia a firmy, ktorým ste platili",
  payeesFound: (count: number) =>
    n(count, { one: "1 známy príjemca", few: `${count} známi príjemcovia`, other: `${count} známych príjemcov` }),
  lastPaid: (amount: string) => `Naposledy ${amount}`,
  someoneNew: (name: string) => `Zaplatiť novému príjemcovi „${name}“`,
  accountHint: "IBAN alebo číslo účtu, napríklad 2947051387/1100",
  valid: (where: string) => `V poriadku. ${where}`,
  validDomestic: (where: string, iban: string) => `V poriadku. ${where}; IBAN ${iban}`,
  nationalCheck,
  currency: "Mena",
  today: "Dnes",
  messageUsed: (used: number, limit: number) => `${used} zo ${limit}`,
  missing: {
    from: "Vyberte účet, z ktorého zaplatíte.",
    payee: "Napíšte, kto peniaze dostane.",
    account: "Napíšte číslo účtu príjemcu.",
    amount: "Napíšte, koľko chcete zaplatiť.",
  },
  problem: {
    notDigits: "Tu môžu byť iba číslice.",
    notAnAmount: "Napíšte sumu číslicami, napríklad 1 234,50.",
    ambiguous: "Dá sa to čítať dvoma spôsobmi. Napíšte aj centy, napríklad 1 234,00.",
    notPositive: "Suma musí byť väčšia ako nula.",
    tooLarge: "Toľko sa jednou platbou zaplatiť nedá.",
    characters: "Je tu znak, ktorý platba nemôže niesť. Napíšte text znova.",
    accountUnfinished: "Číslo účtu nie je úplné.",
    day: "Vyberte deň od dneška najviac rok dopredu.",
    referenceWrong: "Táto RF referencia má niekde chybnú číslicu. Porovnajte ju s faktúrou.",
    besideReference: "S RF referenciou sa symboly neposielajú. Nechajte toto pole prázdne.",
    notADay: "Toto nie je deň.",
    refusedByBank: "Vaša banka príkazy s týmto konštantným symbolom odmieta. Nechajte ho prázdny.",
  },
  accountProblem: {
    character: "Číslo účtu má iba písmená A až Z, číslice, medzery, spojovník a lomku.",
    country: "Žiadna krajina nemá IBAN s takýmto začiatkom. Porovnajte ho s faktúrou.",
    length: "Tento IBAN je na svoju krajinu krátky alebo dlhý. Porovnajte ho s faktúrou.",
    structure: "Tento IBAN nie je zložený ako v svojej krajine. Porovnajte ho s faktúrou.",
    digits: "V tomto IBAN-e je niekde chybná číslica. Porovnajte ho s faktúrou.",
    domesticDigits: "V tomto čísle účtu je niekde chybná číslica. Porovnajte ho s faktúrou.",
    bankCode: "Doplňte kód banky, lomku a štyri číslice, napríklad /1100.",
  },
  tooLong: (limit: number) => `Zmestí sa sem najviac ${limit} znakov.`,
  tooManyDigits: (limit: number) =>
    n(limit, {
      one: `Zmestí sa sem najviac ${limit} číslica.`,
      few: `Zmestia sa sem najviac ${limit} číslice.`,
      other: `Zmestí sa sem najviac ${limit} číslic.`,
    }),
  tooManyDecimals: (currency: string) => `Toľko desatinných miest ${currency} nemá.`,
  cannotPayFrom: (currency: string) => `Z tohto účtu sa nedá platiť v ${currency}. Vyberte iný účet alebo menu.`,
  problems: (count: number) =>
    n(count, {
      one: "Jedno pole treba zmeniť.",
      few: `Treba zmeniť ${count} polia.`,
      other: `Treba zmeniť ${count} polí.`,
    }),
};

const summary = {
  youPay: "Zaplatíte",
  now: (now: string) => `Teraz ${now}`,
  nowAndAfter: (now: string, after: string) => `Teraz ${now}, potom ${after}`,
  choosePayee: "Vyberte, komu zaplatíte",
  ending: (last: string) => `Účet končiaci na ${last}`,
  bankEnding: (bank: string, last: string) => `${bank}, účet končiaci na ${last}`,
  leaves: "Odíde",
  moved: "Deň platby nie je bankový deň.",
  cutOff: "Po hodine uzávierky vašej banky sa presunie na ďalší bankový deň.",
  payeeReads: "Príjemca uvidí",
  carriedNote: "Platby v eurách nesú len základné písmená; vaša banka ich môže zachovať viac.",
  symbols: { vs: "VS", ss: "ŠS", ks: "KS", rf: "RF" },
  review: "Skontrolovať platbu",
  nothingSent: (bank: string) => `Zatiaľ sa nič neodosiela. Platbu schvaľuje ${bank}.`,
  yourBank: "vaša banka",
};

const warning = {
  firstPayment: "Na tento účet ste ešte neplatili. Porovnajte jeho číslo s faktúrou.",
  otherAccount: (payee: string, day: string, ending: string) =>
    `Príjemcovi ${payee} ste ${day} platili na iný účet, ten končí na ${ending}. Skôr než zaplatíte na nový, overte si to telefonicky.`,
  likelyDuplicate: (day: string) => `Rovnakú sumu ste na tento účet zaplatili ${day}.`,
  onlyIfNew: "Pokračujte, iba ak ide o novú faktúru.",
  earlierUnknown:
    "Výsledok predošlej platby tejto sumy na tento účet nepoznáme. Prosíme, neplaťte ju znova, kým to nebudeme vedieť.",
  notCovered: (after: string) => `Na účte toľko nie je: zostalo by ${after}.`,
  underLowest: (after: string, lowest: string) =>
    `Na účte by ostalo menej, ako chcete: ${after} namiesto aspoň ${lowest}.`,
  otherCountry: (country: string) => `Banka príjemcu je v inej krajine: ${country}.`,
  nationalCheck,
  symbolPaid: (day: string, amount: string) =>
    `S týmto variabilným symbolom ste na tento účet už zaplatili ${amount}, a to ${day}. Overte, či faktúra už nie je zaplatená.`,
  unusualAmount: (most: string) =>
    `Je to viac než trojnásobok toho, čo ste na tento účet doteraz najviac zaplatili (${most}). Porovnajte sumu s faktúrou.`,
  largestOfAll: (most: string) =>
    `Na tento účet ste ešte neplatili a za posledných dvanásť mesiacov nebola žiadna platba taká veľká; najväčšia bola ${most}.`,
  outsideSepa: (country: string) =>
    `Platby v eurách do tejto krajiny (${country}) nejdú cez SEPA. Trvajú dlhšie, stoja viac a banka ich tu môže odmietnuť.`,
  foreignCurrency: (currency: string, country: string) =>
    `${currency} nie je mena tejto krajiny (${country}). Banka príjemcu ju môže zameniť alebo platbu odmietnuť.`,
  copiedOtherwise: (ending: string) =>
    `V schránke je iné číslo účtu, končí na ${ending}. Ak ste číslo vložili zo schránky, porovnajte ho s faktúrou: škodlivé programy skopírované čísla účtov vymieňajú.`,
};

const review = {
  title: "Skontrolujte platbu",
  today: "Dnes",
  on: (day: string) => `Dňa ${day}`,
  from: "Z účtu",
  to: "Komu",
  ending: (bank: string, last: string) => `${bank}, končí na ${last}`,
  iban: "IBAN",
  message: "Správa",
  variableSymbol: "Variabilný symbol",
  reference: "RF referencia",
  balanceAfter: "Zostatok potom",
  next: "Čo bude ďalej",
  steps: [
    (bank: string) => `V prehliadači sa otvorí ${bank}.`,
    () => "Tam sa prihlásite a platbu schválite.",
    () => "Saldo tu ukáže, či ju banka prijala.",
  ],
  back: "Späť k úprave",
  continueTo: (bank: string) => `Pokračovať: ${bank}`,
  handingOver: "Odovzdáva sa",
  changed: "Platba sa od vašej kontroly zmenila. Takto vyzerá teraz, skontrolujte ju, prosíme, ešte raz.",
  notOpened: (bank: string) =>
    `Platba čaká na vaše schválenie, ale ${bank} sa v prehliadači neotvorila. Skúste to z platby.`,
  stopped: (bank: string) => `Everifin platbu má, ale ${bank} ešte nie. Peniaze sa nepohli; pokračujte z platby.`,
  lost: "Saldo na chvíľu stratilo prehľad o tejto platbe. Čo o nej vie, hovorí jej stav; kým sa naň nepozriete, prosíme, neplaťte ju znova.",
};

const bulk = {
  file: {
    more: "Ďalšie akcie",
    pain09: "Uložiť pre portál banky (pain.001.001.09)",
    pain03: "Uložiť pre portál banky (pain.001.001.03)",
    saved:
      "Súbor je uložený. Platby tu zostávajú konceptmi: zmažte ich, keď ich bude mať banka, aby sa nič nezaplatilo dvakrát.",
  },
  bar: "Označené platby",
  checkOne: (payee: string) => `Označiť platbu pre ${payee}`,
  checked: (count: number) => n(count, { one: "1 označená", few: `${count} označené`, other: `${count} označených` }),
  more: "Označte ďalšiu a zaplatíte ich spolu.",
  clear: "Zrušiť označenie",
  pay: (count: number) => `Zaplatiť spolu (${count})`,
  mixed: "Na jedno schválenie musia mať rovnaký účet, menu aj deň a môže ich byť najviac 500.",
  unfinished: (payee: string, others: number) =>
    others === 0
      ? `Platba pre ${payee} sa ešte nedá zaplatiť.`
      : `Platba pre ${payee} a ďalšie (${others}) sa ešte nedajú zaplatiť.`,
  finish: "Otvoriť ju",
  title: (count: number) =>
    n(count, {
      one: "Skontrolujte platbu",
      few: `Skontrolujte ${count} platby`,
      other: `Skontrolujte ${count} platieb`,
    }),
  lines: "Platby",
  warned: (count: number) =>
    n(count, {
      one: "Pri jednej z nich je upozornenie.",
      few: `Pri ${count} z nich sú upozornenia.`,
      other: `Pri ${count} z nich sú upozornenia.`,
    }),
  once: (bank: string) =>
    `V banke ${bank} ich schválite všetky naraz. Banka potom každú prijme alebo odmietne zvlášť a Saldo ukáže ktoré.`,
  back: "Späť na zoznam",
  partly: (bank: string, paid: number, refused: number) =>
    `${bank}: prijaté platby ${paid}, odmietnuté ${refused}. Pri odmietnutých sa nepohli žiadne peniaze.`,
  anew: (count: number) =>
    n(count, {
      one: "1 nový koncept z odmietnutých platieb.",
      few: `${count} nové koncepty z odmietnutých platieb.`,
      other: `${count} nových konceptov z odmietnutých platieb.`,
    }),
  acts: { edit: "Skontrolovať a zaplatiť", remove: "Rozdeliť", again: "Opraviť odmietnuté" },
};

export const payments = {
  title: "Platby",
  newPayment: "Nová platba",
  editPayment: "Koncept",
  words: {
    draft: "Koncept",
    confirmed: "Neodovzdaná",
    sending: "Odovzdáva sa",
    created: "Pripravená schváliť",
    awaitingBank: "Čaká na schválenie",
    processing: "Spracúva sa",
    finished: "Hotovo",
    failed: "Banka ju odmietla",
    partiallyPaid: "Uhradená čiastočne",
    unknown: "Nejasná, overuje sa",
    cancelled: "Zrušili ste ju",
  },
  list,
  detail,
  form,
  summary,
  warning,
  review,
  bulk,
} satisfies Payments;
