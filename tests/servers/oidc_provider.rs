//! An administrator of `oidc-provider`, by the few acts that `oidc-provider/server.mjs` offers.

use super::ask::{Answer, http};
use super::server::User;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A running `oidc-provider`.
pub(crate) struct OidcProvider {
    pub(crate) address: String,
    password: String,
    http: reqwest::Client,
}

impl OidcProvider {
    pub(crate) fn at(address: String, password: String) -> Self {
        Self { address, password, http: http() }
    }

    /// It takes every name.
    pub(crate) fn user(&self) -> User {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("owner-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        User { id: name.clone(), name }
    }

    pub(crate) async fn administer(&self, act: &str, user: &User) {
        let request = self.http.post(format!("{}/admin/{act}", self.address)).bearer_auth(&self.password);
        let answer = Answer::of(request.form(&[("user", &user.id)]).send().await.unwrap()).await;
        assert_eq!(answer.status, 204, "{act}");
    }
}
