import type { TroubleTexts } from "../en/trouble";

export const trouble = {
  keychainAbsent: "Chýba úložisko hesiel",
  keychainAbsentWays: {
    linux: [
      "Nainštalujte GNOME Keyring alebo KeePassXC a zapnite v ňom Secret Service, alebo použite KDE Wallet.",
      "Odhláste sa z počítača a znova sa prihláste, aby sa spustilo.",
    ],
    mac: ["Otvorte Keychain Access a overte, či existuje zväzok kľúčov login.", "Reštartujte počítač."],
    windows: ["Overte, či beží služba Správca poverení.", "Reštartujte počítač."],
  },
  keychainWaiting: "Čaká sa na úložisko hesiel",
  keychainWaitingWays: ["Ak si iné okno pýta heslo alebo povolenie, odpovedzte v ňom."],
  keychainWaitingThen: "Saldo potom pokračuje samo.",
  keychainLocked: "Úložisko hesiel je zamknuté",
  keychainLockedWays: {
    linux: ["Odomknite ho, keď si to systém vyžiada, zvyčajne heslom do tohto počítača.", "Potom to tu skúste znova."],
    mac: ["Povoľte Saldu použiť kľúčenku, keď sa na to macOS opýta.", "Potom to tu skúste znova."],
    windows: ["Prihláste sa do Windowsu svojím účtom.", "Potom to tu skúste znova."],
  },
  keychainFailed: "Úložisko hesiel sa nedá použiť",
  keychainFailedWays: ["Reštartujte počítač a otvorte Saldo znova.", "Údaje v tomto počítači sú nedotknuté."],
  diskFull: "Súbor s údajmi sa nedá zapísať",
  diskFullWays: ["Uvoľnite miesto na disku alebo povoľte zápis do priečinka.", "Nič z uloženého sa nestratilo."],
  storeNewer: "Údaje sú z novšieho Salda",
  storeNewerWays: ["Nainštalujte najnovšiu verziu Salda a otvorte ju znova."],
  storeFailed: "Súbor s údajmi sa nedá otvoriť",
  storeFailedWays: ["Zavrite iné programy, ktoré ho môžu používať, napríklad zálohovanie.", "Saldo súbor nezmenilo."],
  passphrase: "Použiť namiesto toho heslovú frázu",
  passphraseSay:
    "Saldo potom uloží prihlásenie a kľúč k údajom do súboru, ktorý otvorí len táto fráza. Opýta sa na ňu pri každom otvorení. Nedá sa obnoviť: bez nej sa údaje v tomto počítači otvoriť nedajú.",
  passphraseDo: "Použiť túto frázu",
} satisfies TroubleTexts;
