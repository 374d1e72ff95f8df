//! How things stand: the connection, the session, and how fresh each account is.

use crate::accounts::AccountName;
use crate::age::{self, Read};
use crate::connect::ConnectionView;
use crate::ending::{DONE, Ending, words};
use crate::table::{Side, Table};
use bank::auth::SessionState;
use bank::desk::Desk;
use bank::insights;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Answer<'a> {
    as_of: DateTime<Utc>,
    connection: Option<ConnectionView>,
    session: String,
    /// When a sync last reached Everifin.
    synced: Read,
    accounts: Vec<AccountName<'a>>,
}

/// Shows it.
pub(crate) async fn status(desk: &Desk, json: bool) -> Result<u8, Ending> {
    let now = desk.clock.now();
    let connection = desk.credentials().await?.map(ConnectionView::new);
    let session = desk.line().session.state().await?;
    let synced = Read::at(insights::overview(&desk.store, desk.clock.today(), now)?.synced, now);
    let accounts = desk.store.accounts(now)?;
    let mut out = io::stdout().lock();
    if json {
        let answer = Answer {
            as_of: now,
            connection,
            session: words(&format!("{session:?}")),
            synced,
            accounts: accounts.iter().map(|account| AccountName::new(account, now)).collect(),
        };
        serde_json::to_writer(&mut out, &answer)?;
        writeln!(out)?;
        return Ok(DONE);
    }
    let connected = connection.map_or_else(|| "none: run `saldo-cli connect`".into(), |it| it.in_words());
    writeln!(out, "Connection   {connected}")?;
    writeln!(out, "Session      {}", sentence(session))?;
    writeln!(out, "Last sync    {}", synced.in_words())?;
    if accounts.is_empty() {
        return Ok(DONE);
    }
    writeln!(out)?;
    let mut table = Table::new(&[
        ("ID", Side::Left),
        ("BANK", Side::Left),
        ("ACCOUNT", Side::Left),
        ("READ", Side::Left),
        ("STATE", Side::Left),
    ]);
    for account in &accounts {
        table.row(vec![
            account.id.0.to_string(),
            account.bank.name.clone(),
            account.name.clone(),
            Read::of(account, now).in_words(),
            age::sentence(&account.freshness),
        ]);
    }
    table.print(&mut out)?;
    Ok(DONE)
}

fn sentence(session: SessionState) -> &'static str {
    match session {
        SessionState::SignedOut => "signed out: run `saldo-cli connect`",
        SessionState::SignedIn => "signed in",
        SessionState::Uncertain => "not certain: its last renewal was not answered, the next sync tells",
        SessionState::Unsaved => "renewed, but the keychain has not taken it yet",
        SessionState::Ended => "ended by Everifin: run `saldo-cli connect`, everything is kept",
    }
}
