//! The decisions of a renewal, apart from everything that takes time or fails: what to do with what is found, and what stays
//! open after what was heard. The session acts by them, and the model of all schedules runs on the same.
//!
//! Three things are compared. The *keychain* has the newest whole token, with its generation. The *book* knows the lowest
//! generation that may be sent, and which one was sent without an answer having been heard (the open question).
//!
//! | the keychain has | the book knows | then |
//! |---|---|---|
//! | nothing | | signed out |
//! | a generation below the lowest | Everifin has refused it, or the keychain was restored from a copy | over: the token is void or spent, sending it could only harm |
//! | a higher one | a restored book, or a crash between the two | good: the keychain is what counts |
//! | the lowest, with an open question | an answer was lost, or Saldo died | uncertain: ask again, with the same token |
//! | the lowest | | good |
//!
//! An uncertain token is asked about as often as it takes, with longer and longer rests, and not only once: nothing but
//! `invalid_grant` ends a session. Had Everifin renewed it, the first answer that is heard says so and the session is over
//! in any case; had it not, the session goes on. (Stopping after one retry would end sessions that are alive.)

use crate::auth::SessionState;

/// What is found in the keychain and in the book, read under the lock that keeps other processes away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Generation of the newest whole token in the keychain.
    pub(super) stored: Option<u64>,
    /// The lowest generation that may be sent.
    pub(super) lowest: u64,
    /// The generation that was sent without an answer having been heard.
    pub(super) asked: Option<u64>,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// There is no token.
    SignedOut,
    /// There is one, but it is worth nothing.
    Over,
    /// Ask with this generation; `again` when it has been sent before and its answer was not heard.
    Ask { generation: u64, again: bool },
}

/// What came of asking where it was neither a grant nor `invalid_grant`: those two settle everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// Another no: the token is as it was.
    Answered,
    /// No connection stood.
    NotSent,
    /// The answer was not heard or cannot be understood.
    Lost,
}

impl Found {
    /// What to do.
    pub(super) fn next(self) -> Next {
        match self.stored {
            None => Next::SignedOut,
            Some(generation) if generation < self.lowest => Next::Over,
            Some(generation) => Next::Ask { generation, again: self.asked == Some(generation) },
        }
    }

    /// How the session stands as long as nobody has asked.
    pub(super) fn state(self) -> SessionState {
        match self.next() {
            Next::SignedOut => SessionState::SignedOut,
            Next::Over => SessionState::Ended,
            Next::Ask { again: true, .. } => SessionState::Uncertain,
            Next::Ask { again: false, .. } => SessionState::SignedIn,
        }
    }
}

impl Heard {
    /// Whether the question stays open. What was uncertain before stays so until somebody has heard yes or no.
    pub(super) fn leaves_open(self, again: bool) -> bool {
        match self {
            Self::Answered | Self::NotSent => again,
            Self::Lost => true,
        }
    }
}

/// Whose a sign-in is, to a book that may know of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Its owner's, or the first of all.
    Hers,
    /// Everifin did not say then, or does not say now: the accounts have to show it.
    Unknown,
    /// Somebody else's.
    Anothers,
}

/// Whose it is: what Everifin calls its user now, beside what it called her at the first sign-in, if there was one.
pub(super) fn whose(before: Option<Option<&str>>, now: Option<&str>) -> Whose {
    match (before, now) {
        (None, _) => Whose::Hers,
        (Some(Some(before)), Some(now)) if before == now => Whose::Hers,
        (Some(Some(_)), Some(_)) => Whose::Anothers,
        (Some(_), _) => Whose::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(stored: impl Into<Option<u64>>, lowest: u64, asked: impl Into<Option<u64>>) -> Found {
        Found { stored: stored.into(), lowest, asked: asked.into() }
    }

    #[test]
    fn a_restored_book_does_no_harm_and_a_restored_keychain_is_never_sent() {
        assert_eq!(found(7, 3, None).state(), SessionState::SignedIn, "the book is a week old");
        assert_eq!(found(7, 0, None).state(), SessionState::SignedIn, "the book is new");
        assert_eq!(found(6, 7, None).state(), SessionState::Ended, "the keychain is of yesterday");
        assert_eq!(found(6, 7, 6).state(), SessionState::Ended);
        assert_eq!(found(None, 7, None).state(), SessionState::SignedOut);
    }

    #[test]
    fn an_open_question_counts_for_its_own_generation_only() {
        assert_eq!(found(7, 7, 7).state(), SessionState::Uncertain);
        assert_eq!(found(8, 7, 7).state(), SessionState::SignedIn, "its answer was saved");
        assert_eq!(found(7, 7, 7).next(), Next::Ask { generation: 7, again: true });
        assert_eq!(found(8, 7, 7).next(), Next::Ask { generation: 8, again: false });
    }

    #[test]
    fn a_sign_in_is_compared_with_the_first_where_both_have_a_name() {
        for (before, now, expected) in [
            (None, Some("marta"), Whose::Hers),
            (None, None, Whose::Hers),
            (Some(Some("marta")), Some("marta"), Whose::Hers),
            (Some(Some("marta")), Some("jan"), Whose::Anothers),
            (Some(Some("marta")), None, Whose::Unknown),
            (Some(None), Some("jan"), Whose::Unknown),
            (Some(None), None, Whose::Unknown),
        ] {
            assert_eq!(whose(before, now), expected, "{before:?} {now:?}");
        }
    }

    #[test]
    fn only_yes_and_no_settle_what_was_uncertain() {
        let open = |again| [Heard::Answered, Heard::NotSent, Heard::Lost].map(|heard| heard.leaves_open(again));
        assert_eq!(open(false), [false, false, true]);
        assert_eq!(open(true), [true, true, true]);
    }
}
