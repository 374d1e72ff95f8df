// A second, certified identity provider for the tests: `oidc-provider` with rotation and reuse detection, at the paths that
// Everifin's Keycloak has. Client, lifespans and the users' password come from the same realm file as Keycloak's.
//
// `node server.mjs`, with SALDO_IDP_PORT (0: any free one) and SALDO_IDP_ADMIN, the administrator's password, in the environment.
// Prints one line with its address, then serves until it is ended. Everything lies in memory.
//
// What it does otherwise than Keycloak, because the library does: there is no `session_state`; a consent is asked for at each
// sign-in of a native client; a wrong secret is `invalid_client`; a code that was refused for its verifier can be tried again;
// signing out ends the client's grant and leaves the browser signed in.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { generateKeyPairSync, randomBytes, timingSafeEqual } from "node:crypto";
import Provider from "oidc-provider";

const file = new URL("../realm.json", import.meta.url);
const realm = JSON.parse(readFileSync(file, "utf8"));
const password = realm.users[0].credentials[0].value;
const admin = process.env.SALDO_IDP_ADMIN;
if (!admin) throw new Error("SALDO_IDP_ADMIN is missing");

const base = `/auth/realms/${realm.realm}`;
const oidc = `${base}/protocol/openid-connect`;
const page = `${base}/interaction/`;

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256", kid: "saldo" };
const cookieKey = randomBytes(32).toString("hex");

/** Users that an administrator has disabled. */
const disabled = new Set();
/** The grants that each user has given, and the provider that keeps them. */
const granted = new Map();

const clients = realm.clients.map((client) => ({
  client_id: client.clientId,
  client_secret: client.secret,
  client_name: client.name,
  redirect_uris: client.redirectUris,
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "client_secret_post",
  id_token_signed_response_alg: key.alg,
}));

function provide(host) {
  const provider = new Provider(`http://${host}${base}`, {
    clients,
    jwks: { keys: [key] },
    scopes: realm.clientScopes.map((scope) => scope.name),
    routes: { authorization: `${oidc}/auth`, token: `${oidc}/token`, revocation: `${oidc}/revoke` },
    interactions: { url: (_ctx, interaction) => page + interaction.uid },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    },
    cookies: { keys: [cookieKey] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    findAccount: (_ctx, user) =>
      disabled.has(user) ? undefined : { accountId: user, claims: () => ({ sub: user }) },
    renderError: (ctx, out) => {
      ctx.type = "html";
      ctx.body = html(`<p role="alert">${escape(`${out.error}: ${out.error_description ?? ""}`)}</p>`);
    },
    ttl: {
      AccessToken: realm.accessTokenLifespan,
      AuthorizationCode: realm.accessCodeLifespan,
      Grant: realm.ssoSessionMaxLifespan,
      Interaction: 600,
      RefreshToken: realm.ssoSessionIdleTimeout,
      Session: realm.ssoSessionMaxLifespan,
    },
  });
  provider.on("grant.success", (ctx) => {
    const { Account, Grant } = ctx.oidc.entities;
    const grants = granted.get(Account.accountId) ?? new Map();
    granted.set(Account.accountId, grants.set(Grant.jti, provider));
  });
  return provider;
}

/** One provider for each address by which it is reached, as Keycloak names itself after the address it was asked at. */
const providers = new Map();

function provider(host) {
  if (!providers.has(host)) providers.set(host, provide(host));
  return providers.get(host);
}

const server = createServer((request, response) => {
  serve(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});

async function serve(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname.startsWith("/admin/")) return administer(pathname.slice("/admin/".length), request, response);
  const own = provider(request.headers.host);
  if (pathname.startsWith(page)) return interact(own, request, response);
  if (pathname === `${oidc}/logout` && request.method === "POST") {
    // Keycloak's way of signing out, by the refresh token. The library has the same act under the name of revocation.
    const { refresh_token: token, ...rest } = await form(request);
    request.body = { token, ...rest };
    request.url = `${oidc}/revoke`;
  }
  return own.callback()(request, response);
}

/** The pages for signing in and for saying yes or no. */
async function interact(own, request, response) {
  const { prompt, params, session, grantId } = await own.interactionDetails(request, response);
  if (request.method !== "POST") return show(response, prompt.name === "login" ? login() : consent(params.scope));
  const answer = await form(request);
  if (prompt.name === "login") {
    const wrong = answer.password !== password || disabled.has(answer.username);
    if (wrong) return show(response, login("Invalid username or password."));
    return own.interactionFinished(request, response, { login: { accountId: answer.username } });
  }
  if (answer.decision !== "accept") {
    return own.interactionFinished(request, response, { error: "access_denied" });
  }
  const known = grantId && (await own.Grant.find(grantId));
  const grant = known || new own.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return own.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

/** What an administrator does: end a user's sessions, disable a user, enable her again. */
async function administer(act, request, response) {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${admin}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return response.writeHead(401).end();
  const { user } = await form(request);
  if (act === "end-sessions") {
    for (const [grant, own] of granted.get(user) ?? []) {
      const models = [own.AccessToken, own.RefreshToken, own.AuthorizationCode];
      await Promise.all(models.map((model) => model.revokeByGrantId(grant)));
      await (await own.Grant.find(grant))?.destroy();
    }
  } else if (act === "disable") disabled.add(user);
  else if (act === "enable") disabled.delete(user);
  else return response.writeHead(404).end();
  return response.writeHead(204).end();
}

async function form(request) {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 64 * 1024) throw new Error("too long a form");
  }
  return Object.fromEntries(new URLSearchParams(text));
}

function show(response, body) {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(html(body));
}

function html(body) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Identity provider for tests</title>${body}</html>`;
}

function login(alert) {
  return `${alert ? `<p role="alert">${alert}</p>` : ""}<form method="post">
<label>User <input type="text" name="username"></label>
<label>Password <input type="password" name="password"></label>
<button type="submit">Sign in</button></form>`;
}

function consent(scope) {
  return `<p>The application asks for: ${escape(scope)}</p><form method="post">
<button type="submit" name="decision" value="cancel">No</button>
<button type="submit" name="decision" value="accept">Allow</button></form>`;
}

function escape(text) {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

server.listen(Number(process.env.SALDO_IDP_PORT ?? 0), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
