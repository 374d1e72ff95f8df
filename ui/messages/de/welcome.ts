import type { WelcomeTexts } from "../en/welcome";

export const welcome = {
  title: "Alle Firmenkonten auf einer Seite",
  lede: "Saldo erhält Ihre Bankdaten über Everifin, einen lizenzierten Open-Banking-Dienst. Bei Ihren Banken melden Sie sich im Browser an; Saldo sieht diese Passwörter nie.",
  step1: "Ein Konto bei Everifin haben",
  step1More: "Sie legen es mit Ihrer E-Mail-Adresse auf app.everifin.com an.",
  step1Do: "Konto anlegen",
  step2: "Dort Ihre Banken verbinden",
  step2More: "Jede Bank lässt Sie in ihrer eigenen App bestätigen.",
  step2Do: "Everifin öffnen",
  step3: "Saldo verbinden",
  step3More: "Melden Sie sich im Browser bei Everifin an und erlauben Sie den Zugriff.",
  connect: "Everifin verbinden",
  tryDemo: "Mit Demodaten ausprobieren",
  notEntered: "Noch nicht eingegeben",
  credentialsNeeded:
    "Zum Verbinden braucht Saldo die Client-ID und das Geheimnis von Everifin. Tragen Sie beides unten ein, oder probieren Sie die Demo ohne sie.",
  credentialsAbout: "Sie erhalten sie von Everifin. Sie gehören nur Ihnen; in Saldo sind keine eingebaut.",
  noun: "Saldo, Substantiv: der Bestand; was bleibt, wenn alles zusammengezählt ist.",
  seeTitle: "Was Saldo sehen kann",
  see: [
    "Es liest Namen, Nummern, Salden und Umsätze der Konten, die Sie in Everifin verbunden haben.",
    "Wenn Sie es erlauben, bereitet es Zahlungen vor. Jede geben Sie bei Ihrer Bank frei; Saldo bewegt selbst kein Geld.",
    "Es sieht nie die Passwörter Ihrer Banken oder von Everifin. Sie geben sie nur im Browser ein.",
    "Was es liest, bleibt auf diesem Computer. Es gibt keinen Server von uns und keine Verfolgung.",
  ],
} satisfies WelcomeTexts;
