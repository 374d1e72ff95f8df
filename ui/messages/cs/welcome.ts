import type { WelcomeTexts } from "../en/welcome";

export const welcome = {
  title: "Všechny firemní účty na jedné stránce",
  lede: "Saldo získává bankovní údaje přes Everifin, licencovanou službu otevřeného bankovnictví. Do bank se přihlašujete v prohlížeči, Saldo vaše hesla nikdy nevidí.",
  step1: "Mějte účet v Everifinu",
  step1More: "Vytvoříte si ho e-mailem na app.everifin.com.",
  step1Do: "Vytvořit účet",
  step2: "Připojte tam své banky",
  step2More: "Každá banka si vyžádá potvrzení ve své aplikaci.",
  step2Do: "Otevřít Everifin",
  step3: "Připojte Saldo",
  step3More: "Přihlaste se v prohlížeči k Everifinu a povolte přístup.",
  connect: "Připojit Everifin",
  tryDemo: "Vyzkoušet s ukázkovými daty",
  notEntered: "Zatím nezadané",
  credentialsNeeded:
    "K připojení potřebuje Saldo ID klienta a tajný klíč, které vám dal Everifin. Vyplňte je níže, nebo si bez nich vyzkoušejte ukázku.",
  credentialsAbout: "Dostanete je od Everifinu. Jsou jen vaše, v Saldu nejsou žádné zabudované.",
  noun: "Saldo, podstatné jméno: zůstatek; to, co zbude, když se vše sečte.",
  seeTitle: "Co Saldo vidí",
  see: [
    "Čte názvy, čísla, zůstatky a transakce účtů, které jste připojili v Everifinu.",
    "Pokud to povolíte, připravuje platby. Každou schvalujete ve své bance, Saldo samo penězi nehýbe.",
    "Nikdy nevidí hesla do vašich bank ani do Everifinu. Zadáváte je jen v prohlížeči.",
    "Co přečte, zůstává v tomto počítači. Nemáme žádný server a nic nesledujeme.",
  ],
} satisfies WelcomeTexts;
