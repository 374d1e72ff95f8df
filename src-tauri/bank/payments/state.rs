//! The payment state machine: one table that says what may follow what. Nothing else in Saldo changes a payment's state.

use super::PaymentState;
use super::PaymentState::{
    AwaitingBank, Cancelled, Confirmed, Created, Draft, Failed, Finished, PartiallyPaid, Processing, Sending, Unknown,
};

/// Something that happened to a payment, or that is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Event {
    /// The owner confirmed the reviewed draft.
    Confirm,
    /// The request that creates it is about to leave.
    Send,
    /// It is proved that nothing was created: the request never left, or it was refused.
    NotCreated,
    /// A request may have arrived and its answer is lost.
    Lose,
    /// Everifin has it, and nothing more is known.
    Create,
    /// The bank waits for the owner.
    AskApproval,
    /// The bank has the approval and works on it.
    Process,
    /// The bank accepted it.
    Finish,
    /// No money moved, and none will.
    Fail,
    /// A part of a bulk was accepted.
    PayInPart,
}

/// What an event does to a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    /// The state changes.
    To(PaymentState),
    /// Nothing new.
    Stay,
    /// A report that is older than what is known already; it is logged and changes nothing.
    Stale,
}

/// An event that cannot happen in a state: a mistake in Saldo, or an attempt to pay twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} cannot happen to a payment that is {state:?}")]
pub(crate) struct Illegal {
    /// Where the payment stands.
    pub(crate) state: PaymentState,
    /// What was tried.
    pub(crate) event: Event,
}

impl PaymentState {
    /// Whether nothing will change any more. An unknown outcome is not final.
    pub fn is_final(self) -> bool {
        matches!(self, Finished | Failed | PartiallyPaid | Cancelled)
    }

    /// Where an event leads from here.
    ///
    /// Two properties are kept by this table and by a test over all sequences: `Send` happens at most once unless the earlier
    /// attempt is proved to have created nothing, and a final state is never left.
    pub(crate) fn after(self, event: Event) -> Result<Move, Illegal> {
        let illegal = Illegal { state: self, event };
        let reached = match (self, event) {
            (Draft, Event::Confirm) => Confirmed,
            (Confirmed, Event::Send) => Sending,
            (Sending, Event::NotCreated) => Draft,
            // The answer came after the attempt had been given up as lost. It proves that no money moved, but a payment that was
            // called unknown does not become a draft again: the owner has been told not to pay it a second time.
            (Unknown, Event::NotCreated) => Failed,
            (Draft | Confirmed, _) | (_, Event::Confirm | Event::Send | Event::NotCreated) => return Err(illegal),

            (state, report) if state.is_final() => {
                return Ok(if report.state() == Some(state) { Move::Stay } else { Move::Stale });
            }
            // The first step after creating is lost: the owner has seen no approval page, so nothing can have moved.
            (Created, Event::Lose) => Created,
            (_, Event::Lose) => Unknown,
            (AwaitingBank, Event::Create) => AwaitingBank,
            (Processing, Event::Create) => return Ok(Move::Stale),
            (_, Event::Create) => Created,
            (_, Event::AskApproval) => AwaitingBank,
            (_, Event::Process) => Processing,
            (_, Event::Finish) => Finished,
            (_, Event::Fail) => Failed,
            (_, Event::PayInPart) => PartiallyPaid,
        };
        Ok(if reached == self { Move::Stay } else { Move::To(reached) })
    }
}

impl Event {
    /// The state that a report claims, for comparing it with a final one.
    fn state(self) -> Option<PaymentState> {
        match self {
            Self::Finish => Some(Finished),
            Self::Fail => Some(Failed),
            Self::PayInPart => Some(PartiallyPaid),
            _ => None,
        }
    }
}
