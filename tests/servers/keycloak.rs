//! An administrator of Keycloak, by its admin REST API.

use super::ask::{Answer, http};
use super::realm::{self, REALM};
use super::server::User;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A running Keycloak.
pub(crate) struct Keycloak {
    pub(crate) address: String,
    password: String,
    http: reqwest::Client,
}

impl Keycloak {
    pub(crate) fn at(address: String, password: String) -> Self {
        Self { address, password, http: http() }
    }

    pub(crate) async fn user(&self) -> User {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("owner-{}-{number}@saldo.example", std::process::id());
        let mut user = REALM["users"][0].clone();
        user["username"] = json!(name);
        user["email"] = json!(name);
        let made = self.ask(Method::POST, &format!("realms/{}/users", realm::name()), Some(user)).await;
        assert_eq!(made.status, 201, "{made:?}");
        let id = made.location.unwrap().rsplit('/').next().unwrap().to_owned();
        User { name, id }
    }

    pub(crate) async fn end_sessions(&self, user: &User) {
        let path = format!("realms/{}/users/{}/logout", realm::name(), user.id);
        assert_eq!(self.ask(Method::POST, &path, None).await.status, 204);
    }

    pub(crate) async fn disable(&self, user: &User, disabled: bool) {
        let path = format!("realms/{}/users/{}", realm::name(), user.id);
        let mut known = self.ask(Method::GET, &path, None).await.json;
        known["enabled"] = json!(!disabled);
        assert_eq!(self.ask(Method::PUT, &path, Some(known)).await.status, 204);
    }

    /// A second realm, in which a code lasts a second and a session two. Its name.
    pub(crate) async fn hasty(&self) -> String {
        let name = format!("hasty-{}", std::process::id());
        let mut hasty = REALM.clone();
        hasty["realm"] = json!(name);
        hasty["accessCodeLifespan"] = json!(1);
        hasty["clientSessionMaxLifespan"] = json!(2);
        assert_eq!(self.ask(Method::POST, "realms", Some(hasty)).await.status, 201);
        name
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let login = [
            ("grant_type", "password"),
            ("client_id", "admin-cli"),
            ("username", "admin"),
            ("password", &self.password),
        ];
        let token = format!("{}/auth/realms/master/protocol/openid-connect/token", self.address);
        let token = Answer::of(self.http.post(token).form(&login).send().await.unwrap()).await;
        let token = token.json["access_token"].as_str().expect("the administrator is let in").to_owned();
        let mut request = self.http.request(method, format!("{}/auth/admin/{path}", self.address)).bearer_auth(token);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        Answer::of(request.send().await.unwrap()).await
    }
}
