import type { BackupTexts } from "../en/backup";

export const backup = {
  section: "Zálohování",
  lastTitle: "Poslední záloha",
  last: (when: string, size: string) => `${when}, ${size}, zkontrolovaná a čitelná`,
  none: "Zatím žádná",
  now: "Zálohovat teď",
  folder: "Složka",
  change: "Změnit",
  set: "Nastavit",
  daily: "Každý den",
  dailyHint: "Zašifrovaná heslem k zálohám",
  password: "Heslo k zálohám",
  passwordHint: "Bez něj zálohu otevřít nelze",
  passwordNone: "Záloha je potřebuje",
  passwordTitle: "Heslo k zálohám",
  passwordSay:
    "Zašifruje zálohy od této chvíle; starší si ponechají své. Nelze je obnovit: bez něj zálohu otevřít nelze. Uložte je jinde než v tomto počítači.",
  restore: "Obnovení",
  restoreHint: "Nahradí údaje v tomto počítači",
  restoreDo: "Obnovit ze souboru",

  restoring: {
    title: "Obnovit zálohu",
    means: [
      "Soubor se nejprve zkontroluje. Teprve pak nahradí účty, transakce, poznámky, kategorie a koncepty v tomto počítači.",
      "To, co přibylo po záloze, bude chybět. Transakce se z bank přečtou znovu; poznámky, kategorie a koncepty ne.",
      "Přihlášení a hesla v záloze nejsou: v tomto počítači zůstanou, jaká jsou.",
    ],
    choose: "Vybrat soubor",
    password: "Heslo k této záloze",
    does: "Obnovit",
    done: "Hotovo",
  },
  restored: {
    title: "Vaše údaje jsou zpět",
    as: (when: string) => `Ve stavu z ${when}.`,
    what: "Co",
    back: "Obnoveno",
    carried: "Z poškozeného souboru",
    rows: {
      accounts: "Účty",
      transactions: "Transakce",
      notes: "Poznámky a kategorie",
      drafts: "Koncepty",
      payments: "Platby",
    },
    nothing: "Nechybí nic z toho, co vědělo jen Saldo.",
    notesSince: (when: string) => `Mohou chybět poznámky a kategorie zapsané po ${when}.`,
    paymentsSince: (when: string) =>
      `Platby a koncepty po ${when} tu nemusí být známé: před další platbou se podívejte do banky.`,
    transactions: "Novější transakce se z bank přečtou znovu.",
    unreadable: (count: string) => `Místa poškozeného souboru, která nešla přečíst: ${count}.`,
    aside: (name: string) => `Předchozí soubor zůstává ve složce Salda: ${name}`,
  },
  recovery: {
    title: { keyMissing: "Klíč k vašim údajům chybí", storeDamaged: "Soubor s údaji je poškozený" },
    kept: {
      keyMissing: [
        "Vaše údaje jsou v tomto počítači zašifrované. Saldo se jich nedotklo a nový klíč místo starého nevytváří.",
        "Vašich bankovních účtů ani Everifinu se to netýká.",
      ],
      storeDamaged: [
        "Poškozený soubor zůstane, ať si vyberete cokoli. Saldo ho nezměnilo.",
        "Vašich bankovních účtů ani Everifinu se to netýká.",
      ],
    },
    way: {
      again: "Otevřít ještě jednou",
      copy: "Použít bezpečnostní kopii",
      file: "Obnovit zálohu",
      over: "Začít znovu",
    },
    does: { again: "Zkusit znovu", copy: "Obnovit", file: "Vybrat soubor", over: "Začít znovu" },
    hints: {
      again: {
        keyMissing: "Klíč se může vrátit, až bude úložiště hesel otevřené.",
        storeDamaged: "Pokud disk při otevření Salda nebyl připravený.",
      },
      file: "To, co přibylo po záloze, bude chybět.",
      over: "Všechno z bank se přečte znovu. Poznámky, kategorie a koncepty zůstanou ve starém souboru.",
    },
    copyHint: (when: string) => `${when}. To, co přibylo potom, bude chybět.`,
    overMeans: [
      "Saldo začne s prázdným souborem a všechno z bank přečte znovu.",
      "Poznámky, kategorie, koncepty a záznam plateb v něm nebudou.",
      "Starý soubor zůstane odložený ve složce Salda, nesmaže se.",
    ],
    open: "Otevřít Saldo",
  },
  forget: {
    section: "Odstranění",
    title: "Zapomenout všechno",
    hint: "Vaše bankovní účty a účet v Everifinu zůstanou, jaké jsou",
    open: "Odstranit",
    say: "Z tohoto počítače se natrvalo odstraní:",
    what: [
      "Všechny účty, transakce, poznámky, kategorie a koncepty",
      "Přihlášení, přístupové údaje služby a heslo Salda",
      "Bezpečnostní kopie, které Saldo vytvořilo; zálohy ve vaší složce zůstanou",
    ],
    label: "Potvrzení",
    word: "zapomenout",
    asked: (word: string) => `Pro potvrzení napište „${word}“.`,
  },
} satisfies BackupTexts;
