import type { CredentialsTexts } from "../en/credentials";

export const credentials = {
  title: "Přístupové údaje",
  short: "Přístupové údaje",
  about:
    "Dostanete je od Everifinu: realm, ID klienta a tajný klíč. Jsou jen vaše a zadávají se jednou. V Saldu nejsou žádné zabudované.",
  environment: "Prostředí",
  production: "Produkční",
  stage: "Testovací",
  custom: "Vlastní",
  idp: "Adresa přihlášení",
  idpHint: "Bez /auth/realms, například https://app.everifin.com",
  api: "Adresa API",
  apiHint: "Bez /v1, například https://api.everifin.com",
  realm: "Realm",
  clientId: "ID klienta",
  secret: "Tajný klíč klienta",
  secretStored: "Uložen. Psaním ho nahradíte.",
  secretHint: "Uložen v úložišti hesel tohoto počítače",
  show: "Zobrazit tajný klíč",
  hide: "Skrýt tajný klíč",
  may: "Saldo smí",
  read: "Číst účty",
  prepare: "Připravovat platby",
  problem: {
    missing: "Vyplňte. Tento údaj vám poslal Everifin.",
    address: "Musí začínat https://, nebo být v tomto počítači.",
  },
  save: "Uložit",
  discard: "Zahodit změny",
  changedHint: "Použijí se při dalším přihlášení.",
  saved: "Přístupové údaje jsou uloženy",
} satisfies CredentialsTexts;
