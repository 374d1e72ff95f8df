//! The same raw requests to the sandbox and to Keycloak, and the answers that Keycloak 26.7 gave. In the sandbox's run a
//! difference is a mistake of the sandbox; in Keycloak's, news about Keycloak. `oidc-provider` is not asked: it is another
//! server, and its journeys tell what Saldo makes of it.

use super::ask::{self, Answer, changed, endpoint, http};
use super::person::{Person, Reached};
use super::realm;
use super::server::{Server, User};
use std::time::Duration;
use url::form_urlencoded;

// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What an access token answer holds where no OpenID scope was asked for.
const GRANTED: [&str; 8] = [
    "access_token",
    "expires_in",
    "not-before-policy",
    "refresh_expires_in",
    "refresh_token",
    "scope",
    "session_state",
    "token_type",
];

type Changes<'a> = &'a [(&'a str, &'a str)];
type Verdict<'a> = (u16, Option<&'a str>);

const GOOD: Verdict = (200, None);
const NO_GRANT: Verdict = (400, Some("invalid_grant"));

/// One user's browser and a client, both without manners.
struct Bench {
    server: Server,
    user: User,
    person: Person,
    realm: String,
}

impl Bench {
    async fn open() -> Self {
        let server = Server::reach().await;
        let user = server.user().await;
        Self { server, user, person: Person::new(), realm: realm::name().to_owned() }
    }

    fn endpoint(&self, name: &str) -> String {
        endpoint(self.server.address(), name).replace(realm::name(), &self.realm)
    }

    fn authorize(&self, changes: Changes<'_>) -> String {
        let plain = [
            ("client_id", realm::client_id()),
            ("redirect_uri", realm::deep_link()),
            ("response_type", "code"),
            ("scope", "ais pis"),
            ("state", "S"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(changed(&plain, changes)).finish();
        format!("{}?{query}", self.endpoint("auth"))
    }

    /// The address with which the browser comes back after whatever pages there were.
    async fn come_back(&mut self, changes: Changes<'_>, button: &str) -> String {
        let address = self.authorize(changes);
        let mut reached = self.person.visit(&address).await;
        loop {
            let page = match reached {
                Reached::Saldo(link) => return link,
                Reached::Page(page) => page,
            };
            reached = if page.html.contains("name=\"password\"") {
                let typed = [("username", self.user.name.as_str()), ("password", realm::password())];
                self.person.submit(&page, "", &typed).await
            } else {
                self.person.submit(&page, button, &[]).await
            };
        }
    }

    async fn code(&mut self, changes: Changes<'_>) -> String {
        let back = self.come_back(changes, self.server.buttons().0).await;
        parameter(&back, "code").unwrap_or_else(|| panic!("no code: {back}"))
    }

    async fn exchange(&self, code: &str, changes: Changes<'_>) -> Answer {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", realm::deep_link()),
            ("code_verifier", VERIFIER),
        ];
        ask::post(&self.endpoint("token"), &fields, changes).await
    }

    async fn tokens(&mut self, changes: Changes<'_>) -> Answer {
        let code = self.code(changes).await;
        let answer = self.exchange(&code, &[]).await;
        assert_eq!(answer.verdict(), GOOD, "{answer:?}");
        answer
    }

    async fn renew(&self, token: &str, changes: Changes<'_>) -> Answer {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", token)];
        ask::post(&self.endpoint("token"), &fields, changes).await
    }

    async fn log_out(&self, token: &str, changes: Changes<'_>) -> Answer {
        ask::post(&self.endpoint("logout"), &[("refresh_token", token)], changes).await
    }

    /// What the browser is told without being shown a page: `code`, or the error.
    async fn silently(&mut self) -> String {
        let back = self.come_back(&[("prompt", "none")], "").await;
        parameter(&back, "error").unwrap_or_else(|| "code".to_owned())
    }
}

fn parameter(address: &str, name: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn what_the_sign_in_page_says_to_a_wrong_request() {
    let bench = Bench::open().await;
    let page = |status: u16| (status, None);
    let back = |error: &'static str| (302, Some(error));
    let cases: &[(Changes<'_>, (u16, Option<&str>))] = &[
        (&[], page(200)),
        (&[("redirect_uri", "http://localhost")], page(200)),
        (&[("redirect_uri", "http://localhost:49152")], page(200)),
        (&[("client_id", "")], page(400)),
        (&[("client_id", "nobody")], page(400)),
        (&[("redirect_uri", "")], page(400)),
        (&[("redirect_uri", "app.saldo.desktop:/oauth/callback/")], page(400)),
        (&[("redirect_uri", "app.saldo.desktop:/oauth/callback?x=1")], page(400)),
        (&[("redirect_uri", "App.saldo.desktop:/oauth/callback")], page(400)),
        (&[("redirect_uri", "app.saldo.desktop://oauth/callback")], page(400)),
        (&[("redirect_uri", "https://evil.example/")], page(400)),
        (&[("redirect_uri", "http://localhost/")], page(400)),
        (&[("redirect_uri", "http://localhost:49152/")], page(400)),
        (&[("redirect_uri", "http://localhost:49152/other")], page(400)),
        (&[("redirect_uri", "http://127.0.0.1:49152")], page(400)),
        (&[("redirect_uri", "https://localhost:49152")], page(400)),
        (&[("response_type", "")], back("invalid_request")),
        (&[("response_type", "other")], back("unsupported_response_type")),
        (&[("scope", "ais admin")], back("invalid_scope")),
        (&[("code_challenge", "")], back("invalid_request")),
        (&[("code_challenge", "short")], back("invalid_request")),
        (&[("code_challenge_method", "")], back("invalid_request")),
        (&[("code_challenge_method", "plain")], back("invalid_request")),
        (&[("code_challenge_method", "S512")], back("invalid_request")),
        (&[("code_challenge", ""), ("code_challenge_method", "")], back("invalid_request")),
        (&[("prompt", "none")], back("login_required")),
    ];
    for (changes, expected) in cases {
        let answer = Answer::of(http().get(bench.authorize(changes)).send().await.unwrap()).await;
        let error = answer.location.as_deref().and_then(|back| parameter(back, "error"));
        assert_eq!((answer.status, error.as_deref()), *expected, "{changes:?}");
        if let Some(back) = answer.location {
            assert_eq!(parameter(&back, "state").as_deref(), Some("S"), "{changes:?}");
            assert!(parameter(&back, "iss").is_some_and(|iss| iss.starts_with(bench.server.address())), "{changes:?}");
        }
    }
}

#[tokio::test]
async fn what_a_wrong_exchange_is_answered_and_whether_the_code_is_spent() {
    let mut bench = Bench::open().await;
    let wrong_client = (401, Some("invalid_client"));
    let wrong_secret = (401, Some("unauthorized_client"));
    let cases: &[(Changes<'_>, Verdict<'_>, Verdict<'_>)] = &[
        (&[("code_verifier", "")], NO_GRANT, NO_GRANT),
        (&[("code_verifier", CHALLENGE)], NO_GRANT, NO_GRANT),
        (&[("code_verifier", "short")], NO_GRANT, NO_GRANT),
        (&[("redirect_uri", "http://localhost")], NO_GRANT, NO_GRANT),
        (&[("redirect_uri", "")], NO_GRANT, NO_GRANT),
        (&[("code", "made-up")], NO_GRANT, GOOD),
        (&[("code", "")], (400, Some("invalid_request")), GOOD),
        (&[("grant_type", "")], (400, Some("invalid_request")), GOOD),
        (&[("grant_type", "other")], (400, Some("unsupported_grant_type")), GOOD),
        (&[("client_secret", "another")], wrong_secret, GOOD),
        (&[("client_secret", "")], wrong_secret, GOOD),
        (&[("client_id", "nobody")], wrong_client, GOOD),
        (&[("client_id", ""), ("client_secret", "")], wrong_client, GOOD),
    ];
    for (changes, first, second) in cases {
        let code = bench.code(&[]).await;
        assert_eq!(bench.exchange(&code, changes).await.verdict(), *first, "{changes:?}");
        assert_eq!(bench.exchange(&code, &[]).await.verdict(), *second, "rightly, after {changes:?}");
    }
    let empty = ask::post(&bench.endpoint("token"), &[("grant_type", "authorization_code"), ("code", "")], &[]).await;
    assert_eq!(empty.verdict(), NO_GRANT, "an empty code is a wrong one");
}

#[tokio::test]
async fn what_a_grant_holds_and_what_comes_of_its_code_a_second_time() {
    let mut bench = Bench::open().await;
    let code = bench.code(&[]).await;
    let granted = bench.exchange(&code, &[]).await;
    assert_eq!(granted.names().into_iter().collect::<Vec<_>>(), GRANTED);
    assert_eq!((&granted.json["token_type"], granted.scope()), (&"Bearer".into(), "ais pis".into()));
    assert_eq!(granted.json["expires_in"], 60);
    let renewed = bench.renew(&granted.refresh_token(), &[]).await;
    assert_eq!((renewed.verdict(), renewed.names()), (GOOD, granted.names()));
    assert_eq!(bench.exchange(&code, &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.renew(&renewed.refresh_token(), &[]).await.verdict(), NO_GRANT, "the session went with it");
    let open = bench.tokens(&[("scope", "openid ais")]).await;
    assert!(open.names().contains("id_token"));
}

#[tokio::test]
async fn what_becomes_of_refresh_tokens() {
    let mut bench = Bench::open().await;
    let first = bench.tokens(&[]).await.refresh_token();
    let second = bench.renew(&first, &[]).await.refresh_token();
    assert_eq!(bench.renew(&first, &[]).await.verdict(), NO_GRANT, "used already");
    assert_eq!(bench.renew(&second, &[]).await.verdict(), NO_GRANT, "the newer one goes with it");
    assert_eq!(bench.silently().await, "code", "the browser stays signed in");

    let token = bench.tokens(&[]).await.refresh_token();
    assert_eq!(
        bench.renew(&token, &[("client_secret", "another")]).await.verdict(),
        (401, Some("unauthorized_client"))
    );
    assert_eq!(bench.renew(&token, &[("client_id", "nobody")]).await.verdict(), (401, Some("invalid_client")));
    assert_eq!(bench.renew(&token, &[("scope", "ais other")]).await.verdict(), (400, Some("invalid_scope")));
    let narrow = bench.renew(&token, &[("scope", "ais")]).await;
    assert_eq!((narrow.verdict(), narrow.scope()), (GOOD, "ais".into()), "nothing was spent by the wrong ones");
    let whole = bench.renew(&narrow.refresh_token(), &[]).await;
    assert_eq!((whole.verdict(), whole.scope()), (GOOD, "ais pis".into()));

    for wrong in ["made-up", "a.b.c", whole.json["access_token"].as_str().unwrap()] {
        assert_eq!(bench.renew(wrong, &[]).await.verdict(), NO_GRANT);
    }
    assert_eq!(bench.renew("", &[]).await.verdict(), NO_GRANT);
    let none = bench.renew("x", &[("refresh_token", "")]).await;
    assert_eq!(none.verdict(), (400, Some("invalid_request")));
}

#[tokio::test]
async fn a_renewal_leaves_out_what_was_not_granted() {
    let mut bench = Bench::open().await;
    let token = bench.tokens(&[("scope", "ais")]).await.refresh_token();
    let wider = bench.renew(&token, &[("scope", "ais pis")]).await;
    assert_eq!((wider.verdict(), wider.scope()), (GOOD, "ais".into()));
}

#[tokio::test]
async fn what_signing_out_is_answered() {
    let mut bench = Bench::open().await;
    let token = bench.tokens(&[]).await.refresh_token();
    assert_eq!(
        bench.log_out(&token, &[("client_secret", "another")]).await.verdict(),
        (401, Some("unauthorized_client"))
    );
    assert_eq!(bench.log_out(&token, &[("client_id", "nobody")]).await.verdict(), (401, Some("invalid_client")));
    assert_eq!(bench.log_out("made-up", &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.log_out(&token, &[]).await.verdict(), (204, None));
    assert_eq!(bench.renew(&token, &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.log_out(&token, &[]).await.verdict(), (204, None), "it was over already");
    assert_eq!(bench.silently().await, "login_required");
    assert_eq!(bench.log_out("", &[("refresh_token", "")]).await.verdict(), GOOD, "a page that asks");

    let old = bench.tokens(&[]).await.refresh_token();
    let new = bench.renew(&old, &[]).await.refresh_token();
    assert_eq!(bench.log_out(&old, &[]).await.verdict(), (204, None), "the token before does as well");
    assert_eq!(bench.renew(&new, &[]).await.verdict(), NO_GRANT);

    let token = bench.tokens(&[]).await.refresh_token();
    let revoked = ask::post(&bench.endpoint("revoke"), &[("token", &token)], &[]).await;
    assert_eq!(revoked.verdict(), GOOD);
    assert_eq!(bench.renew(&token, &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.silently().await, "login_required");
}

#[tokio::test]
async fn what_an_administrator_can_do_to_a_session() {
    let mut bench = Bench::open().await;
    let token = bench.tokens(&[]).await.refresh_token();
    let code = bench.code(&[]).await;
    bench.server.disable(&bench.user, true).await;
    assert_eq!(bench.renew(&token, &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.exchange(&code, &[]).await.verdict(), NO_GRANT);
    bench.server.disable(&bench.user, false).await;
    assert_eq!(bench.renew(&token, &[]).await.verdict(), GOOD, "the session was there all the time");

    let token = bench.tokens(&[]).await.refresh_token();
    let code = bench.code(&[]).await;
    bench.server.end_sessions(&bench.user).await;
    assert_eq!(bench.renew(&token, &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.exchange(&code, &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.log_out(&token, &[]).await.verdict(), (204, None));
    assert_eq!(bench.silently().await, "login_required");
}

#[tokio::test]
async fn a_refused_consent_signs_nobody_in() {
    let mut bench = Bench::open().await;
    let back = bench.come_back(&[], bench.server.buttons().1).await;
    assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"));
    assert_eq!(bench.silently().await, "login_required");
}

#[tokio::test]
async fn what_is_too_old_is_refused() {
    let mut bench = Bench::open().await;
    if let Server::Keycloak(keycloak) = &bench.server {
        bench.realm = keycloak.hasty().await;
        bench.user.name = realm::REALM["users"][0]["username"].as_str().unwrap().to_owned();
    }
    let granted = bench.tokens(&[]).await;
    let code = bench.code(&[]).await;
    match &bench.server {
        // Keycloak's clock cannot be moved: the one place in which time has to pass.
        Server::Keycloak(_) | Server::OidcProvider(_) => tokio::time::sleep(Duration::from_millis(2_200)).await,
        Server::Sandbox(sandbox) => sandbox.advance(chrono::TimeDelta::days(31)),
    }
    assert_eq!(bench.exchange(&code, &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.renew(&granted.refresh_token(), &[]).await.verdict(), NO_GRANT);
    assert_eq!(bench.log_out(&granted.refresh_token(), &[]).await.verdict(), (204, None));
}
