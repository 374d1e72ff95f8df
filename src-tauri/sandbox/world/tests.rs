use super::*;
use crate::{amount::Currency, iban};
use std::collections::BTreeMap;

fn epoch() -> DateTime<Utc> {
    "2026-10-14T08:42:11.250Z".parse().unwrap()
}

/// Lowest and highest balance at the end of any day.
fn extremes(world: &World, place: usize, at: DateTime<Utc>) -> (i64, i64) {
    let mut daily: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for row in world.rows(place, at) {
        if let Some(amount) = row.booked(at) {
            *daily.entry(row.settled.date_naive()).or_default() += amount.0;
        }
    }
    let mut balance = world.accounts()[place].opening.0;
    let (mut low, mut high) = (balance, balance);
    for change in daily.values() {
        balance += change;
        low = low.min(balance);
        high = high.max(balance);
    }
    assert_eq!(balance, world.booked(place, at).0);
    (low, high)
}

#[test]
fn no_balance_is_ever_absurd_for_any_seed_and_years_ahead() {
    for seed in [0, 1, 7, 42, 20_261_014, u64::MAX] {
        let mut world = World::new(seed, epoch());
        let later = epoch() + TimeDelta::days(730);
        world.grow(later);
        assert!(world.life.rows.len() > 35_000, "{}", world.life.rows.len());
        for (place, account) in world.accounts().iter().enumerate() {
            let (low, high) = extremes(&world, place, later);
            let (least, most) = match (account.currency, account.kind) {
                (_, "CARD") => (-5_000_00, 1_500_00),
                (Currency::Eur, _) => (1_000_00, 95_000_00),
                (Currency::Czk, _) => (15_000_00, 1_500_000_00),
            };
            assert!(least <= low && high <= most, "seed {seed}, {}: {} to {}", account.name, Amount(low), Amount(high));
        }
    }
}

#[test]
fn a_world_grown_day_by_day_equals_one_grown_at_once() {
    let (mut slow, mut quick) = (World::new(7, epoch()), World::new(7, epoch()));
    for day in 1..=40 {
        slow.grow(epoch() + TimeDelta::days(day));
    }
    quick.grow(epoch() + TimeDelta::days(40));
    assert_eq!(format!("{:?}", slow.life.rows), format!("{:?}", quick.life.rows));
    assert_ne!(format!("{:?}", World::new(8, epoch()).life.rows), format!("{:?}", World::new(7, epoch()).life.rows));
}

#[test]
fn every_account_number_is_valid() {
    for seed in 0..50 {
        let cast = cast::Cast::new(seed);
        let own = cast.accounts.iter().filter_map(|account| account.iban.as_ref());
        let parties =
            [&cast.suppliers, &cast.customers, &cast.staff, &cast.cz_suppliers, &cast.cz_staff, &cast.regular];
        let all: Vec<&String> = own.chain(parties.into_iter().flatten().map(|party| &party.iban)).collect();
        assert!(all.iter().all(|iban| iban::valid(iban)));
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}

#[test]
fn a_day_on_each_account_begins_where_the_last_one_ended() {
    let world = World::new(7, epoch());
    let evening = |days: u64| before(epoch().date_naive(), days).and_hms_milli_opt(23, 59, 59, 999).unwrap().and_utc();
    // From the day after the last connection on, every day has been seen live.
    for days in 0..6 {
        let (today, yesterday) = (evening(days), evening(days + 1));
        for place in 0..world.accounts().len() {
            let moved: i64 = world
                .rows(place, today)
                .filter(|row| row.booking_date(today) == Some(today.date_naive()))
                .filter_map(|row| row.booked(today))
                .map(|amount| amount.0)
                .sum();
            assert_eq!(world.booked(place, today).0 - world.booked(place, yesterday).0, moved);
        }
    }
}

#[test]
fn rows_are_numbered_in_the_order_of_their_lives() {
    let world = World::new(7, epoch());
    assert!(world.life.rows.windows(2).all(|pair| pair[0].id < pair[1].id && pair[0].announced <= pair[1].announced));
    assert!(world.life.rows.iter().all(|row| row.amount.0 > 0));
}
