//! The shell: puts the parts together. The one place that names Tauri, with `commands` and `main`.

mod commands;
mod window;

use tauri_specta::collect_commands;

/// Every command and event, for the invoke handler and for the generated TypeScript.
pub fn boundary() -> tauri_specta::Builder<tauri::Wry> {
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
        transactions,
        transaction,
        annotate,
        sync,
        connections,
        open_everifin,
        check_account,
        payees,
        check_draft,
        save_draft,
        draft,
        delete_draft,
        review_payment,
        hand_over,
        approve_payment,
        payments,
        payment,
        check_payment,
    ])
}

#[cfg(test)]
mod tests {
    #[test]
    fn bindings() {
        super::boundary().export(specta_typescript::Typescript::default(), "ui/bindings.ts").unwrap();
    }
}
