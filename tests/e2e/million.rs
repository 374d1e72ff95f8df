//! A book of a million rows in the real window: opened, scrolled from its first row to its last, searched key by key, and what it
//! takes. Only by `cargo xtask e2e million`, because filling the book takes minutes; one that `cargo xtask bench` has kept is taken as
//! it is.

use crate::desktop;
use crate::traces;
use crate::window::Window;
use bank::measuring;
use bank::store::Store;
use bank::vault::{Secret, Vault};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Instant;

const ROWS: u32 = 1_000_000;
/// Where `cargo xtask bench` keeps its books.
const KEPT: &str = "target/bench/1000000.db";

/// Scrolls the list by as many steps from its top to its bottom, one a frame, and answers how long each frame took.
const SCROLL: &str = "
    const [steps, done] = arguments;
    const grid = document.querySelector('[role=grid]');
    const way = grid.scrollHeight - grid.clientHeight;
    const frames = [];
    let last = performance.now(), step = 0;
    grid.scrollTop = 0;
    const frame = now => {
        frames.push(now - last);
        last = now;
        if (step++ === steps) return done(frames.slice(1));
        grid.scrollTop = way * step / steps;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// The same over a few views near the top, as a finger scrolls.
const GLIDE: &str = "
    const [steps, done] = arguments;
    const grid = document.querySelector('[role=grid]');
    const frames = [];
    let last = performance.now(), step = 0;
    grid.scrollTop = 0;
    const frame = now => {
        frames.push(now - last);
        last = now;
        if (step++ === steps) return done(frames.slice(1));
        grid.scrollTop += 40;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// Frames in which nothing happens: the least that this display can do.
const IDLE: &str = "
    const [steps, done] = arguments;
    const frames = [];
    let last = performance.now();
    const frame = now => {
        frames.push(now - last);
        last = now;
        frames.length > steps ? done(frames.slice(1)) : requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// Types a text into the search field, each key when the list of the one before has been painted; answers what each took, from the key
/// to the frame after the new list was in the document.
const TYPE: &str = "
    const [text, done] = arguments;
    const field = document.querySelector('input[type=search]');
    const shown = () => [...document.querySelectorAll('[role=grid] [role=row]')].map(row => row.innerText).join();
    const frame = () => new Promise(next => requestAnimationFrame(next));
    (async () => {
        const took = [];
        for (let length = 1; length <= text.length; length++) {
            const grid = document.querySelector('[role=grid]'), rows = grid.getAttribute('aria-rowcount');
            await frame();
            const began = performance.now();
            field.value = text.slice(0, length);
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            while (grid.getAttribute('aria-rowcount') === rows && performance.now() - began < 5000) await frame();
            await frame();
            took.push(performance.now() - began);
            while (grid.getAttribute('aria-rowcount') === '-1' && performance.now() - began < 20000) await frame();
        }
        done(took);
    })();";

/// A question without work, and one with, as the page asks them; the middle of 21 each.
const ASK: &str = "
    const [text, done] = arguments;
    const ask = window.__TAURI_INTERNALS__.invoke;
    const filter = { text, accounts: [], from: null, to: null, direction: null };
    const middle = async act => {
        const took = [];
        for (let i = 0; i < 21; i++) { const began = performance.now(); await act(); took.push(performance.now() - began); }
        return took.sort((a, b) => a - b)[10];
    };
    (async () => done([await middle(() => ask('settings')), await middle(() => ask('find_transactions', { filter }))]))();";

#[tokio::test]
async fn million() {
    let window = Window::open().await;
    window.sees("All your company").await;
    let alone = memory();
    window.close().await;

    // Another book takes the place of the empty one, with its key.
    Vault::open("app.saldo.desktop.dev").save_database_key(Secret::new(measuring::KEY)).await.unwrap();
    let book = traces::home().join("own/saldo.db");
    for ending in ["db", "db-wal", "db-shm"] {
        let _ = fs::remove_file(book.with_extension(ending));
    }
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    let began = Instant::now();
    if kept.exists() {
        fs::copy(&kept, &book).unwrap();
        // What has not moved into the file yet.
        let _ = fs::copy(kept.with_extension("db-wal"), book.with_extension("db-wal"));
    } else {
        let store = Store::open(&book, &measuring::key()).unwrap();
        measuring::fill(&store, ROWS).unwrap();
        store.close();
    }
    println!("a book of {ROWS} rows after {} s", began.elapsed().as_secs());
    let began = Instant::now();
    let window = Window::open().await;
    window.sees("Total balance").await;
    println!("start to overview, the driver with it: {} ms", began.elapsed().as_millis());
    window.press("Transactions").await;
    window.holds("return Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) > 1000000").await;
    frames("idle", &window.measure(IDLE, json!(120)).await);
    frames("gliding by 40 pixels", &window.measure(GLIDE, json!(300)).await);
    let scrolled = frames("from the first row to the last", &window.measure(SCROLL, json!(300)).await);
    window
        .holds("const grid = document.querySelector('[role=grid]'); return grid.innerText.replace(/\\u00a0/g, ' ').includes('November 2016')")
        .await;
    window.picture("million-1-last").await;
    for text in ["novak", "faktura 2024", "zizka strechy"] {
        let asked = window.measure(ASK, json!(text)).await;
        let took = window.measure(TYPE, json!(text)).await;
        println!("{text}: ping {} ms, ping and query {} ms, each key to its list: {took} ms", asked[0], asked[1]);
        window.picture("million-2-found").await;
        let none = window.run(
            "const field = document.querySelector('input[type=search]'); field.value = '';
             field.dispatchEvent(new InputEvent('input', { bubbles: true })); return null",
            vec![],
        );
        none.await;
        window
            .holds("return Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) > 1000000")
            .await;
    }
    for (name, empty) in alone {
        let with = memory().into_iter().find(|(same, _)| *same == name).map(|(_, with)| with);
        println!(
            "memory of {name}: {empty} MB at the first screen, {} MB with {ROWS} rows after the searches",
            with.unwrap_or(0)
        );
    }
    window.close().await;
    assert!(scrolled < 1_000.0, "a frame took a second");
}

/// Prints how long frames took, in milliseconds; answers the longest.
fn frames(what: &str, all: &Value) -> f64 {
    let mut took: Vec<f64> = all.as_array().unwrap().iter().map(|frame| frame.as_f64().unwrap()).collect();
    took.sort_by(f64::total_cmp);
    let at = |part: usize| took[(took.len() - 1) * part / 100];
    let long = took.iter().filter(|frame| **frame > 50.0).count();
    println!(
        "{what}: {} frames, median {:.1} ms, 95 of 100 under {:.1} ms, longest {:.1} ms, {long} over 50 ms",
        took.len(),
        at(50),
        at(95),
        at(100)
    );
    at(100)
}

/// Megabytes (PSS) of Saldo's own process and of its web view's.
fn memory() -> Vec<(&'static str, u64)> {
    let of = |name: &str| -> u64 {
        let rollups = desktop::processes_of(name).into_iter().filter_map(|(id, _)| {
            let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
            rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.split_whitespace().next()?.parse::<u64>().ok()
        });
        rollups.sum::<u64>() / 1_000
    };
    vec![("Saldo", of("saldo")), ("the web view", of("WebKitWebProcess"))]
}
