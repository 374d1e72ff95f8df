//! Opening the book: the window's own, or the one in the folder of `--data-dir`.

use crate::arguments::Common;
use crate::ending::Ending;
use crate::secrets;
use bank::clock::Clock;
use bank::desk::Desk;
use bank::failure::FailureKind;
use bank::place::{Home, make_private};
use bank::settings::Language;
use bank::store::accounts::{Account, AccountId};
use bank::vault::{Cost, SealedFile, Secret, Vault};

/// What a new passphrase has at least, in characters.
const SHORTEST: usize = 8;

/// Whether a book may be begun where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// It may.
    New,
    /// A command that only shows makes no folders and draws no keys.
    Never,
}

/// Opens it. A passphrase opens whatever is closed: the app lock, or the sealed file that stands in for the keychain.
pub(crate) async fn open(common: &Common, clock: Clock, begin: Begin) -> Result<Desk, Ending> {
    let home = match &common.data_dir {
        // Not made here only to be found empty.
        Some(folder) if begin == Begin::Never && !folder.exists() => return Err(Ending::NoBook),
        Some(folder) => Home::at(folder)?,
        None => Home::usual().ok_or(Ending::NoHome)?,
    };
    if begin == Begin::Never && !home.has_book() {
        return Err(Ending::NoBook);
    }
    let passphrase = common.passphrase_file.as_deref().map(secrets::from_file).transpose()?;
    let file = home.sealed_vault();
    if file.exists() {
        let passphrase = given_or_typed(passphrase, "Passphrase: ", FailureKind::Locked)?;
        return sealed(&home, SealedFile::open(file, passphrase).await?, clock).await;
    }
    let vault = Vault::open(&home.service());
    if !home.has_book() && is_without_keychain(&vault).await {
        let passphrase = given_or_typed(passphrase, "New passphrase: ", FailureKind::KeychainAbsent)?;
        if passphrase.expose().chars().count() < SHORTEST {
            return Err(Ending::ShortPassphrase);
        }
        make_private(home.folder())?;
        let made = match SealedFile::create(file.clone(), passphrase.clone(), Cost::OWNER).await {
            // Another process was quicker.
            Err(_) if file.exists() => SealedFile::open(file, passphrase).await,
            made => made,
        };
        return sealed(&home, made?, clock).await;
    }
    let is_given = passphrase.is_some();
    let opened = Desk::open(&home.own(), vault.clone(), clock.clone(), Language::En, passphrase).await;
    match opened {
        Err(failure) if failure.kind == FailureKind::Locked && !is_given => {
            let typed = given_or_typed(None, "Password: ", FailureKind::Locked)?;
            Ok(Desk::open(&home.own(), vault, clock, Language::En, Some(typed)).await?)
        }
        opened => Ok(opened?),
    }
}

/// Linux alone has systems without a keychain; there the window offers the same.
async fn is_without_keychain(vault: &Vault) -> bool {
    cfg!(target_os = "linux")
        && vault.self_test().await.is_err_and(|failure| failure.kind == FailureKind::KeychainAbsent)
}

async fn sealed(home: &Home, file: SealedFile, clock: Clock) -> Result<Desk, Ending> {
    let vault = Vault::sealed(&home.service(), &file);
    Ok(Desk::open(&home.own(), vault, clock, Language::En, None).await?)
}

fn given_or_typed(
    given: Option<Secret<String>>,
    question: &str,
    otherwise: FailureKind,
) -> Result<Secret<String>, Ending> {
    match given {
        Some(given) => Ok(given),
        None => secrets::from_terminal(question)?.ok_or_else(|| otherwise.into()),
    }
}

/// The account that is meant by an IBAN or by its number in the list.
pub(crate) fn account<'a>(accounts: &'a [Account], name: &str) -> Result<&'a Account, Ending> {
    let iban = bank::iban::normalise(name);
    let id = name.parse().ok().map(AccountId);
    let meant = |account: &&Account| Some(account.id) == id || account.iban.as_deref() == Some(iban.as_str());
    accounts.iter().find(meant).ok_or_else(|| Ending::NoSuchAccount(name.to_owned()))
}

/// All accounts that are meant.
pub(crate) fn account_ids(accounts: &[Account], names: &[String]) -> Result<Vec<AccountId>, Ending> {
    names.iter().map(|name| account(accounts, name).map(|account| account.id)).collect()
}
