//! The transition table over all sequences of events.

use crate::payments::PaymentState;
use crate::payments::state::{Event, Move};
use proptest::prelude::*;

const STATES: [PaymentState; 11] = [
    PaymentState::Draft,
    PaymentState::Confirmed,
    PaymentState::Sending,
    PaymentState::Created,
    PaymentState::AwaitingBank,
    PaymentState::Processing,
    PaymentState::Finished,
    PaymentState::Failed,
    PaymentState::PartiallyPaid,
    PaymentState::Unknown,
    PaymentState::Cancelled,
];

const EVENTS: [Event; 10] = [
    Event::Confirm,
    Event::Send,
    Event::NotCreated,
    Event::Lose,
    Event::Create,
    Event::AskApproval,
    Event::Process,
    Event::Finish,
    Event::Fail,
    Event::PayInPart,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn p01_no_sequence_of_events_sends_twice_or_leaves_a_final_state(
        events in prop::collection::vec(prop::sample::select(EVENTS.to_vec()), 0..40)
    ) {
        let mut state = PaymentState::Draft;
        let mut may_exist = false;
        for event in events {
            let before = state;
            if let Ok(Move::To(next)) = state.after(event) {
                state = next;
                match event {
                    Event::Send => {
                        prop_assert!(!may_exist, "sent a second time");
                        may_exist = true;
                    }
                    Event::NotCreated if state == PaymentState::Draft => may_exist = false,
                    _ => {}
                }
            }
            prop_assert!(!before.is_final() || state == before, "{before:?} was left");
            prop_assert!(!(may_exist && state == PaymentState::Draft), "a draft that may have been sent");
        }
    }
}

#[test]
fn only_a_proof_makes_a_sent_payment_a_draft_again() {
    for state in STATES {
        for event in EVENTS {
            if state.after(event) == Ok(Move::To(PaymentState::Draft)) {
                assert_eq!((state, event), (PaymentState::Sending, Event::NotCreated));
            }
            if state.after(event) == Ok(Move::To(PaymentState::Sending)) {
                assert_eq!((state, event), (PaymentState::Confirmed, Event::Send));
            }
        }
    }
}

#[test]
fn p08_an_older_report_is_stale() {
    use PaymentState::{Failed, Finished, PartiallyPaid, Processing};
    for (state, event) in [
        (Finished, Event::Process),
        (Finished, Event::Fail),
        (Finished, Event::Create),
        (Finished, Event::Lose),
        (Finished, Event::AskApproval),
        (Failed, Event::Finish),
        (PartiallyPaid, Event::Finish),
        (Processing, Event::Create),
    ] {
        assert_eq!(state.after(event), Ok(Move::Stale), "{state:?} {event:?}");
    }
    assert_eq!(Finished.after(Event::Finish), Ok(Move::Stay));
    assert_eq!(Failed.after(Event::Fail), Ok(Move::Stay));
}

#[test]
fn a_confirmation_counts_once() {
    for state in STATES {
        assert_eq!(state.after(Event::Confirm).is_ok(), state == PaymentState::Draft, "{state:?}");
        assert_eq!(state.after(Event::Send).is_ok(), state == PaymentState::Confirmed, "{state:?}");
    }
}

#[test]
fn an_unknown_payment_ends_where_reading_says() {
    use PaymentState::{AwaitingBank, Created, Failed, Finished, Processing, Unknown};
    for (event, reached) in [
        (Event::Create, Created),
        (Event::AskApproval, AwaitingBank),
        (Event::Process, Processing),
        (Event::Finish, Finished),
        (Event::Fail, Failed),
        (Event::NotCreated, Failed),
    ] {
        assert_eq!(Unknown.after(event), Ok(Move::To(reached)));
    }
    assert_eq!(Unknown.after(Event::Lose), Ok(Move::Stay));
}
