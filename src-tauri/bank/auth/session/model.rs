//! A model of several processes that renew one session, under all sorts of schedules, lost answers and deaths (security.md
//! B-19, G-07). What is decided is decided by the session's own [`rules`](super::rules); the kernel's lock, the keychain's
//! slots, the book and an Everifin that ends the session at a reuse are modelled.
//!
//! It must hold: no token is sent twice unless its answer was lost or died with its process; no token that was kept is lost;
//! a session ends only where a renewed token was lost on its way; everybody gets an answer. The same model with one of four
//! flaws built in must be found out, or it would prove nothing.

use super::rules::{Found, Heard, Next};
use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::{Arc, Mutex, MutexGuard};
use shuttle::thread;
use std::collections::BTreeSet;

const SCHEDULES: usize = 2_000;
const PROCESSES: usize = 2;
const CALLERS: usize = 2;
/// How much may go wrong in one schedule; drawn anew for each.
const MISFORTUNES: u32 = 3;

#[derive(Clone, Copy, PartialEq)]
enum Flaw {
    None,
    /// Processes do not keep each other away.
    NoLock,
    /// The keychain is read before the lock is there.
    ReadsTooEarly,
    /// The lock is let go before the token is kept.
    LetsGoTooEarly,
    /// Tasks of one process do not wait for each other, and take no outcome over.
    NoSingleFlight,
}

/// Why there is no token.
#[derive(Clone, Copy, PartialEq)]
enum Not {
    Over,
    Failed,
    Died,
}

#[derive(Default)]
struct Server {
    good: u64,
    dead: bool,
    sent: BTreeSet<u64>,
}

#[derive(Default)]
struct World {
    kernel: Mutex<()>,
    /// Generation and token.
    slots: Mutex<[Option<(u64, u64)>; 2]>,
    /// The lowest generation that may be sent, and the one that was sent.
    book: Mutex<(u64, Option<u64>)>,
    server: Mutex<Server>,
    /// What only the checker knows: tokens whose answer nobody has heard and kept, the last token that was kept, how many
    /// renewals there was a reason for, how much has gone wrong and how much may.
    unheard: Mutex<BTreeSet<u64>>,
    kept: Mutex<u64>,
    reasons: Mutex<u64>,
    misfortunes: Mutex<u32>,
    allowed: Mutex<u32>,
}

/// One process: its memory is lost when it dies.
#[derive(Default)]
struct Process {
    turn: Mutex<()>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    access: Option<u64>,
    round: u64,
    outcome: Option<Not>,
}

impl World {
    fn signed_in() -> Self {
        let world = Self::default();
        *world.slots.lock().unwrap() = [Some((1, 0)), None];
        *world.allowed.lock().unwrap() = thread_rng().gen_range(0..=MISFORTUNES);
        world
    }

    /// Whether something goes wrong now.
    fn misfortune(&self) -> bool {
        let mut so_far = self.misfortunes.lock().unwrap();
        let now = *so_far < *self.allowed.lock().unwrap() && thread_rng().gen_range(0..8) == 0;
        *so_far += u32::from(now);
        now
    }

    /// The process may die here.
    fn step(&self) -> Result<(), Not> {
        if self.misfortune() { Err(Not::Died) } else { Ok(()) }
    }

    fn newest(&self) -> (u64, u64) {
        self.slots.lock().unwrap().into_iter().flatten().max().unwrap()
    }

    fn find(&self) -> (Found, u64) {
        let (lowest, asked) = *self.book.lock().unwrap();
        let (stored, token) = self.newest();
        (Found { stored: Some(stored), lowest, asked }, token)
    }

    /// Asks Everifin: a new token, a no that ends the session (`Ok(None)`), or something else.
    fn ask(&self, token: u64) -> Result<Option<u64>, Heard> {
        if self.misfortune() {
            return Err(Heard::NotSent);
        }
        let may_be_sent_again = !self.unheard.lock().unwrap().insert(token);
        if self.misfortune() {
            // The request is lost on its way, or refused by somebody on it.
            return Err(if thread_rng().gen_range(0..2) == 0 { Heard::Lost } else { Heard::Answered });
        }
        let answer = {
            let mut server = self.server.lock().unwrap();
            let is_first = server.sent.insert(token);
            assert!(is_first || may_be_sent_again, "token {token} was sent twice");
            server.dead |= token != server.good;
            server.good += u64::from(!server.dead);
            (!server.dead).then_some(server.good)
        };
        if self.misfortune() { Err(Heard::Lost) } else { Ok(answer) }
    }

    /// Keeps a token in the older slot; a death in the middle tears it.
    fn save(&self, token: u64) -> Result<u64, Not> {
        let (older, generation) = {
            let slots = self.slots.lock().unwrap();
            let [a, b] = slots.map(|slot| slot.map(|(generation, _)| generation));
            (usize::from(a > b), a.max(b).unwrap() + 1)
        };
        self.slots.lock().unwrap()[older] = None;
        self.step()?;
        self.slots.lock().unwrap()[older] = Some((generation, token));
        *self.kept.lock().unwrap() = token;
        Ok(generation)
    }

    fn renew(&self, flaw: Flaw) -> Result<u64, Not> {
        let early = (flaw == Flaw::ReadsTooEarly).then(|| self.find());
        let mut lock: Option<MutexGuard<'_, ()>> = None;
        if flaw != Flaw::NoLock {
            lock = Some(self.kernel.lock().unwrap());
        }
        self.step()?;
        for _ in 0..2 {
            let (found, token) = early.unwrap_or_else(|| self.find());
            let Next::Ask { generation, again } = found.next() else { break };
            self.step()?;
            *self.book.lock().unwrap() = (generation, Some(generation));
            self.step()?;
            match self.ask(token) {
                Ok(Some(new)) => {
                    self.step()?;
                    if flaw == Flaw::LetsGoTooEarly {
                        lock = None;
                    }
                    let kept = self.save(new)?;
                    self.unheard.lock().unwrap().remove(&token);
                    self.step()?;
                    *self.book.lock().unwrap() = (kept, None);
                    self.step()?;
                    drop(lock);
                    return Ok(new);
                }
                Ok(None) => {
                    *self.book.lock().unwrap() = (generation + 1, None);
                    self.unheard.lock().unwrap().remove(&token);
                }
                Err(heard) => {
                    if !heard.leaves_open(again) {
                        *self.book.lock().unwrap() = (generation, None);
                        self.unheard.lock().unwrap().remove(&token);
                    }
                    return Err(Not::Failed);
                }
            }
        }
        assert_ne!(self.newest().1, self.server.lock().unwrap().good, "a session ended that was alive");
        Err(Not::Over)
    }
}

impl Process {
    /// As `Session::access`: the token, or none when the session is over. Tries again after everything else.
    fn access(&self, world: &World, flaw: Flaw) -> Option<u64> {
        loop {
            let seen = {
                let memory = self.memory.lock().unwrap();
                if memory.access.is_some() {
                    return memory.access;
                }
                memory.round
            };
            let _turn = (flaw != Flaw::NoSingleFlight).then(|| self.turn.lock().unwrap());
            let waited_for = {
                let memory = self.memory.lock().unwrap();
                let others = (memory.round != seen).then_some((memory.outcome, memory.access));
                others.filter(|(outcome, access)| outcome.is_some() || access.is_some())
            };
            let outcome = match waited_for {
                Some((outcome, access)) if flaw != Flaw::NoSingleFlight => access.ok_or_else(|| outcome.unwrap()),
                _ => {
                    let outcome = world.renew(flaw);
                    let mut memory = self.memory.lock().unwrap();
                    let round = memory.round + 1;
                    *memory = Memory { access: outcome.ok(), round, outcome: outcome.err() };
                    outcome
                }
            };
            match outcome {
                Ok(token) => return Some(token),
                Err(Not::Over) => return None,
                Err(Not::Failed | Not::Died) => {}
            }
        }
    }

    /// As `Session::reject`: a token that has been replaced meanwhile stays.
    fn reject(&self, world: &World, token: u64) {
        let mut memory = self.memory.lock().unwrap();
        if memory.access == Some(token) {
            memory.access = None;
            *world.reasons.lock().unwrap() += 1;
        }
    }
}

fn run(flaw: Flaw) {
    let world = Arc::new(World::signed_in());
    let callers: Vec<_> = (0..PROCESSES)
        .flat_map(|_| {
            let process = Arc::new(Process::default());
            std::iter::repeat_n(process, CALLERS)
        })
        .map(|process| {
            let world = world.clone();
            thread::spawn(move || {
                let Some(token) = process.access(&world, flaw) else { return };
                process.reject(&world, token);
                process.access(&world, flaw);
            })
        })
        .collect();
    for caller in callers {
        caller.join().unwrap();
    }
    assert_eq!(world.newest().1, *world.kept.lock().unwrap(), "the last token that was kept is the newest there is");
    if *world.misfortunes.lock().unwrap() == 0 {
        let server = world.server.lock().unwrap();
        assert!(!server.dead, "nothing went wrong, and the session lives");
        assert_eq!(server.sent.len() as u64, server.good, "each token was sent once");
        let reasons = PROCESSES as u64 + *world.reasons.lock().unwrap();
        assert!(server.good <= reasons, "one renewal for each process, and one for each token that was rejected");
    }
}

fn check(flaw: Flaw) {
    shuttle::check_random(move || run(flaw), SCHEDULES);
    shuttle::check_pct(move || run(flaw), SCHEDULES, 4);
}

#[test]
fn no_schedule_sends_a_token_twice_or_loses_one_that_was_kept() {
    check(Flaw::None);
    println!("{} schedules of {PROCESSES} processes with {CALLERS} callers each: 0 found", 2 * SCHEDULES);
}

#[test]
#[should_panic]
fn the_model_finds_processes_that_do_not_keep_each_other_away() {
    check(Flaw::NoLock);
}

#[test]
#[should_panic]
fn the_model_finds_a_keychain_that_is_read_before_the_lock_is_there() {
    check(Flaw::ReadsTooEarly);
}

#[test]
#[should_panic]
fn the_model_finds_a_lock_that_is_let_go_before_the_token_is_kept() {
    check(Flaw::LetsGoTooEarly);
}

#[test]
#[should_panic]
fn the_model_finds_tasks_that_do_not_share_a_renewal() {
    check(Flaw::NoSingleFlight);
}
