//! The sandbox as a program of its own: starts, prints one line of JSON with its addresses, serves until it is ended.
//!
//! `sandbox [--port N] [--seed N] [--control] [--state FILE] [--client-id ID] [--client-secret-env NAME]
//! [--personality BANK=NAME,NAME]`

use sandbox::Sandbox;
use std::{env, error::Error, io::Write};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = Sandbox::builder().system_randomness(true);
    let (mut client, mut secret) = ("saldo-demo".to_owned(), None);
    let mut args = env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        builder = match arg.as_str() {
            "--port" => builder.port(value()?.parse()?),
            "--seed" => builder.seed(value()?.parse()?),
            "--personality" => {
                let value = value()?;
                let (bank, names) = value.split_once('=').ok_or("--personality needs <bank>=<name>,<name>")?;
                names.split(',').try_fold(builder, |builder, name| {
                    name.parse().map(|personality| builder.personality(bank, personality))
                })?
            }
            "--state" => builder.state_file(value()?),
            "--control" => builder.control(true),
            "--client-id" => {
                client = value()?;
                builder
            }
            // The secret itself would show in the list of processes.
            "--client-secret-env" => {
                secret = Some(env::var(value()?)?);
                builder
            }
            other => return Err(format!("unknown argument {other}").into()),
        };
    }
    if let Some(secret) = secret {
        builder = builder.client(client, secret);
    }
    let sandbox = builder.start().await?;
    let ready = serde_json::json!({
        "idpUrl": sandbox.idp_url(),
        "apiUrl": sandbox.api_url(),
        "realm": sandbox.realm(),
        "clientId": sandbox.client_id(),
        "clientSecret": sandbox.client_secret(),
        "login": sandbox::OWNER_LOGIN,
        "password": sandbox::OWNER_PASSWORD,
    });
    let mut out = std::io::stdout();
    writeln!(out, "{ready}")?;
    out.flush()?;
    // What has to be kept is written at each change, so the process may simply be ended.
    std::future::pending::<()>().await;
    Ok(())
}
