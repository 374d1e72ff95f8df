//! Signing the open book in, from the click to the address that ends it.

use super::{Book, Saldo};
use crate::window::{Happened, SignInStatus};
use bank::auth::{CredentialsInput, CredentialsView, Environment, Purpose, Received, SignInState, SignedOut, Via};
use bank::desk::Desk;
use bank::failure::{FailureKind, Result};
use bank::payments;
use std::sync::Arc;

impl Saldo {
    /// Where the sign-in of the open book stands.
    pub async fn sign_in(&self) -> Result<SignInStatus> {
        let (book, desk) = self.open_book().await?;
        let purpose = desk.line().sign_in.purpose();
        Ok(SignInStatus { book, purpose, state: desk.sign_in(), opener: self.known_opener() })
    }

    /// The owner's own credentials, without the secret. The demo's are not hers.
    pub async fn credentials(&self) -> Result<Option<CredentialsView>> {
        match self.open_book().await? {
            (Book::Own, desk) => desk.credentials().await,
            (Book::Demo, _) => Ok(None),
        }
    }

    /// Keeps the owner's own credentials; they never go into the demo.
    pub async fn save_credentials(&self, credentials: CredentialsInput) -> Result<CredentialsView> {
        self.turn_to(Book::Own).await?.1.save_credentials(credentials).await
    }

    /// Begins a sign-in to the owner's own Everifin, whichever book is open.
    pub async fn connect(self: &Arc<Self>, via: Via) -> Result<SignInStatus> {
        self.turn_to(Book::Own).await?;
        self.begin(Purpose::SignIn, via).await
    }

    /// Finds out whether the open book's Everifin enforces PKCE, by a sign-in in the browser that ends without a session.
    pub async fn probe_pkce(self: &Arc<Self>, via: Via) -> Result<SignInStatus> {
        self.begin(Purpose::PkceProbe, via).await
    }

    /// Begins a sign-in of the open book in the system browser.
    async fn begin(self: &Arc<Self>, purpose: Purpose, via: Via) -> Result<SignInStatus> {
        self.ask_keychain_again();
        let desk = self.desk().await?;
        self.follow_sign_in(&desk);
        let line = desk.line();
        let begin = async {
            match purpose {
                Purpose::SignIn => line.sign_in.begin(via).await,
                Purpose::PkceProbe => line.sign_in.probe_pkce(via).await,
            }
        };
        // Where another program would get the answer, the owner hears of it while she waits.
        let (page, _) = tokio::join!(begin, self.look_for_opener());
        self.browse(page?.as_str())?;
        self.sign_in().await
    }

    /// Opens the demo book and begins its sign-in.
    pub async fn try_demo(self: &Arc<Self>) -> Result<SignInStatus> {
        self.turn_to(Book::Demo).await?;
        self.begin(Purpose::SignIn, Via::DeepLink).await
    }

    /// Opens Everifin's web application: the real one before anything has been entered, where an account is made.
    pub async fn open_everifin(&self) -> Result<()> {
        let link = self.desk().await?.store.connection()?;
        self.browse(link.map_or(Environment::Production, |link| link.environment).web_app())
    }

    /// Opens the sign-in page once more.
    pub async fn open_sign_in_again(&self) -> Result<SignInStatus> {
        let page = self.sign_in_page().await?;
        self.browse(&page)?;
        self.sign_in().await
    }

    /// Copies the address of the sign-in page.
    pub async fn copy_sign_in_link(&self) -> Result<()> {
        self.copy_text(&self.sign_in_page().await?)
    }

    /// Signs the open book out.
    pub async fn sign_out(&self) -> Result<SignedOut> {
        self.ask_keychain_again();
        self.desk().await?.sign_out().await
    }

    /// Takes an address that the owner pasted.
    pub async fn paste_address(&self, address: &str) -> Result<SignInStatus> {
        match self.desk().await?.line().sign_in.paste(address).await {
            Received::Finished => self.sign_in().await,
            Received::Wrong => Err(FailureKind::LinkWrong.into()),
            Received::Old => Err(FailureKind::LinkOld.into()),
        }
    }

    /// Gives the sign-in up. A demo that was never entered closes with it.
    pub async fn cancel_sign_in(&self) -> Result<SignInStatus> {
        let (book, desk) = self.open_book().await?;
        desk.line().sign_in.cancel().await;
        if book == Book::Demo && !desk.is_connected().await? {
            self.turn_to(Book::Own).await?;
        }
        self.sign_in().await
    }

    async fn sign_in_page(&self) -> Result<String> {
        let page = self.desk().await?.line().sign_in.address();
        Ok(page.ok_or(FailureKind::LinkOld)?.into())
    }

    /// Tells the window of each step of the sign-in, until it has ended.
    fn follow_sign_in(self: &Arc<Self>, desk: &Desk) {
        let (saldo, mut changes) = (Arc::clone(self), desk.line().sign_in.changes());
        tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                let ended =
                    !matches!(*changes.borrow_and_update(), SignInState::Waiting { .. } | SignInState::Finishing);
                saldo.tell(Happened::SignIn);
                if ended {
                    break;
                }
            }
        });
    }

    /// Takes an address from outside. Answers whether it was one that Saldo waited for: only then may the window come forward.
    pub async fn arrived(self: &Arc<Self>, address: &str) -> bool {
        let desk = match self.desk().await {
            Ok(desk) => desk,
            Err(_) => {
                // As it came, unread: it is taken in when the owner has unlocked, and forgotten when she does not in time.
                let mut guard = self.guard();
                if guard.is_shut() {
                    guard.keep(address, self.around.clock.now());
                }
                return false;
            }
        };
        if payments::is_payment_return(address) {
            let paid = payments::returned(&desk.store, &desk.line().everifin, &desk.clock, address).await;
            return match paid {
                Ok(Some(id)) => {
                    let saldo = Arc::clone(self);
                    tokio::spawn(async move { saldo.payments_moved(&desk, &[id]).await });
                    true
                }
                Ok(None) | Err(_) => false,
            };
        }
        let finished = desk.line().sign_in.receive(address).await == Received::Finished;
        if finished {
            // After a cold start nobody follows the sign-in.
            self.tell(Happened::SignIn);
        }
        finished
    }
}
