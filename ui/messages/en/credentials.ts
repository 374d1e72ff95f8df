export const credentials = {
  title: "Service credentials",
  short: "Credentials",
  about:
    "Everifin gives them to you: realm, client ID and secret. They are yours alone and are entered once. None are built into Saldo.",
  environment: "Environment",
  production: "Production",
  stage: "Stage",
  custom: "Custom",
  idp: "Sign-in address",
  idpHint: "Without /auth/realms, such as https://app.everifin.com",
  api: "API address",
  apiHint: "Without /v1, such as https://api.everifin.com",
  realm: "Realm",
  clientId: "Client ID",
  secret: "Client secret",
  secretStored: "Stored. Type to replace it.",
  secretHint: "Kept in the password store of this computer",
  show: "Show the secret",
  hide: "Hide the secret",
  may: "Saldo may",
  read: "Read accounts",
  prepare: "Prepare payments",
  problem: {
    missing: "Fill this in. Everifin sent it to you.",
    address: "It has to begin with https://, or be on this computer.",
  },
  save: "Save",
  discard: "Discard changes",
  changedHint: "They are used at the next sign-in.",
  saved: "Service credentials saved",
};

export type CredentialsTexts = typeof credentials;
