//! When Saldo asks again by itself.

use chrono::{DateTime, TimeDelta, Utc};

/// Waits between checks in one state, in seconds: often while the owner looks on, then ever more rarely. The last one repeats.
const WAITS: [i64; 9] = [10, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600];

/// When the check after `done` fruitless ones in the present state is due. A rate limit that ends later is waited for.
pub(crate) fn next_check(done: u32, now: DateTime<Utc>, not_before: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let at = usize::try_from(done).unwrap_or(usize::MAX).min(WAITS.len() - 1);
    let due = now + TimeDelta::seconds(WAITS.get(at).copied().unwrap_or(21_600));
    not_before.map_or(due, |end| due.max(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_then_repeat() {
        let now = DateTime::UNIX_EPOCH;
        let due: Vec<i64> = (0..12).map(|done| next_check(done, now, None).timestamp()).collect();
        assert_eq!(due, [10, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600, 21_600, 21_600, 21_600]);
        assert_eq!(next_check(u32::MAX, now, None).timestamp(), 21_600);
    }

    #[test]
    fn a_rate_limit_is_waited_for() {
        let now = DateTime::UNIX_EPOCH;
        let end = now + TimeDelta::seconds(45);
        assert_eq!(next_check(0, now, Some(end)), end);
        assert_eq!(next_check(2, now, Some(end)).timestamp(), 60);
    }
}
