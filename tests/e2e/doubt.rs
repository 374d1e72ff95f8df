//! A bank that corrects amounts under their old ids: the owner is asked, decides, sees what stands aside by it, undoes a sync, and is
//! told why days are not proved any more.

use crate::desktop::Opener;
use crate::story;
use crate::window::Window;
use chrono::TimeDelta;
use sandbox::{Personality, Sandbox};

/// Long enough for several corrections, and shorter than a session may rest.
const LATER: TimeDelta = TimeDelta::days(20);

/// What is asked where an amount differs.
const QUESTION: &str = "One transaction came with two amounts";

/// Opens the first row that stands aside.
const OPEN_ASIDE: &str = "document.querySelector('[aria-labelledby=aside] .link').click()";

#[tokio::test]
async fn doubt() {
    let everifin = Sandbox::builder()
        .seed(7)
        .personality("tatrskbx", Personality::AmountCorrected)
        .personality("gibaskbx", Personality::AmountCorrected);
    let everifin = everifin.start().await.unwrap();
    let window = Window::open().await;
    story::connect(&window, &everifin, Opener::XdgOpen).await;
    sync(&window).await;

    // The bank sends rows again with another amount: each is a question, and none has taken the place of another.
    everifin.advance(LATER);
    sync(&window).await;
    window.press("Changes").await;
    window.sees(QUESTION).await;
    window.sees("first reading").await;
    window.pictures("doubt-1-asked").await;
    let before = questions(&window).await;
    window.press("Only the later one").await;
    window.sees("Your decision").await;
    let one_less = format!("return document.body.innerText.split('{QUESTION}').length === {before}");
    window.holds(&one_less).await;
    window.pictures("doubt-2-decided").await;

    // The one that stands aside by it is in no list, and can be looked at all the same.
    window.run(OPEN_ASIDE, vec![]).await;
    window.sees("Not counted: ").await;
    window.sees("First seen").await;
    window.pictures("doubt-3-aside").await;
    window.press("Close").await;
    window.sees_no_more("First seen").await;

    // The sync is undone, and could be brought back.
    window.press("Undo Sync").await;
    window.sees("Nothing is deleted").await;
    window.press("Undo").await;
    window.sees("Bring back").await;
    window.pictures("doubt-4-undone").await;

    // Now the bank's balance has what the ledger has not: the account says so, and why.
    window.press("Overview").await;
    window.sees("Total balance").await;
    window.press("Not every day of").await;
    window.sees("Can these figures be trusted?").await;
    window.sees("than what is booked here").await;
    window.sees("The last tries").await;
    window.pictures("doubt-5-explained").await;
    window.press("Close").await;
    window.press("Changes").await;
    window.sees("You undid the sync that brought it").await;
    window.close().await;
}

/// Reads all accounts, after whatever Saldo reads by itself.
async fn sync(window: &Window) {
    window.press("Overview").await;
    window.sees("Total balance").await;
    window.press("Sync").await;
    window.sees_no_more("Syncing").await;
}

/// How many questions about amounts are asked.
async fn questions(window: &Window) -> usize {
    window.text().await.matches(QUESTION).count()
}
