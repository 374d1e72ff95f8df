import type { CredentialsTexts } from "../en/credentials";

export const credentials = {
  title: "Prístupové údaje",
  short: "Prístupové údaje",
  about:
    "Dostanete ich od Everifinu: realm, ID klienta a tajný kľúč. Sú iba vaše a zadávajú sa raz. V Salde nie sú žiadne zabudované.",
  environment: "Prostredie",
  production: "Produkčné",
  stage: "Testovacie",
  custom: "Vlastné",
  idp: "Adresa prihlásenia",
  idpHint: "Bez /auth/realms, napríklad https://app.everifin.com",
  api: "Adresa API",
  apiHint: "Bez /v1, napríklad https://api.everifin.com",
  realm: "Realm",
  clientId: "ID klienta",
  secret: "Tajný kľúč klienta",
  secretStored: "Uložený. Písaním ho nahradíte.",
  secretHint: "Uložený v úložisku hesiel tohto počítača",
  show: "Zobraziť tajný kľúč",
  hide: "Skryť tajný kľúč",
  may: "Saldo smie",
  read: "Čítať účty",
  prepare: "Pripravovať platby",
  problem: {
    missing: "Vyplňte. Tento údaj vám poslal Everifin.",
    address: "Musí sa začínať na https://, alebo byť v tomto počítači.",
  },
  save: "Uložiť",
  discard: "Zahodiť zmeny",
  changedHint: "Použijú sa pri ďalšom prihlásení.",
  saved: "Prístupové údaje sú uložené",
} satisfies CredentialsTexts;
