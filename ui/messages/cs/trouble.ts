import type { TroubleTexts } from "../en/trouble";

export const trouble = {
  keychainAbsent: "Chybí úložiště hesel",
  keychainAbsentWays: {
    linux: [
      "Nainstalujte GNOME Keyring nebo KeePassXC a zapněte v něm Secret Service, nebo použijte KDE Wallet.",
      "Odhlaste se z počítače a znovu se přihlaste, aby se spustilo.",
    ],
    mac: ["Otevřete Klíčenku a ověřte, že existuje svazek klíčů login.", "Restartujte počítač."],
    windows: ["Ověřte, že běží služba Správce pověření.", "Restartujte počítač."],
  },
  keychainWaiting: "Čeká se na úložiště hesel",
  keychainWaitingWays: ["Pokud si jiné okno žádá heslo nebo povolení, odpovězte v něm."],
  keychainWaitingThen: "Saldo pak pokračuje samo.",
  keychainLocked: "Úložiště hesel je zamčené",
  keychainLockedWays: {
    linux: ["Odemkněte ho, až si to systém vyžádá, obvykle heslem k tomuto počítači.", "Potom to zde zkuste znovu."],
    mac: ["Povolte Saldu použít klíčenku, až se na to macOS zeptá.", "Potom to zde zkuste znovu."],
    windows: ["Přihlaste se do Windows svým účtem.", "Potom to zde zkuste znovu."],
  },
  keychainFailed: "Úložiště hesel nelze použít",
  keychainFailedWays: ["Restartujte počítač a otevřete Saldo znovu.", "Údaje v tomto počítači jsou nedotčené."],
  diskFull: "Soubor s údaji nelze zapsat",
  diskFullWays: ["Uvolněte místo na disku nebo povolte zápis do složky.", "Nic z uloženého se neztratilo."],
  storeNewer: "Údaje jsou z novějšího Salda",
  storeNewerWays: ["Nainstalujte nejnovější verzi Salda a otevřete ji znovu."],
  storeFailed: "Soubor s údaji nelze otevřít",
  storeFailedWays: ["Zavřete jiné programy, které ho mohou používat, například zálohování.", "Saldo soubor nezměnilo."],
  passphrase: "Použít místo toho heslovou frázi",
  passphraseSay:
    "Saldo pak uloží přihlášení a klíč k údajům do souboru, který otevře jen tato fráze. Zeptá se na ni při každém otevření. Nelze ji obnovit: bez ní nelze údaje v tomto počítači otevřít.",
  passphraseDo: "Použít tuto frázi",
} satisfies TroubleTexts;
