//! The wire breaks between Saldo and Everifin, in each way and at each kind of request (security.md G-05; cases T12, T20, T21).
//!
//! What must hold in every case: the call ends with a failure that has a sentence, nothing is asked again by itself that moves
//! money, the ledger is as before, and the session goes on, unless Everifin has renewed it and the answer was lost: then one
//! sign-in mends it.

mod line;
mod sessions;
mod tls;

use super::office::Office;
use bank::auth::{Received, SessionState, SignInState, Via};
use bank::everifin::{NewLine, NewPayment, PayFailure};
use bank::failure::{Failure, FailureKind, Result};
use bank::money::{Currency, Money};
use bank::payments::{self, PaymentState, Scope};
use bank::store::transactions::{SectionTotals, TransactionFilter};
use chrono::TimeDelta;
use line::{Break, Line, QUICK, STALLS};
use sandbox::Sandbox;
use std::io::Write;
use std::process::Command;
use std::time::Duration;

const TOKEN: &str = "POST /auth/realms/everifin_app/protocol/openid-connect/token";
const ACCOUNTS: &str = "GET /v1/bank-accounts";
const CREATE: &str = "POST /v1/payments/single";
const PROCESS: &str = "PATCH /v1/payments/single";

/// An office whose line to Everifin can be broken.
async fn office() -> (Line, Office) {
    let mut line = Line::new().await;
    let office = Office::at(Sandbox::builder().seen_at(&line.url)).await;
    line.lead_to(office.everifin.address());
    (line, office)
}

/// The same, signed in.
async fn signed_in() -> (Line, Office) {
    let (line, mut office) = office().await;
    office.sign_in().await;
    (line, office)
}

/// The same, signed in and synced.
async fn connected() -> (Line, Office) {
    let (line, office) = signed_in().await;
    office.sync().await;
    (line, office)
}

impl Office {
    /// How often Everifin has seen requests that begin so.
    fn asked(&self, start: &str) -> u64 {
        self.everifin.counts().iter().filter(|(what, _)| what.starts_with(start)).map(|(_, count)| count).sum()
    }

    /// What the owner sees of her ledger.
    fn ledger(&self) -> Vec<SectionTotals> {
        self.desk.store.sections(&TransactionFilter::default()).unwrap().unwrap()
    }

    /// The smallest question.
    async fn asks(&self) -> Result<()> {
        self.desk.line().everifin.accounts().await.map(drop)
    }

    async fn session(&self) -> SessionState {
        self.desk.line().session.state().await.unwrap()
    }
}

/// Says how many cases were run, past the test harness, which shows the output of failures only.
fn tell(cases: usize, what: &str) {
    let _ = writeln!(std::io::stderr(), "    hostile: {cases} cases of {what}");
}

/// Runs one test once more in a process of its own, with these variables in its environment: some things a program learns only
/// from there.
async fn run_again<const N: usize>(test: &str, variables: [(&str, String); N]) {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", &format!("hostile::{test}"), "--nocapture"]).envs(variables);
    let output = tokio::task::spawn_blocking(move || again.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// A failure that says that the line or the service is at fault, and nothing worse.
fn is_trouble(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::Offline | FailureKind::ServiceDown | FailureKind::AnswerUnreadable)
}

#[tokio::test]
async fn t12_a_broken_line_while_the_code_is_redeemed_leaves_nothing_half_done() {
    let (line, mut office) = office().await;
    for fault in QUICK {
        let callback = office.answer(Via::DeepLink).await;
        let before = office.asked(TOKEN);
        line.arm(fault, TOKEN);
        assert_eq!(office.receive(&callback).await, Received::Finished, "{fault:?}");
        assert!(line.is_spent(), "{fault:?}");
        match office.desk.sign_in() {
            SignInState::Connected => assert!(fault.delivers(), "{fault:?}"),
            SignInState::Failed { failure } => {
                assert!(!fault.delivers() && is_trouble(&failure), "{fault:?} {failure:?}")
            }
            other => panic!("{fault:?}: {other:?}"),
        }
        assert_eq!(office.asked(TOKEN) - before, u64::from(fault.reaches()), "{fault:?}: a code is sent once");
        assert_eq!(office.session().await == SessionState::SignedIn, fault.delivers(), "{fault:?}");
        assert_ne!(office.receive(&callback).await, Received::Finished, "{fault:?}: an answer counts once");
        office.sign_in().await;
        office.desk.sign_out().await.unwrap();
    }
    tell(QUICK.len(), "the code exchange");
}

#[tokio::test]
async fn t12_a_broken_line_while_the_session_is_renewed_ends_it_only_where_the_answer_is_lost() {
    let (line, mut office) = connected().await;
    let ledger = office.ledger();
    for fault in QUICK {
        // The access token is over, the next call renews.
        office.hands.pass(TimeDelta::minutes(6));
        let before = office.asked(TOKEN);
        line.arm(fault, TOKEN);
        let outcome = office.asks().await;
        assert!(line.is_spent(), "{fault:?}");
        if fault.delivers() {
            assert_eq!((outcome, office.asked(TOKEN) - before), (Ok(()), 1), "{fault:?}");
        } else {
            let failure = outcome.unwrap_err();
            assert!(is_trouble(&failure), "{fault:?} {failure:?}");
            assert!(!matches!(office.session().await, SessionState::SignedOut | SessionState::Ended), "{fault:?}");
            office.hands.pass(TimeDelta::minutes(2));
            let next = office.asks().await;
            if fault.reaches() {
                assert_eq!(next.unwrap_err().kind, FailureKind::SignInNeeded, "{fault:?}");
                assert_eq!(office.session().await, SessionState::Ended, "{fault:?}");
                assert!(office.asked(TOKEN) - before <= 2, "{fault:?}: the old token is tried once more at most");
                office.sign_in().await;
                assert_eq!(office.asks().await, Ok(()), "{fault:?}");
            } else {
                assert_eq!(next, Ok(()), "{fault:?}: what never arrived costs nothing");
                assert_eq!(office.asked(TOKEN) - before, 1, "{fault:?}");
            }
        }
        assert_eq!(office.session().await, SessionState::SignedIn, "{fault:?}");
        assert_eq!(office.ledger(), ledger, "{fault:?}");
    }
    assert_eq!(office.sync().await.failed, 0);
    tell(QUICK.len(), "the renewal");
}

#[tokio::test]
async fn t20_a_broken_line_while_accounts_are_read_loses_nothing() {
    let (line, office) = connected().await;
    let ledger = office.ledger();
    let renewals = office.asked(TOKEN);
    let rows = format!("{ACCOUNTS}/{}/", office.everifin.sums().accounts[0].id);
    for fault in QUICK {
        line.arm(fault, ACCOUNTS);
        match office.asks().await {
            Ok(()) => assert!(fault.delivers(), "{fault:?}"),
            Err(failure) => assert!(!fault.delivers() && is_trouble(&failure), "{fault:?} {failure:?}"),
        }
        // One account fails, the others go on.
        line.arm(fault, &rows);
        assert_eq!(office.sync().await.failed, u32::from(!fault.delivers()), "{fault:?}");
        assert!(line.is_spent(), "{fault:?}");
        assert_eq!(office.session().await, SessionState::SignedIn, "{fault:?}");
        assert_eq!(office.asked(TOKEN), renewals, "{fault:?}: no reason to renew");
        assert_eq!(office.ledger(), ledger, "{fault:?}");
    }
    assert_eq!(office.sync().await.failed, 0);
    assert_eq!(office.ledger(), ledger);
    tell(2 * QUICK.len(), "reading");
}

#[tokio::test]
async fn a_payment_on_a_broken_line_is_sent_once_and_then_only_asked_about() {
    let (line, office) = connected().await;
    for (fault, step) in QUICK.into_iter().flat_map(|fault| [(fault, CREATE), (fault, PROCESS)]) {
        let (id, hash) = office.reviewed();
        let (created, processed) = (office.asked(CREATE), office.asked(PROCESS));
        line.arm(fault, step);
        let handed = office.hand_over(id, &hash).await.unwrap();
        assert!(line.is_spent(), "{fault:?} {step}");
        let expected = match step {
            _ if fault.delivers() => PaymentState::AwaitingBank,
            CREATE => PaymentState::Unknown,
            // It is created; a first step that was lost is repeated by the owner alone.
            _ => PaymentState::Created,
        };
        assert_eq!(handed.detail.line.state, expected, "{fault:?} {step}");
        let sent = |now: &Office| (now.asked(CREATE) - created, now.asked(PROCESS) - processed);
        let arrived = match step {
            CREATE => (u64::from(fault.reaches()), u64::from(fault.delivers())),
            _ => (1, u64::from(fault.reaches())),
        };
        assert_eq!(sent(&office), arrived, "{fault:?} {step}");
        // Hours later, after a restart: it is asked about, and nothing is written again.
        office.hands.pass(TimeDelta::hours(2));
        payments::recover(&office.desk.store, &office.desk.clock).unwrap();
        let (store, everifin) = (&office.desk.store, &office.desk.line().everifin);
        payments::reconcile(store, everifin, &office.desk.clock, Scope::All).await.unwrap();
        assert_eq!(office.asked(CREATE) - created, arrived.0, "{fault:?} {step}: never created twice");
        assert!(office.hand_over(id, &hash).await.is_err(), "{fault:?} {step}: not handed over twice");
        assert_eq!(office.asked(CREATE) - created, arrived.0, "{fault:?} {step}");
    }
    tell(2 * QUICK.len(), "payment writes");
}

/// The real limits in real time, all at once: nobody waits longer than a request may take.
#[tokio::test]
async fn a_line_that_falls_silent_frees_everybody_within_the_limit() {
    tokio::join!(
        silent_exchange(STALLS[0]),
        silent_exchange(STALLS[1]),
        silent_renewal(STALLS[0]),
        silent_renewal(STALLS[1]),
        silent_read(STALLS[0]),
        silent_read(STALLS[1]),
        silent_payment(STALLS[0]),
        silent_payment(STALLS[1]),
    );
    tell(4 * STALLS.len(), "silence");
}

/// A caller waits 30 s, and a token's answer is waited for twice as long; the rest is what a busy machine may take besides.
async fn within_the_limit<T>(act: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(90), act).await.expect("nobody was freed")
}

async fn silent_exchange(fault: Break) {
    let (line, mut office) = office().await;
    let callback = office.answer(Via::DeepLink).await;
    line.arm(fault, TOKEN);
    within_the_limit(office.receive(&callback)).await;
    assert!(matches!(office.desk.sign_in(), SignInState::Failed { failure } if is_trouble(&failure)), "{fault:?}");
    office.sign_in().await;
}

async fn silent_renewal(fault: Break) {
    let (line, office) = signed_in().await;
    office.hands.pass(TimeDelta::minutes(6));
    let before = office.asked(TOKEN);
    line.arm(fault, TOKEN);
    // Ten callers, one request, one end.
    let caller = || {
        let everifin = office.desk.line().everifin.clone();
        tokio::spawn(async move { everifin.accounts().await.map(drop) })
    };
    let callers: Vec<_> = (0..10).map(|_| caller()).collect();
    for caller in callers {
        assert!(is_trouble(&within_the_limit(caller).await.unwrap().unwrap_err()), "{fault:?}");
    }
    assert_eq!(office.asked(TOKEN) - before, u64::from(fault.reaches()), "{fault:?}");
    // Nobody waits any more, the question does: its answer may still come. The first call after that asks anew.
    let mut outcome = Err(FailureKind::ServiceDown.into());
    for _ in 0..4 {
        if !outcome.as_ref().is_err_and(is_trouble) {
            break;
        }
        office.hands.pass(TimeDelta::minutes(2));
        outcome = within_the_limit(office.asks()).await;
    }
    let expected = if fault.reaches() { Err(FailureKind::SignInNeeded.into()) } else { Ok(()) };
    assert_eq!(outcome, expected, "{fault:?}: the next call starts anew");
}

async fn silent_read(fault: Break) {
    let (line, office) = signed_in().await;
    line.arm(fault, ACCOUNTS);
    assert!(is_trouble(&within_the_limit(office.asks()).await.unwrap_err()), "{fault:?}");
    assert_eq!(office.asks().await, Ok(()), "{fault:?}");
}

async fn silent_payment(fault: Break) {
    let (line, office) = signed_in().await;
    let everifin = office.desk.line().everifin.clone();
    let accounts = everifin.accounts().await.unwrap().rows;
    let from = accounts.into_iter().find(|account| account.currency == Currency::EUR && account.iban.is_some());
    let payment = NewPayment {
        line: NewLine {
            amount: Money::from_minor(1_840, Currency::EUR),
            iban: "SK6807200002891987426353".into(),
            payee: "Kovostav Hron s.r.o.".into(),
            variable_symbol: None,
            constant_symbol: None,
            specific_symbol: None,
            reference: None,
            message: None,
        },
        pay_on: None,
        from_iban: from.and_then(|account| account.iban).unwrap(),
        return_to: "app.saldo.desktop://payment.return/AAAAAAAAAAAAAAAAAAAAAA".into(),
        external_id: "silence".into(),
    };
    line.arm(fault, CREATE);
    assert_eq!(within_the_limit(everifin.create_payment(&payment)).await, Err(PayFailure::Unknown), "{fault:?}");
    assert_eq!(office.asked(CREATE), u64::from(fault.reaches()), "{fault:?}: not sent again");
}
