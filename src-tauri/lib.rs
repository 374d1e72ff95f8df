//! The shell: puts the parts together. The one place that names Tauri, with `commands` and `main`.

mod arrivals;
mod books;
mod capture;
mod clipboard;
pub mod commands;
mod dialog;
mod journal;
mod scheme;
mod window;

use bank::clock::Clock;
use bank::crash;
use bank::diagnostics::Versions;
use bank::place::make_private;
use bank::vault::{Cost, Vault};
pub use books::{Saldo, Surroundings};
pub use capture::{Marked, Region};
pub use dialog::{Chosen, Wanted};
use std::sync::Arc;
use tauri::{AppHandle, Manager, WebviewWindowBuilder};
use tauri_specta::collect_commands;
pub use window::{Book, Happened, KeychainKind, Platform, Security, SignInStatus, Start};

/// Runs Saldo until its window is closed.
pub fn run() {
    crash::leave_no_cores();
    crash::tell_places();
    // A damaged command line never comes from a browser or a desktop, and libraries below would stop on it.
    if std::env::args_os().any(|argument| argument.to_str().is_none()) {
        return;
    }
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, argv, _folder| second_start(app, &argv)))
        .plugin(tauri_plugin_deep_link::init())
        .invoke_handler(boundary().invoke_handler())
        .setup(|app| Ok(set_up(app.handle())?))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app.run(|app, event| {
            #[cfg(target_os = "macos")]
            if let tauri::RunEvent::Opened { urls } = &event
                && let [url] = urls.as_slice()
            {
                take_in(app, url.as_str().to_owned());
            }
            if let tauri::RunEvent::Exit = event
                && let Some(saldo) = app.try_state::<Arc<Saldo>>()
            {
                tauri::async_runtime::block_on(saldo.settle());
            }
        }),
        Err(error) => eprintln!("Saldo could not start: {error}"),
    }
}

/// Every command, for the invoke handler and for the generated TypeScript.
pub fn boundary<R: tauri::Runtime>() -> tauri_specta::Builder<R> {
    use commands::*;
    tauri_specta::Builder::new().disable_serde_phases().commands(collect_commands![
        start,
        listen,
        settings,
        save_settings,
        credentials,
        save_credentials,
        connect,
        try_demo,
        sign_in,
        open_sign_in_again,
        copy_sign_in_link,
        paste_address,
        cancel_sign_in,
        sign_out,
        leave_demo,
        overview,
        balance_history,
        accounts,
        transaction_sections,
        find_transactions,
        transactions,
        transaction,
        annotate,
        sync,
        standing,
        account_health,
        read_again,
        change_sets,
        changes,
        undo_changes,
        doubts,
        decide,
        backfills,
        backfill_seen,
        remove_transaction,
        count_again,
        rows_aside,
        rule_offer,
        make_rule,
        rules,
        remove_rule,
        choose_statement,
        look_at_statement,
        import_statement,
        read_invoice,
        choose_invoice,
        capture_invoice,
        payment_codes,
        save_payment_code,
        choose_orders,
        give_orders,
        look_at_orders,
        sum_of_orders,
        prepare_orders,
        connections,
        open_everifin,
        check_account,
        payees,
        check_draft,
        save_draft,
        draft,
        delete_draft,
        review_payment,
        copied_otherwise,
        bulk_offer,
        save_order,
        make_bulk,
        review_bulk,
        hand_over,
        approve_payment,
        answer_payment,
        paste_return,
        ways_back,
        save_payment_journal,
        payments,
        payment,
        check_payment,
        payee_book,
        remember_payee,
        paid_to,
        change_payee,
        forget_payee,
        templates,
        save_template,
        remove_template,
        use_template,
        due_payments,
        paying_rules,
        keep_lowest,
        keep_closing,
        closed_days,
        release_rule,
        set_release_rule,
        remove_release_rule,
        release_payment,
        unlock,
        lock,
        active,
        ask_keychain_again,
        security,
        set_app_lock,
        use_passphrase,
        backup,
        set_backup_password,
        set_daily_backup,
        choose_backup_folder,
        back_up_now,
        choose_backup,
        restore_backup,
        recovery,
        restore_copy,
        start_over,
        forget_everything,
        copy_text,
        diagnostics,
        repair_scheme,
        probe_pkce,
        save_report,
    ])
}

fn set_up(app: &AppHandle) -> tauri::Result<()> {
    let home = app.path().app_data_dir()?;
    let logs = home.join("logs");
    // A folder that cannot be made is said by the book that needs it, in the window.
    if make_private(&home).and_then(|()| make_private(&logs)).is_ok() {
        journal::begin(&logs);
    }
    let scheme = scheme::Scheme::new(app)?;
    scheme.claim();
    let repair = scheme.clone();
    let board = clipboard::Board::default();
    let copied = board.clone();
    let window = app.clone();
    let saldo = Arc::new(Saldo::new(Surroundings {
        home,
        clock: Clock::system(),
        keychain: Box::new(Vault::open),
        cost: Cost::OWNER,
        browser: Box::new(|address| open::that_detached(address).is_ok()),
        clipboard: Box::new(move |text| board.copy(text)),
        copied: Arc::new(move || copied.text()),
        choose: Box::new(dialog::chooser(app.clone())),
        capture: Box::new(|| Box::pin(capture::region())),
        documents: app.path().document_dir().or_else(|_| app.path().home_dir())?,
        clear_window: Box::new(move || {
            for (_, view) in window.webview_windows() {
                // What it does not clear lies in the folders that are emptied after.
                let _ = view.clear_all_browsing_data();
            }
        }),
        caches: [app.path().app_cache_dir(), app.path().app_local_data_dir()].into_iter().flatten().collect(),
        system_language: sys_locale::get_locale().unwrap_or_default(),
        opener: Box::new(move || scheme.opener()),
        claim_links: Box::new(move || repair.repair()),
        log: Box::new(move || journal::lines(&logs)),
        versions: Versions::new(tauri::webview_version().ok(), system()),
    }));
    tauri::async_runtime::spawn(Arc::clone(&saldo).watch_payments());
    tauri::async_runtime::spawn(Arc::clone(&saldo).watch_owner());
    tauri::async_runtime::spawn(Arc::clone(&saldo).watch_over());
    tauri::async_runtime::spawn(Arc::clone(&saldo).read_in_background());
    tauri::async_runtime::spawn(Arc::clone(&saldo).say_if_links_go_astray());
    app.manage(saldo);
    open_window(app)?;
    let argv: Vec<String> = std::env::args().collect();
    if let Some(address) = arrivals::address(&argv) {
        take_in(app, address.to_owned());
    }
    Ok(())
}

/// The one window. It shows Saldo's own pages and nothing else: no other address, no second window.
fn open_window(app: &AppHandle) -> tauri::Result<()> {
    let config = app.config().app.windows.first().cloned().unwrap_or_default();
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(|address| {
            matches!(
                (address.scheme(), address.host_str()),
                ("tauri", Some("localhost")) | ("http", Some("tauri.localhost"))
            )
        })
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
        .build()?;
    let saldo = Arc::clone(app.state::<Arc<Saldo>>().inner());
    window.on_window_event(move |event| {
        if matches!(event, tauri::WindowEvent::Focused(true)) {
            saldo.turned_to();
        }
    });
    Ok(())
}

/// Somebody started Saldo again: by hand, or the system with an address.
fn second_start(app: &AppHandle, argv: &[String]) {
    match arrivals::address(argv) {
        Some(address) => take_in(app, address.to_owned()),
        None => come_forward(app),
    }
}

/// Takes an address in, and comes forward only when it was one that Saldo waited for: a page that opens the scheme in a loop
/// gains nothing.
fn take_in(app: &AppHandle, address: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let saldo = Arc::clone(app.state::<Arc<Saldo>>().inner());
        if saldo.arrived(&address).await {
            come_forward(&app);
        }
    });
}

fn come_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window manager may refuse; then the owner clicks herself.
        let _ = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    }
}

/// The name of this operating system.
fn system() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).map(|name| name.trim_matches('"'));
    format!("{} ({})", name.unwrap_or(std::env::consts::OS), std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_window_has_the_types_that_rust_has() {
        let there = std::fs::read_to_string("ui/bindings.ts").unwrap();
        let fresh = std::env::temp_dir().join(format!("saldo-bindings-{}.ts", std::process::id()));
        super::boundary::<tauri::Wry>().export(specta_typescript::Typescript::default(), &fresh).unwrap();
        let here = std::fs::read_to_string(&fresh).unwrap();
        std::fs::remove_file(&fresh).unwrap();
        if here != there {
            std::fs::write("ui/bindings.ts", here).unwrap();
            panic!("ui/bindings.ts was stale and has been written anew: look at it and commit it");
        }
    }
}
