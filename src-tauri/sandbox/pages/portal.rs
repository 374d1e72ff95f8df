//! Everifin's own web application, as far as the demo needs it: the connected banks, and renewing their consents.

use super::{Card, escape};
use crate::{idp::reply::redirect, shared::Shared, world::cast::BANKS};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use std::sync::Arc;

/// The page and its one button.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/", get(banks)).route("/banks/{bank}/renew", post(renew))
}

async fn banks(State(shared): State<Arc<Shared>>) -> Response {
    let rows: String = shared.look(|live| {
        let now = live.moment(shared.now());
        BANKS
            .iter()
            .enumerate()
            .map(|(place, bank)| {
                let end = live.consent_end(place);
                let days = (end.date_naive() - now.date_naive()).num_days();
                let state = match (end <= now, days) {
                    (true, _) => format!(r#"<b class="ended">Ended on {}</b>"#, end.format("%-d %B %Y")),
                    (false, 0..=14) => format!(r#"<b class="soon">Ends on {}</b>"#, end.format("%-d %B %Y")),
                    (false, _) => format!("Until {}", end.format("%-d %B %Y")),
                };
                format!(
                    r#"<li><span class="tile" aria-hidden="true">{short}</span><div><b>{name}</b><span>{state}</span></div><form method="post" action="/banks/{id}/renew"><button class="btn small-btn" type="submit" aria-label="Renew {name}" id="renew-{id}">Renew</button></form></li>"#,
                    short = escape(bank.short),
                    name = escape(bank.name),
                    id = bank.id,
                )
            })
            .collect()
    });
    let body = format!(
        r#"<div class="body"><h1>Your banks</h1><p class="lead">Each bank lets Everifin read your accounts for 180 days at a time. After that it asks you again.</p><ul class="grants banks">{rows}</ul></div><p class="foot small">Signed in as Marta Brezanová. Renewing takes effect at once; go back to Saldo and sync.</p>"#
    );
    Card { title: "Your banks", mark: "Ev", place: "Everifin", side: "Demo", wide: true, body, leads_to: None }
        .render(StatusCode::OK)
}

async fn renew(State(shared): State<Arc<Shared>>, Path(bank): Path<String>) -> Response {
    match BANKS.iter().find(|known| known.id == bank) {
        None => super::error(StatusCode::NOT_FOUND, "There is no such bank."),
        Some(bank) => {
            shared.set_consent(bank.id, true);
            redirect("/")
        }
    }
}
