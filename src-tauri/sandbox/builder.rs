//! Setting a sandbox up and starting it.

use crate::{
    api, control,
    faults::{self, Faults},
    idp::{self, clients::Client, sessions::Lifetimes},
    kept::{self, Kept},
    manners::{Manners, NoSuchBank},
    pages,
    payments::{approval, asking::Asking, book::PaymentBook},
    personalities::Personality,
    running::Sandbox,
    shared::{Clock, Live, Shared, token_dice},
    world::World,
};
use axum::{Router, middleware};
use chrono::{DateTime, SubsecRound, Utc};
use rand::Rng;
use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex, atomic::AtomicI64},
    time::Duration,
};

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or the loopback interface is not there.
    #[error("could not listen on 127.0.0.1")]
    Bind(#[source] io::Error),
    /// The state file cannot be read or written.
    #[error("the state file could not be used")]
    StateFile(#[source] io::Error),
    /// A personality was given to a bank that is not there.
    #[error(transparent)]
    Bank(#[from] NoSuchBank),
}

/// Settings of a sandbox; see each method for its default.
pub struct Builder {
    seed: u64,
    clock: Clock,
    realm: String,
    client: (String, Option<String>),
    others: Vec<(String, String)>,
    redirects: Vec<String>,
    scopes: Vec<String>,
    lifetimes: Lifetimes,
    state_file: Option<PathBuf>,
    port: u16,
    seen_at: Option<String>,
    control: bool,
    enforce_pkce: bool,
    system_randomness: bool,
    personalities: BTreeMap<String, Vec<Personality>>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            seed: 1,
            clock: Arc::new(Utc::now),
            realm: "everifin_app".to_owned(),
            client: ("saldo-demo".to_owned(), None),
            others: Vec::new(),
            redirects: vec!["app.saldo.desktop:/oauth/callback".to_owned(), "http://localhost".to_owned()],
            scopes: ["ais", "pis", "openid"].map(str::to_owned).to_vec(),
            lifetimes: Lifetimes {
                access: Duration::from_secs(300),
                idle: Duration::from_secs(30 * 86_400),
                max: Duration::from_secs(365 * 86_400),
            },
            state_file: None,
            port: 0,
            seen_at: None,
            control: false,
            enforce_pkce: true,
            system_randomness: false,
            personalities: BTreeMap::new(),
        }
    }
}

impl Builder {
    /// Seed of the world and, without [`system_randomness`](Self::system_randomness), of all tokens. Default 1. Where a
    /// state file exists its seed is kept.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Where the time comes from. Default: the system.
    pub fn clock(mut self, clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The realm. Default `everifin_app`.
    pub fn realm(mut self, realm: impl Into<String>) -> Self {
        self.realm = realm.into();
        self
    }

    /// The client's credentials. Default `saldo-demo` with a random secret, which a state file keeps.
    pub fn client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.client = (id.into(), Some(secret.into()));
        self
    }

    /// A second client with the same redirect addresses and scopes. Default: none.
    pub fn other_client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.others.push((id.into(), secret.into()));
        self
    }

    /// One more redirect address, compared as an exact string. Default: `app.saldo.desktop:/oauth/callback`, and
    /// `http://localhost` with any port.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirects.push(uri.into());
        self
    }

    /// The scopes that clients may ask for. Default `ais pis openid`.
    pub fn scopes(mut self, scopes: &str) -> Self {
        self.scopes = scopes.split_whitespace().map(str::to_owned).collect();
        self
    }

    /// How long an access token lasts. Default 300 s.
    pub fn access_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetimes.access = lifetime;
        self
    }

    /// How long a session lasts without use, and in all. Default 30 and 365 days.
    pub fn session_lifetime(mut self, idle: Duration, max: Duration) -> Self {
        self.lifetimes.idle = idle;
        self.lifetimes.max = max;
        self
    }

    /// Where sessions, payments and the world's epoch are kept over a restart. Default: nowhere.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// The port on 127.0.0.1. Default 0: any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The address by which the world knows it, where that is another one than its own: something stands in between.
    /// Default: its own.
    pub fn seen_at(mut self, address: impl Into<String>) -> Self {
        self.seen_at = Some(address.into());
        self
    }

    /// Whether `/control` answers. Default: no.
    pub fn control(mut self, control: bool) -> Self {
        self.control = control;
        self
    }

    /// Whether a code that was asked for with a challenge needs its verifier. Default: yes, as Keycloak does.
    pub fn enforce_pkce(mut self, on: bool) -> Self {
        self.enforce_pkce = on;
        self
    }

    /// Mixes the system's randomness into tokens and secrets, as the demo needs. Default: no, everything follows from
    /// the seed.
    pub fn system_randomness(mut self, on: bool) -> Self {
        self.system_randomness = on;
        self
    }

    /// One more bad habit of a bank (by identifier, such as `cekoskbx`). Default: all banks behave.
    pub fn personality(mut self, bank: impl Into<String>, personality: Personality) -> Self {
        self.personalities.entry(bank.into()).or_default().push(personality);
        self
    }

    /// Starts serving.
    ///
    /// # Errors
    /// [`StartError`] when the port or the state file cannot be used, or a bank is not known.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)))
            .await
            .map_err(StartError::Bind)?;
        let address = listener.local_addr().map_err(StartError::Bind)?;
        let base = self.seen_at.clone().unwrap_or_else(|| format!("http://{address}"));
        let shared = Arc::new(self.open(base)?);
        let router = router(&shared);
        Ok(Sandbox::serve(listener, address, router, shared))
    }

    fn open(self, base: String) -> Result<Shared, StartError> {
        let kept = match &self.state_file {
            Some(path) => kept::load(path).map_err(StartError::StateFile)?,
            None => None,
        };
        let starts = kept.as_ref().map_or(0, |kept| kept.starts + 1);
        let mut dice = token_dice(self.seed, starts, self.system_randomness);
        let now = (self.clock)().trunc_subsecs(3);
        let mut kept = kept.unwrap_or_else(|| Kept {
            seed: self.seed,
            epoch: now,
            touched: now,
            starts,
            client_secret: random_text(&mut dice),
            signing_key: random_text(&mut dice),
            sessions: Vec::new(),
            granted: BTreeMap::new(),
            consents: BTreeMap::new(),
            renewals: BTreeMap::new(),
            payments: PaymentBook::default(),
        });
        kept.starts = starts;
        if let Some(secret) = self.client.1 {
            kept.client_secret = secret;
        }
        if let Some(path) = &self.state_file {
            kept::save(path, &kept).map_err(StartError::StateFile)?;
        }
        let clients = [(self.client.0, kept.client_secret.clone())]
            .into_iter()
            .chain(self.others)
            .map(|(id, secret)| Client { id, secret, redirects: self.redirects.clone(), scopes: self.scopes.clone() })
            .collect();
        let mut manners = Manners::new(kept.seed);
        for (bank, personalities) in &self.personalities {
            manners.set(bank, personalities)?;
        }
        let mut live = Live {
            world: World::new(kept.seed, kept.epoch),
            kept,
            dice,
            tabs: HashMap::new(),
            codes: HashMap::new(),
            disabled: false,
            revoked: HashSet::new(),
            faults: Faults::default(),
            closed: HashSet::new(),
            manners,
            asking: Asking::default(),
            refreshes: VecDeque::new(),
            counts: BTreeMap::new(),
        };
        live.replay_payments();
        Ok(Shared {
            base,
            realm: self.realm,
            clients,
            lifetimes: self.lifetimes,
            control: self.control,
            enforce_pkce: self.enforce_pkce,
            state_file: self.state_file,
            clock: self.clock,
            ahead: AtomicI64::new(0),
            live: Mutex::new(live),
        })
    }
}

fn random_text(dice: &mut impl Rng) -> String {
    (0..32).map(|_| char::from(dice.sample(rand::distr::Alphanumeric))).collect()
}

fn router(shared: &Arc<Shared>) -> Router {
    let mut router = idp::routes(&shared.realm).merge(api::routes()).merge(approval::routes()).merge(pages::routes());
    if shared.control {
        router = router.merge(control::routes());
    }
    router
        .fallback(api::no_such_url)
        .method_not_allowed_fallback(api::no_such_url)
        .layer(middleware::from_fn_with_state(Arc::clone(shared), faults::meddle))
        .with_state(Arc::clone(shared))
}
