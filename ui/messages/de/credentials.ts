import type { CredentialsTexts } from "../en/credentials";

export const credentials = {
  title: "Zugangsdaten",
  short: "Zugangsdaten",
  about:
    "Sie erhalten sie von Everifin: Realm, Client-ID und Geheimnis. Sie gehören nur Ihnen und werden einmal eingegeben. In Saldo sind keine eingebaut.",
  environment: "Umgebung",
  production: "Produktion",
  stage: "Test",
  custom: "Eigene",
  idp: "Adresse der Anmeldung",
  idpHint: "Ohne /auth/realms, zum Beispiel https://app.everifin.com",
  api: "Adresse der API",
  apiHint: "Ohne /v1, zum Beispiel https://api.everifin.com",
  realm: "Realm",
  clientId: "Client-ID",
  secret: "Client-Geheimnis",
  secretStored: "Gespeichert. Tippen ersetzt es.",
  secretHint: "Liegt im Passwortspeicher dieses Computers",
  show: "Geheimnis zeigen",
  hide: "Geheimnis verbergen",
  may: "Saldo darf",
  read: "Konten lesen",
  prepare: "Zahlungen vorbereiten",
  problem: {
    missing: "Füllen Sie dies aus. Everifin hat es Ihnen geschickt.",
    address: "Sie muss mit https:// beginnen oder auf diesem Computer liegen.",
  },
  save: "Speichern",
  discard: "Änderungen verwerfen",
  changedHint: "Sie gelten ab der nächsten Anmeldung.",
  saved: "Zugangsdaten gespeichert",
} satisfies CredentialsTexts;
