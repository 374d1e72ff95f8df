//! Rules of the core switched off one by one, from outside: what the store holds or is given is spoilt as it would be without
//! the rule. The simulation must notice each of them.

use crate::money::{Currency, Money};
use crate::store::accounts::AccountId;
use crate::store::intake::{Intake, Whole};
use crate::store::lapse::Rule;
use crate::store::listing::Listed;
use crate::store::transactions::TransactionStatus;
use crate::store::{Store, to_ms};
use chrono::{DateTime, TimeDelta, Utc};
use sandbox::Personality;
use std::collections::HashSet;

/// A rule that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sabotage {
    /// Ids of earlier times are forgotten.
    ForgetsAliases,
    /// An id that disagrees takes the place of the row that had it.
    Overwrites,
    /// Equal rows of an answer are taken for one.
    MergesTwins,
    /// No answer is taken for whole: rows under new ids are always new.
    NeverCounts,
    /// Days are never read anew by booking date.
    NeverRereads,
    /// Rows that are pending are not read again.
    ForgetsPending,
    /// Whatever has a status that nobody knows is money.
    CountsUnknown,
    /// What was cancelled is still money.
    CountsCancelled,
    /// The next reading begins a day after the newest change.
    SkipsADay,
    /// What was read is kept as read although taking it over failed.
    MovesOnAfterFailure,
    /// An account is known by Everifin's id only.
    IgnoresIban,
    /// A note goes with its pending row.
    DropsNotes,
    /// A missing balance is 0.
    MissingIsNothing,
    /// A balance in another currency is taken as one in the account's.
    MixesCurrencies,
    /// Whatever the balances say, no day is marked.
    ProvesEverything,
    /// A rule inside of taking over.
    Lapsed(Rule),
}

impl Sabotage {
    pub(super) const ALL: [Self; 18] = [
        Self::ForgetsAliases,
        Self::Overwrites,
        Self::MergesTwins,
        Self::NeverCounts,
        Self::NeverRereads,
        Self::ForgetsPending,
        Self::CountsUnknown,
        Self::CountsCancelled,
        Self::SkipsADay,
        Self::MovesOnAfterFailure,
        Self::IgnoresIban,
        Self::DropsNotes,
        Self::MissingIsNothing,
        Self::MixesCurrencies,
        Self::ProvesEverything,
        Self::Lapsed(Rule::IdsAgree),
        Self::Lapsed(Rule::PendingGoes),
        Self::Lapsed(Rule::NoContradiction),
    ];

    /// The habits of a bank where it shows soon.
    pub(super) fn shows_at(self) -> &'static [Personality] {
        use Personality::*;
        match self {
            Self::ForgetsAliases | Self::ForgetsPending | Self::SkipsADay => &[],
            Self::Overwrites => &[ReusedIds],
            Self::MergesTwins => &[Twins],
            Self::NeverCounts => &[FreshIds, OddBalance],
            // Where balances are known, what is missing is looked for.
            Self::NeverRereads => &[StaleTimes, OddBalance],
            Self::MovesOnAfterFailure => &[OddBalance],
            Self::CountsUnknown => &[UnknownStatus],
            Self::CountsCancelled => &[Refusing],
            Self::IgnoresIban => &[NewAccountId],
            Self::DropsNotes | Self::Lapsed(Rule::PendingGoes | Rule::NoContradiction) => &[VanishingPending],
            Self::MissingIsNothing => &[NoBalance],
            Self::MixesCurrencies => &[ForeignBalance],
            Self::ProvesEverything => &[Holes],
            Self::Lapsed(Rule::IdsAgree) => &[AmountCorrected],
        }
    }

    /// The rule that lapses while a case runs.
    pub(super) fn rule(self) -> Option<Rule> {
        if let Self::Lapsed(rule) = self { Some(rule) } else { None }
    }

    pub(super) fn listed(self, listed: &mut Listed) {
        if self == Self::IgnoresIban {
            listed.iban = None;
            listed.name.push_str(&listed.remote_id);
        }
    }

    pub(super) fn before_reading(self, store: &Store, account: AccountId, now: DateTime<Utc>) {
        match self {
            Self::NeverRereads => {
                write(store, "UPDATE account_cursor SET reread_at = ?2 WHERE account = ?1", account, to_ms(now));
            }
            Self::ForgetsPending => {
                let sql = "UPDATE entry SET updated = ?2 WHERE account = ?1 AND status = 'pending'";
                write(store, sql, account, to_ms(now + TimeDelta::days(999)));
            }
            _ => {}
        }
    }

    pub(super) fn intake(self, store: &Store, intake: &mut Intake, remote: &crate::everifin::RemoteAccount) {
        let now = intake.cursor;
        match self {
            Self::MergesTwins => {
                let mut seen = HashSet::new();
                intake.rows.retain(|row| {
                    let plain = row.facts.clone().map(|facts| crate::store::entry::Facts { bank_id: None, ..facts });
                    seen.insert(plain)
                });
            }
            Self::NeverCounts => intake.whole = Whole::Nowhere,
            Self::Overwrites => {
                for row in &intake.rows {
                    let Some(facts) = row.facts.as_ref() else { continue };
                    let sql = "DELETE FROM entry WHERE account = ?1 AND amount <> ?2 AND status <> 'pending' AND id =
                        (SELECT entry FROM entry_alias WHERE account = ?1 AND remote_id = ?3)";
                    let values = (intake.account.0, facts.amount, row.remote_id.as_str());
                    store.write(|book| Ok(book.execute(sql, values)?)).unwrap();
                }
            }
            Self::CountsUnknown | Self::CountsCancelled => {
                for facts in intake.rows.iter_mut().filter_map(|row| row.facts.as_mut()) {
                    match (self, facts.status) {
                        (Self::CountsUnknown, TransactionStatus::Unknown)
                        | (Self::CountsCancelled, TransactionStatus::Cancelled) => {
                            facts.status = TransactionStatus::Booked;
                            facts.booked = facts.booked.or(facts.value);
                        }
                        _ => {}
                    }
                }
            }
            Self::SkipsADay => intake.cursor = now.map(|cursor| cursor + TimeDelta::days(1)),
            Self::MissingIsNothing => {
                let nothing = (Money::zero(Currency::EUR), now.unwrap_or_default());
                intake.balances.booked.get_or_insert(nothing);
            }
            Self::MixesCurrencies => {
                let stated = remote.balances.iter().find(|balance| balance.money.currency != Currency::EUR);
                if let Some(balance) = stated {
                    intake.balances.booked = Some((Money::new(balance.money.amount, Currency::EUR), balance.at));
                }
            }
            _ => {}
        }
    }

    /// The cursor goes on although the taking over failed.
    pub(super) fn after_failure(self, store: &Store, intake: &Intake) {
        if let (Self::MovesOnAfterFailure, Some(cursor)) = (self, intake.cursor) {
            let sql = "UPDATE account_cursor SET updated = ?2, reread_at = ?2 WHERE account = ?1";
            write(store, sql, intake.account, to_ms(cursor));
        }
    }

    pub(super) fn after_taking(self, store: &Store, account: AccountId) {
        let sql = match self {
            Self::ForgetsAliases => "DELETE FROM entry_alias WHERE account = ?1 AND ?2",
            Self::DropsNotes => {
                "DELETE FROM overlay WHERE ?2 AND entry IN (SELECT entry FROM orphan WHERE account = ?1)"
            }
            Self::ProvesEverything => "UPDATE anchor SET difference = 0 WHERE account = ?1 AND ?2 AND difference <> 0",
            _ => return,
        };
        write(store, sql, account, 1);
    }
}

fn write(store: &Store, sql: &str, account: AccountId, value: i64) {
    store.write(|book| Ok(book.execute(sql, (account.0, value))?)).unwrap();
}
