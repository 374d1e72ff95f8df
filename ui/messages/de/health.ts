import type { HealthTexts } from "../en/health";
import { plural } from "../plural";

const n = plural("de");

export const health = {
  title: "Kann man diesen Zahlen trauen?",
  mark: (account: string) => `Nicht jeder Tag von ${account} ist belegt`,
  open: (account: string) => `Wie weit man ${account} trauen kann`,
  proved: (day: string) => `Die Salden der Bank belegen jeden Tag seit dem ${day}.`,
  except: (day: string) => `Die Salden der Bank belegen die Tage seit dem ${day}, außer diesen.`,
  before: "Frühere Tage sind von dort zurückgerechnet.",
  noProof: "Die Bank hat noch keinen Saldo genannt, also ist kein Tag belegt.",
  days: (from: string, to: string) => (from === to ? from : `${from} bis ${to}`),
  more: (amount: string) => `Die Bank hat ${amount} mehr, als hier gebucht ist.`,
  less: (amount: string) => `Die Bank hat ${amount} weniger, als hier gebucht ist.`,
  differ: "Der Saldo der Bank und das hier Gebuchte weichen voneinander ab.",
  causes: {
    differs: "In der Liste der Bank fehlt vielleicht ein Umsatz oder steht zweimal.",
    setAside:
      "Sie haben Umsätze zurückgestellt oder eine Synchronisierung rückgängig gemacht; sie ergeben diesen Betrag.",
  },
  reread: (when: string) => `Erneut gelesen: ${when}`,
  toAside: "Was zurückgestellt ist",
  readAgain: "Diese Tage erneut lesen",
  reading: "Diese Tage werden gelesen",
  came: (added: number, changed: number, text: (count: number) => string) => {
    const found = [
      added > 0 ? n(added, { one: `${text(added)} neuer Umsatz`, other: `${text(added)} neue Umsätze` }) : "",
      changed > 0 ? `${text(changed)} geändert` : "",
    ].filter(Boolean);
    return found.length > 0
      ? `Erneut gelesen: ${found.join(", ")}.`
      : "Erneut gelesen: Von der Bank kam nichts anderes.";
  },
  provedNow: "Diese Tage sind jetzt belegt.",
  parts: {
    details: "Name und Zustimmung",
    balance: "Saldo",
    transactions: "Gebuchte Umsätze",
    pending: "Vorgemerkte Umsätze",
  },
  lastTries: "Die letzten Versuche",
  part: "Was",
  tried: "Wann",
  outcome: "Ergebnis",
  read: "Gelesen",
  missing: "Die Bank hat es nicht geschickt",
  waits: (when: string) => `Die Bank bittet zu warten. Nächster Versuch: ${when}`,
  waitsLonger: "Die Bank bittet zu warten",
  failed: "Keine brauchbare Antwort",
  lastCame: (when: string) => `Zuletzt gelesen: ${when}`,
  never: "Noch nie gelesen",
  untried: "Noch wurde nichts versucht.",
  unread: "Das konnte nicht gelesen werden",
} satisfies HealthTexts;
