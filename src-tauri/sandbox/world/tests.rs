use super::*;
use std::collections::BTreeMap;

fn epoch() -> DateTime<Utc> {
    "2026-10-14T08:42:11.250Z".parse().unwrap()
}

#[test]
fn the_world_is_large_enough_and_never_absurd() {
    let begun = std::time::Instant::now();
    let world = World::new(7, epoch());
    println!("made in {:?}: {} rows", begun.elapsed(), world.life.rows.len());
    for (i, account) in world.accounts().iter().enumerate() {
        let mut daily: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for row in world.rows(i, epoch()) {
            if let Some(amount) = row.booked(epoch()) {
                *daily.entry(row.settled.date_naive()).or_default() += amount.0;
            }
        }
        let mut balance = account.opening.0;
        let (mut low, mut high) = (balance, balance);
        for change in daily.values() {
            balance += change;
            low = low.min(balance);
            high = high.max(balance);
        }
        println!(
            "{:22} {} {:>7} rows  low {:>13} high {:>13} now {:>13}",
            account.name,
            account.currency.code(),
            world.rows(i, epoch()).count(),
            Amount(low),
            Amount(high),
            Amount(balance)
        );
    }
}
