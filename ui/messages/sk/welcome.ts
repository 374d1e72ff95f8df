import type { WelcomeTexts } from "../en/welcome";

export const welcome = {
  title: "Všetky firemné účty na jednej stránke",
  lede: "Saldo získava bankové údaje cez Everifin, licencovanú službu otvoreného bankovníctva. Do bánk sa prihlasujete v prehliadači, Saldo vaše heslá nikdy nevidí.",
  step1: "Majte účet v Everifine",
  step1More: "Vytvoríte si ho e-mailom na app.everifin.com.",
  step1Do: "Vytvoriť účet",
  step2: "Pripojte tam svoje banky",
  step2More: "Každá banka si vyžiada potvrdenie vo svojej aplikácii.",
  step2Do: "Otvoriť Everifin",
  step3: "Pripojte Saldo",
  step3More: "Prihláste sa v prehliadači do Everifinu a povoľte prístup.",
  connect: "Pripojiť Everifin",
  tryDemo: "Vyskúšať s ukážkovými údajmi",
  notEntered: "Zatiaľ nezadané",
  credentialsNeeded:
    "Na pripojenie potrebuje Saldo ID klienta a tajný kľúč, ktoré vám dal Everifin. Vyplňte ich nižšie, alebo si bez nich vyskúšajte ukážku.",
  credentialsAbout: "Dostanete ich od Everifinu. Sú iba vaše, v Salde nie sú žiadne zabudované.",
  noun: "Saldo, podstatné meno: zostatok; to, čo ostane, keď sa všetko sčíta.",
  seeTitle: "Čo Saldo vidí",
  see: [
    "Číta názvy, čísla, zostatky a transakcie účtov, ktoré ste pripojili v Everifine.",
    "Ak to povolíte, pripravuje platby. Každú schvaľujete vo svojej banke, Saldo samo peniazmi nehýbe.",
    "Nikdy nevidí heslá do vašich bánk ani do Everifinu. Zadávate ich iba v prehliadači.",
    "To, čo prečíta, ostáva v tomto počítači. Nemáme žiaden server a nič nesledujeme.",
  ],
} satisfies WelcomeTexts;
