//! What each habit does to the lists, and that nothing but the habits does.

use super::{Movement, Personality, Personality::*, Said, Simulated};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn json(said: &Said) -> Value {
    assert_eq!(said.status, 200, "{}", said.body);
    serde_json::from_str(&said.body).unwrap()
}

/// The account as it is listed last, and its id.
fn account(simulated: &Simulated) -> (Value, String) {
    let listed = json(&simulated.accounts())["data"].as_array().unwrap().last().unwrap().clone();
    let id = listed["id"].to_string();
    (listed, id)
}

/// The whole list, asked for until its pages agree.
fn rows(simulated: &mut Simulated, query: &str) -> Vec<Value> {
    let (_, id) = account(simulated);
    'list: for _ in 0..400 {
        let mut rows = Vec::new();
        for page in 1.. {
            let said = simulated.transactions(&id, &format!("page={page}&countPerPage=200{query}"));
            if said.status != 200 {
                continue 'list;
            }
            let answer = json(&said);
            rows.extend(answer["data"].as_array().unwrap().clone());
            let pagination = &answer["meta"]["pagination"];
            let last = pagination["last"].as_u64().unwrap_or(1);
            if page >= last {
                let ids: BTreeSet<_> = rows.iter().map(|row| row["id"].to_string()).collect();
                let total = pagination["countTotal"].as_u64().unwrap_or(rows.len() as u64);
                if ids.len() == rows.len() && total == rows.len() as u64 {
                    return rows;
                }
                continue 'list;
            }
        }
    }
    panic!("the pages never agree");
}

fn moment(row: &Value, field: &str) -> DateTime<Utc> {
    row[field].as_str().unwrap().parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

fn with(habits: &[Personality]) -> Simulated {
    Simulated::new(7, 1, habits)
}

/// After some weeks, in steps of hours: every list that was seen.
fn watch(habits: &[Personality], seeds: u64, look: &mut impl FnMut(&mut Simulated, &[Value])) {
    for seed in 0..seeds {
        let mut simulated = Simulated::new(seed, seed, habits);
        for _ in 0..60 {
            let now = rows(&mut simulated, "");
            look(&mut simulated, &now);
            simulated.advance(TimeDelta::hours(11));
        }
    }
}

#[test]
fn each_has_a_name_of_its_own_that_is_read_back() {
    let names: BTreeSet<&str> = Personality::ALL.iter().map(|personality| personality.name()).collect();
    assert_eq!(names.len(), Personality::ALL.len());
    assert!(names.len() >= 40);
    for personality in Personality::ALL {
        assert_eq!(personality.name().parse(), Ok(*personality));
    }
    assert!("kind".parse::<Personality>().is_err());
}

#[test]
fn the_same_seed_and_habits_say_the_same_to_the_letter() {
    for habits in [&[][..], &[LateIds, Doubled, RepeatedPages], Personality::ALL] {
        let said = |seed| {
            let mut simulated = Simulated::new(seed, 1, habits);
            simulated.advance(TimeDelta::days(40));
            let (_, id) = account(&simulated);
            (simulated.accounts(), simulated.transactions(&id, "page=1&bookingDateFrom=2026-01-01"))
        };
        let closed = habits.contains(&Closed);
        if !closed {
            assert_eq!(said(3), said(3));
            assert_ne!(said(3).0, said(4).0);
        }
    }
}

/// The check of the model itself: once nothing changes any more, a bank whose habits do not mislead lists exactly what is
/// real.
#[test]
fn at_rest_the_list_is_the_truth_unless_the_habits_mislead() {
    for habit in Personality::ALL {
        for seed in 0..5 {
            let mut simulated = Simulated::new(seed, seed, &[*habit]);
            simulated.advance(TimeDelta::days(45));
            if simulated.expired() {
                simulated.renew();
            }
            let rest = simulated.settle() + TimeDelta::hours(1) - simulated.now();
            simulated.advance(rest);
            if simulated.expired() {
                simulated.renew();
            }
            if simulated.misleads().is_some() || [FailsForWeeks, RefusesWide, Closed].contains(habit) {
                continue;
            }
            let truth = simulated.truth();
            let numbers = |movements: &[Movement]| movements.iter().map(|one| one.number).collect::<BTreeSet<_>>();
            assert_eq!(numbers(&simulated.listed()), numbers(&truth), "{habit} {seed}");
            let mut real: Vec<(String, i64)> =
                truth.iter().map(|movement| (movement.day.to_string(), movement.minor)).collect();
            let listed = rows(&mut simulated, "").into_iter().filter(|row| row["status"] == "BOOKED");
            let mut listed: Vec<(String, i64)> = listed
                .map(|row| {
                    let text = row["amount"].as_str().map_or(row["amount"].to_string(), str::to_owned);
                    let minor: i64 = format!("{:.2}", text.parse::<rust_decimal::Decimal>().unwrap())
                        .replace('.', "")
                        .parse()
                        .unwrap();
                    let signed = if row["direction"] == "OUT" { -minor } else { minor };
                    (row["bookingDate"].as_str().unwrap().to_owned(), signed)
                })
                .collect();
            real.sort_unstable();
            listed.sort_unstable();
            assert_eq!(real, listed, "{habit} {seed}");
        }
    }
}

#[test]
fn without_habits_ids_stay_and_pages_agree_at_once() {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    watch(&[], 3, &mut |simulated, rows| {
        let iban = account(simulated).0["iban"].to_string();
        for row in rows {
            let id = row["id"].to_string();
            assert_eq!(ids.entry(format!("{iban} {}", row["createdAt"])).or_insert_with(|| id.clone()), &id);
        }
        assert_eq!(simulated.transactions("70001", "page=1&countPerPage=500").status, 200);
    });
    assert!(ids.len() > 100);
}

/// Ids by what they stand for, as far as a list tells: the bank's id.
fn ids_of(habit: Personality) -> BTreeMap<String, BTreeSet<String>> {
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for seed in 0..4 {
        let mut simulated = Simulated::new(seed, seed, &[habit]);
        for step in 0..80 {
            if step == 40 {
                simulated.renew();
            }
            for row in rows(&mut simulated, "").iter().filter(|row| row["status"] == "BOOKED") {
                let id = row["id"].as_str().unwrap().to_owned();
                ids.entry(format!("{seed} {}", row["bankTransactionId"])).or_default().insert(id);
            }
            simulated.advance(TimeDelta::hours(7));
        }
    }
    ids
}

#[test]
fn ids_change_where_that_is_the_habit() {
    for habit in [FreshIds, Renumbered, NewIdsOnConsent, Doubled] {
        assert!(ids_of(habit).values().any(|ids| ids.len() > 1), "{habit}");
    }
    for habit in [Twins, RewrittenPending, LateName, SmallPages] {
        assert!(ids_of(habit).values().all(|ids| ids.len() == 1), "{habit}");
    }
    // Before its final id a row has no id of the bank.
    assert!(ids_of(LateIds).keys().any(|bank_id| bank_id.ends_with("null")));
    assert!(ids_of(NoBankId).keys().all(|bank_id| bank_id.ends_with("null")));
    let shared = ids_of(SharedBankId);
    assert!(shared.values().any(|ids| ids.len() > 1), "several rows have one id of the bank");
    let reused = ids_of(ReusedIds);
    let distinct: BTreeSet<&String> = reused.values().flatten().collect();
    assert!(distinct.len() <= 29 && reused.len() > distinct.len());
}

#[test]
fn pending_rows_behave_as_badly_as_told() {
    let count = |habit: &[Personality], wanted: fn(&Value) -> bool| {
        let mut count = 0;
        watch(habit, 2, &mut |_, rows| count += rows.iter().filter(|row| wanted(row)).count());
        count
    };
    let refused: fn(&Value) -> bool = |row| row["status"] == "REJECTED" || row["status"] == "CANCELLED";
    assert!(count(&[Refusing], refused) > 3 * count(&[], refused));
    assert_eq!(count(&[VanishingPending], refused), 0);
    let pending: fn(&Value) -> bool = |row| row["status"] == "PENDING";
    assert!(count(&[StandingPending], pending) > 2 * count(&[], pending));
    let unknown: fn(&Value) -> bool = |row| row["status"] == "SETTLING";
    assert!(count(&[UnknownStatus], unknown) > 0 && count(&[], unknown) == 0);
    let raw: fn(&Value) -> bool = |row| row["counterpartyName"] == "TERMINAL 0471 BRATISLAVA";
    assert!(count(&[RewrittenPending], raw) > 0 && count(&[], raw) == 0);
    let booked_then_cancelled: fn(&Value) -> bool = |row| row["status"] == "CANCELLED" && !row["bookingDate"].is_null();
    assert!(count(&[CancelledLater], booked_then_cancelled) > 0 && count(&[], booked_then_cancelled) == 0);
}

#[test]
fn what_comes_late_comes_late() {
    let latest = |habit: &[Personality]| {
        let mut latest = TimeDelta::zero();
        for seed in 0..6 {
            let mut simulated = Simulated::new(seed, 1, habit);
            let began = simulated.now().date_naive();
            let mut known = BTreeSet::new();
            for _ in 0..90 {
                let now = simulated.now();
                for row in rows(&mut simulated, "").iter().filter(|row| row["status"] == "BOOKED") {
                    let day: chrono::NaiveDate = row["bookingDate"].as_str().unwrap().parse().unwrap();
                    if known.insert(row["id"].to_string()) && day > began {
                        latest = latest.max(now - day.and_hms_opt(0, 0, 0).unwrap().and_utc());
                    }
                }
                simulated.advance(TimeDelta::hours(11));
            }
        }
        latest
    };
    let usual = latest(&[]);
    assert!(latest(&[Backdated]) > usual + TimeDelta::days(3));
    assert!(latest(&[FilledHoles]) > usual + TimeDelta::days(1));
    let mut coarse = 0;
    watch(&[CoarseTimes], 1, &mut |_, rows| {
        coarse += rows.len();
        assert!(rows.iter().all(|row| moment(row, "lastUpdated").timestamp_subsec_millis() == 0));
    });
    assert!(coarse > 0);
    let mut early = with(&[LateHistory]);
    let at_first = rows(&mut early, "").len();
    early.advance(TimeDelta::days(5));
    assert!(rows(&mut early, "").len() > 2 * at_first.max(1));
    let missing = |habits: &[Personality]| {
        let mut simulated = with(habits);
        simulated.advance(TimeDelta::days(60));
        simulated.truth().len() - simulated.listed().len()
    };
    assert!(missing(&[Holes]) > 0);
    assert_eq!(missing(&[]), 0);
}

#[test]
fn pages_lie_as_told() {
    let failed = |habits: &[Personality]| {
        let mut failed = 0;
        for seed in 0..10 {
            let mut simulated = Simulated::new(seed, seed, habits);
            let (_, id) = account(&simulated);
            for _ in 0..10 {
                let mut ids = Vec::new();
                let mut total = 0;
                for page in 1.. {
                    let answer = json(&simulated.transactions(&id, &format!("page={page}&countPerPage=200")));
                    ids.extend(answer["data"].as_array().unwrap().iter().map(|row| row["id"].to_string()));
                    let pagination = &answer["meta"]["pagination"];
                    total = pagination["countTotal"].as_u64().unwrap_or(ids.len() as u64);
                    if page >= pagination["last"].as_u64().unwrap_or(1) {
                        break;
                    }
                }
                let distinct: BTreeSet<_> = ids.iter().collect();
                failed += usize::from(distinct.len() != ids.len() || total != ids.len() as u64);
            }
        }
        failed
    };
    assert_eq!((failed(&[]), failed(&[SmallPages]), failed(&[NoPages]), failed(&[NoCount])), (0, 0, 0, 0));
    for habit in [RepeatedPages, ShiftingPages, LyingLastPage] {
        assert!((1..100).contains(&failed(&[habit])), "{habit}: {}", failed(&[habit]));
    }
    let mut bare = with(&[NoPages]);
    assert!(json(&bare.transactions("70001", "page=1"))["meta"]["pagination"].is_null());
    let mut uncounted = with(&[NoCount]);
    assert!(json(&uncounted.transactions("70001", "page=1"))["meta"]["pagination"]["countTotal"].is_null());
}

#[test]
fn wide_periods_are_refused_or_cut() {
    let mut seeds = (0..40).filter(|seed| {
        let oldest = |habit| {
            let mut simulated = Simulated::new(*seed, 1, &[habit]);
            rows(&mut simulated, "").iter().filter_map(|row| row["bookingDate"].as_str().map(str::to_owned)).min()
        };
        oldest(CutsWide) > oldest(SmallPages)
    });
    assert!(seeds.next().is_some());
    let mut refusing = with(&[RefusesWide]);
    let said = refusing.transactions("70001", "page=1");
    assert!(said.status == 422 && said.body.contains("more than 90 days"));
    let from = refusing.now().date_naive() - TimeDelta::days(30);
    assert_eq!(refusing.transactions("70001", &format!("bookingDateFrom={from}")).status, 200);
    assert_eq!(refusing.transactions("70001", "updatedFrom=2026-01-01T00:00:00Z").status, 200);
}

#[test]
fn one_account_fails_as_told() {
    let statuses = |habit: Personality| {
        let mut simulated = with(&[habit]);
        let mut statuses = BTreeMap::<u16, u32>::new();
        for _ in 0..120 {
            let said = simulated.transactions("70001", "updatedFrom=2026-01-01T00:00:00Z");
            assert_eq!(said.retry_after.is_some(), said.status == 429);
            *statuses.entry(said.status).or_default() += 1;
            simulated.advance(TimeDelta::hours(12));
        }
        statuses
    };
    let ill = statuses(FailsForWeeks);
    assert!(ill[&500] >= 28 && ill[&200] > 40, "{ill:?}");
    assert!(statuses(RateLimited)[&429] > 4);
    assert!(statuses(BadGateway)[&502] > 4);
}

#[test]
fn balances_say_what_the_bank_believes() {
    let balances = |habit: &[Personality]| account(&with(habit)).0["balances"].clone();
    let plain = balances(&[]);
    assert_eq!((plain[0]["type"].as_str(), plain[1]["type"].as_str()), (Some("BOOKED"), Some("AVAILABLE")));
    assert!(balances(&[OddBalance])[0]["type"] == "INTERIM_BOOKED");
    assert_eq!(balances(&[ForeignBalance])[0]["currency"], "CZK");
    assert_ne!(balances(&[CreditInside])[1]["amount"], plain[1]["amount"]);
    assert_eq!(balances(&[CreditInside])[0]["amount"], plain[0]["amount"]);
    assert_ne!(balances(&[LateBalance])[0]["updatedAt"], plain[0]["updatedAt"]);
    let mut simulated = with(&[NoBalance]);
    let mut absent = 0;
    for _ in 0..40 {
        absent += usize::from(account(&simulated).0["balances"].as_array().unwrap().is_empty());
        simulated.advance(TimeDelta::hours(9));
    }
    assert!((5..35).contains(&absent));
}

#[test]
fn accounts_change_as_told() {
    let listed = |simulated: &Simulated| json(&simulated.accounts())["data"].as_array().unwrap().clone();
    for (habit, count, same) in [(NewAccountId, 1, false), (ListedTwice, 2, false), (LateIds, 1, true)] {
        let mut simulated = with(&[habit]);
        let (before, id) = account(&simulated);
        simulated.advance(TimeDelta::days(3));
        simulated.renew();
        let after = listed(&simulated);
        assert_eq!(after.len(), count, "{habit}");
        assert!(after.iter().all(|account| account["iban"] == after[0]["iban"]));
        assert_eq!(account(&simulated).1 == id, same, "{habit}");
        assert_eq!(before["iban"], after[0]["iban"]);
    }
    let mut closing = with(&[Closed]);
    assert_eq!(listed(&closing).len(), 1);
    closing.advance(TimeDelta::days(51));
    assert!(listed(&closing).is_empty());
    let mut short = with(&[ShortConsent]);
    assert_eq!(account(&short).0["status"], "ACTIVE");
    short.advance(TimeDelta::days(31));
    assert!(short.expired());
    assert_eq!(account(&short).0["status"], "CONSENT_EXPIRED");
    short.renew();
    assert_eq!(account(&short).0["status"], "ACTIVE");
}

#[test]
fn writing_and_days_are_local_where_told() {
    let mut offsets = BTreeSet::new();
    let mut texts = 0;
    for seed in 0..30 {
        let mut local = Simulated::new(seed, 1, &[LocalTimes, Midnight, TextNumbers]);
        for row in rows(&mut local, "") {
            let updated = row["lastUpdated"].as_str().unwrap();
            offsets.insert(updated[updated.len() - 6..].to_owned());
            assert!(row["id"].is_number() && row["amount"].is_string());
            // A row of the evening in UTC is booked on the next day there.
            let (created, day) = (moment(&row, "lastUpdated").date_naive(), row["bookingDate"].as_str());
            texts += usize::from(day.is_some_and(|day| day > created.to_string().as_str()));
        }
        local.advance(TimeDelta::days(20));
        for row in rows(&mut local, "") {
            let (updated, day) = (moment(&row, "lastUpdated").date_naive(), row["bookingDate"].as_str());
            texts += usize::from(day.is_some_and(|day| day > updated.to_string().as_str()));
        }
    }
    assert_eq!(offsets, BTreeSet::from(["+01:00".to_owned(), "+02:00".to_owned()]));
    assert!(texts > 0);
}
