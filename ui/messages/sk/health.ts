import type { HealthTexts } from "../en/health";
import { plural } from "../plural";

const n = plural("sk");

export const health = {
  title: "Dá sa týmto číslam veriť?",
  mark: (account: string) => `Nie každý deň účtu ${account} je potvrdený`,
  open: (account: string) => `Nakoľko sa dá veriť účtu ${account}`,
  proved: (day: string) => `Zostatky banky potvrdzujú každý deň od ${day}.`,
  except: (day: string) => `Zostatky banky potvrdzujú dni od ${day}, okrem týchto.`,
  before: "Skoršie dni sú od neho spätne dopočítané.",
  noProof: "Banka zatiaľ neuviedla zostatok, takže žiadny deň nie je potvrdený.",
  days: (from: string, to: string) => (from === to ? from : `${from} až ${to}`),
  more: (amount: string) => `Banka má o ${amount} viac, než je tu zaúčtované.`,
  less: (amount: string) => `Banka má o ${amount} menej, než je tu zaúčtované.`,
  differ: "Zostatok v banke a to, čo je tu zaúčtované, sa líšia.",
  causes: {
    differs: "V zozname banky možno transakcia chýba alebo je v ňom dvakrát.",
    setAside: "Odložili ste transakcie alebo vrátili synchronizáciu a spolu dávajú túto sumu.",
  },
  reread: (when: string) => `Znova načítané: ${when}`,
  toAside: "Čo ste odložili",
  readAgain: "Načítať tieto dni znova",
  reading: "Čítajú sa tieto dni",
  came: (added: number, changed: number, text: (count: number) => string) => {
    const found = [
      added > 0
        ? n(added, {
            one: `${text(added)} nová transakcia`,
            few: `${text(added)} nové transakcie`,
            other: `${text(added)} nových transakcií`,
          })
        : "",
      changed > 0
        ? n(changed, {
            one: `${text(changed)} zmenená`,
            few: `${text(changed)} zmenené`,
            other: `${text(changed)} zmenených`,
          })
        : "",
    ].filter(Boolean);
    return found.length > 0 ? `Znova načítané: ${found.join(", ")}.` : "Znova načítané: banka neposlala nič iné.";
  },
  provedNow: "Tieto dni sú už potvrdené.",
  parts: {
    details: "Názov a súhlas",
    balance: "Zostatok",
    transactions: "Zaúčtované transakcie",
    pending: "Nezaúčtované transakcie",
  },
  lastTries: "Posledné pokusy",
  part: "Čo",
  tried: "Kedy",
  outcome: "Výsledok",
  read: "Načítané",
  missing: "Banka to neposlala",
  waits: (when: string) => `Banka žiada počkať. Ďalší pokus: ${when}`,
  waitsLonger: "Banka žiada počkať",
  failed: "Neprišla poriadna odpoveď",
  lastCame: (when: string) => `Naposledy načítané: ${when}`,
  never: "Zatiaľ nikdy nenačítané",
  untried: "Zatiaľ sa nič neskúšalo.",
  unread: "Toto sa nepodarilo načítať",
} satisfies HealthTexts;
