import type { BackupTexts } from "../en/backup";

export const backup = {
  section: "Zálohovanie",
  lastTitle: "Posledná záloha",
  last: (when: string, size: string) => `${when}, ${size}, skontrolovaná a čitateľná`,
  none: "Zatiaľ žiadna",
  now: "Zálohovať teraz",
  folder: "Priečinok",
  change: "Zmeniť",
  set: "Nastaviť",
  daily: "Každý deň",
  dailyHint: "Zašifrovaná heslom k zálohám",
  password: "Heslo k zálohám",
  passwordHint: "Bez neho sa záloha otvoriť nedá",
  passwordNone: "Záloha ho potrebuje",
  passwordTitle: "Heslo k zálohám",
  passwordSay:
    "Zašifruje zálohy odteraz; staršie si ponechajú svoje. Nedá sa obnoviť: bez neho sa záloha otvoriť nedá. Uchovajte ho inde ako v tomto počítači.",
  restore: "Obnovenie",
  restoreHint: "Nahradí údaje v tomto počítači",
  restoreDo: "Obnoviť zo súboru",

  restoring: {
    title: "Obnoviť zálohu",
    means: [
      "Súbor sa najprv skontroluje. Až potom nahradí účty, transakcie, poznámky, kategórie a koncepty v tomto počítači.",
      "To, čo pribudlo po zálohe, bude chýbať. Transakcie sa z bánk prečítajú znova; poznámky, kategórie a koncepty nie.",
      "Prihlásenie a heslá v zálohe nie sú: v tomto počítači zostanú, aké sú.",
    ],
    choose: "Vybrať súbor",
    password: "Heslo k tejto zálohe",
    does: "Obnoviť",
    done: "Hotovo",
  },
  restored: {
    title: "Vaše údaje sú späť",
    as: (when: string) => `V stave z ${when}.`,
    what: "Čo",
    back: "Obnovené",
    carried: "Z poškodeného súboru",
    rows: {
      accounts: "Účty",
      transactions: "Transakcie",
      notes: "Poznámky a kategórie",
      drafts: "Koncepty",
      payments: "Platby",
    },
    nothing: "Nechýba nič z toho, čo vedelo len Saldo.",
    notesSince: (when: string) => `Môžu chýbať poznámky a kategórie zapísané po ${when}.`,
    paymentsSince: (when: string) =>
      `Platby a koncepty po ${when} tu nemusia byť známe: pred ďalšou platbou sa pozrite do banky.`,
    transactions: "Novšie transakcie sa z bánk prečítajú znova.",
    unreadable: (count: string) => `Miesta poškodeného súboru, ktoré sa nedali prečítať: ${count}.`,
    aside: (name: string) => `Predošlý súbor zostáva v priečinku Salda: ${name}`,
  },
  recovery: {
    title: { keyMissing: "Kľúč k vašim údajom chýba", storeDamaged: "Súbor s údajmi je poškodený" },
    kept: {
      keyMissing: [
        "Vaše údaje sú v tomto počítači zašifrované. Saldo sa ich nedotklo a nový kľúč namiesto starého nevytvára.",
        "Vašich bankových účtov ani Everifinu sa to netýka.",
      ],
      storeDamaged: [
        "Poškodený súbor zostáva, nech si vyberiete čokoľvek. Saldo ho nezmenilo.",
        "Vašich bankových účtov ani Everifinu sa to netýka.",
      ],
    },
    way: {
      again: "Otvoriť ešte raz",
      copy: "Použiť bezpečnostnú kópiu",
      file: "Obnoviť zálohu",
      over: "Začať odznova",
    },
    does: { again: "Skúsiť znova", copy: "Obnoviť", file: "Vybrať súbor", over: "Začať odznova" },
    hints: {
      again: {
        keyMissing: "Kľúč sa môže vrátiť, keď bude úložisko hesiel otvorené.",
        storeDamaged: "Ak disk pri otvorení Salda nebol pripravený.",
      },
      file: "To, čo pribudlo po zálohe, bude chýbať.",
      over: "Všetko z bánk sa prečíta znova. Poznámky, kategórie a koncepty zostanú v starom súbore.",
    },
    copyHint: (when: string) => `${when}. To, čo pribudlo potom, bude chýbať.`,
    overMeans: [
      "Saldo začne s prázdnym súborom a všetko z bánk prečíta znova.",
      "Poznámky, kategórie, koncepty a záznam platieb v ňom nebudú.",
      "Starý súbor zostane odložený v priečinku Salda, nezmaže sa.",
    ],
    open: "Otvoriť Saldo",
  },
  forget: {
    section: "Odstránenie",
    title: "Zabudnúť všetko",
    hint: "Vaše bankové účty a účet v Everifine zostanú, aké sú",
    open: "Odstrániť",
    say: "Z tohto počítača sa natrvalo odstráni:",
    what: [
      "Všetky účty, transakcie, poznámky, kategórie a koncepty",
      "Prihlásenie, prístupové údaje služby a heslo Salda",
      "Bezpečnostné kópie, ktoré Saldo vytvorilo; zálohy vo vašom priečinku zostanú",
    ],
    label: "Potvrdenie",
    word: "zabudnúť",
    asked: (word: string) => `Na potvrdenie napíšte „${word}“.`,
  },
} satisfies BackupTexts;
