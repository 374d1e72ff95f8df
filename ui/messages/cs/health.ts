import type { HealthTexts } from "../en/health";
import { plural } from "../plural";

const n = plural("cs");

export const health = {
  title: "Dá se těmto číslům věřit?",
  mark: (account: string) => `Ne každý den účtu ${account} je potvrzený`,
  open: (account: string) => `Nakolik se dá věřit účtu ${account}`,
  proved: (day: string) => `Zůstatky banky potvrzují každý den od ${day}.`,
  except: (day: string) => `Zůstatky banky potvrzují dny od ${day}, kromě těchto.`,
  before: "Dřívější dny jsou od něj zpětně dopočítané.",
  noProof: "Banka zatím neuvedla zůstatek, takže žádný den není potvrzený.",
  days: (from: string, to: string) => (from === to ? from : `${from} až ${to}`),
  more: (amount: string) => `Banka má o ${amount} víc, než je zde zaúčtováno.`,
  less: (amount: string) => `Banka má o ${amount} méně, než je zde zaúčtováno.`,
  differ: "Zůstatek v bance a to, co je zde zaúčtováno, se liší.",
  causes: {
    differs: "V seznamu banky možná transakce chybí, nebo je v něm dvakrát.",
    setAside: "Odložili jste transakce nebo vrátili synchronizaci a dohromady dávají tuto částku.",
  },
  reread: (when: string) => `Znovu načteno: ${when}`,
  toAside: "Co jste odložili",
  readAgain: "Načíst tyto dny znovu",
  reading: "Čtou se tyto dny",
  came: (added: number, changed: number, text: (count: number) => string) => {
    const found = [
      added > 0
        ? n(added, {
            one: `${text(added)} nová transakce`,
            few: `${text(added)} nové transakce`,
            other: `${text(added)} nových transakcí`,
          })
        : "",
      changed > 0
        ? n(changed, {
            one: `${text(changed)} změněná`,
            few: `${text(changed)} změněné`,
            other: `${text(changed)} změněných`,
          })
        : "",
    ].filter(Boolean);
    return found.length > 0 ? `Znovu načteno: ${found.join(", ")}.` : "Znovu načteno: banka neposlala nic jiného.";
  },
  provedNow: "Tyto dny už jsou potvrzené.",
  parts: {
    details: "Název a souhlas",
    balance: "Zůstatek",
    transactions: "Zaúčtované transakce",
    pending: "Nezaúčtované transakce",
  },
  lastTries: "Poslední pokusy",
  part: "Co",
  tried: "Kdy",
  outcome: "Výsledek",
  read: "Načteno",
  missing: "Banka to neposlala",
  waits: (when: string) => `Banka žádá počkat. Další pokus: ${when}`,
  waitsLonger: "Banka žádá počkat",
  failed: "Nepřišla řádná odpověď",
  lastCame: (when: string) => `Naposledy načteno: ${when}`,
  never: "Zatím nikdy nenačteno",
  untried: "Zatím se nic nezkoušelo.",
  unread: "Tohle se nepodařilo načíst",
} satisfies HealthTexts;
