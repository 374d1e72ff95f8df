//! The journal as a file.

use super::everifin::{Answer, Bank, status};
use super::flow::handed_over;
use super::world::{SUPPLIER, World};
use crate::payments::{check, record};
use serde_json::json;

#[tokio::test]
async fn e21_the_file_tells_every_state_of_every_payment_and_no_content() {
    let (world, bank) = (World::new(), Bank::open().await);
    bank.create(Answer::Data(200, json!({ "id": "=1+1", "status": "CREATED" })));
    let (id, _) = handed_over(&world, &bank).await;
    bank.read(status("FINISHED", None));
    check(&world.store, &bank.client(&world.clock()).await, &world.clock(), id).await.unwrap();
    let text = record(&world.store).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(lines[0].join(","), "at,payment,state,reviewed_sha256,sent_sha256,external_id,remote_id,remote_status");
    let states: Vec<&str> = lines[1..].iter().map(|line| line[2]).collect();
    assert_eq!(states, ["draft", "confirmed", "sending", "created", "awaitingBank", "finished"]);
    let (first, last) = (&lines[1], &lines[6]);
    assert_eq!((first[0], first[1], first[3..].concat()), ("2026-11-23T09:00:00.000Z", "1", String::new()));
    assert_eq!((last[3].len(), last[4].len(), last[5]), (64, 64, bank.external_id().as_str()));
    assert_eq!((last[6], last[7]), ("'=1+1", "FINISHED"), "a foreign id is no formula");
    for content in [SUPPLIER, "Kovostav", "1840", "2026104418"] {
        assert!(!text.contains(content), "{content}");
    }
}
