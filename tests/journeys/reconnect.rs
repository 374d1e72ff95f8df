//! When Everifin ends the session: one click, and everything is as before.

use super::office::Office;
use bank::auth::SessionState;
use bank::failure::FailureKind;
use bank::store::transactions::{Annotation, Category, TransactionFilter};

#[tokio::test]
async fn a_revoked_session_is_renewed_with_the_note_still_there() {
    let mut office = Office::connected().await;
    let store = office.desk.store.clone();
    let filter = TransactionFilter::default();
    let section = store.sections(&filter).unwrap().unwrap()[0].section.clone();
    let row = store.page(&filter, &section, None, 200).unwrap().rows[0].clone();
    let note = Annotation { note: "second of three advances".into(), category: Some(Category::Sales) };
    store.annotate(row.id, &note).unwrap();
    let before = store.sections(&filter).unwrap().unwrap();

    office.everifin.revoke_session();
    assert_eq!(office.desk.sync(|_| ()).await.unwrap_err().kind, FailureKind::SignInNeeded);
    assert_eq!(office.desk.line().session.state().await.unwrap(), SessionState::Ended);
    assert_eq!(store.sections(&filter).unwrap().as_ref(), Some(&before), "the ledger can be read as before");

    office.sign_in().await;
    let report = office.sync().await;
    assert_eq!((report.failed, report.added, report.quarantined), (0, 0, 0));
    assert_eq!(store.sections(&filter).unwrap(), Some(before));
    let detail = store.transaction(row.id).unwrap();
    assert_eq!(
        (detail.note.as_deref(), detail.row.category),
        (Some("second of three advances"), Some(Category::Sales))
    );
}
