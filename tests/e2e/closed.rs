//! What the window may not do, tried from inside.

use crate::window::Window;
use serde_json::json;

#[tokio::test]
async fn the_window_is_closed() {
    let window = Window::open().await;
    window.sees("All your company").await;

    // Not one call of Tauri's own is open to it.
    let foreign = [
        (
            "plugin:event|emit",
            json!({ "event": "deep-link://new-url", "payload": ["app.saldo.desktop:/oauth/callback?code=x&state=y"] }),
        ),
        ("plugin:event|listen", json!({ "event": "deep-link://new-url", "target": { "kind": "Any" }, "handler": 1 })),
        ("plugin:deep-link|get_current", json!({})),
        ("plugin:webview|internal_toggle_devtools", json!({})),
        (
            "plugin:webview|create_webview_window",
            json!({ "options": { "label": "second", "url": "https://example.org" } }),
        ),
        ("plugin:path|resolve_directory", json!({ "directory": 1 })),
        ("plugin:app|version", json!({})),
    ];
    for (command, arguments) in foreign {
        let answer = window.call(command, arguments).await;
        assert!(answer.get("ok").is_none(), "{command} is open: {answer}");
    }

    // Nothing from elsewhere loads, and nowhere else can be gone.
    let home = window.run("return location.href", vec![]).await;
    window
        .run("location.href = 'https://example.org/'; window.open('https://example.org/'); return true", vec![])
        .await;
    let inline = "const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); \
        const frame = document.createElement('iframe'); frame.src = 'https://example.org/'; document.body.append(frame); \
        const image = new Image(); image.src = 'https://example.org/x.png'; document.body.append(image); \
        return fetch('https://example.org/').then(() => 'answered', () => 'refused')";
    assert_eq!(window.run(inline, vec![]).await, json!("refused"));
    assert_eq!(window.run("return window.ran === true", vec![]).await, json!(false));
    assert_eq!(window.run("return location.href", vec![]).await, home);
    window.sees("All your company").await;
    let refused = window.refused_by_policy().await.join("\n");
    for directive in ["script-src", "frame-src", "img-src", "connect-src"] {
        assert!(refused.contains(directive), "{directive} refused nothing:\n{refused}");
    }

    // Arguments are typed: what is not asked for is refused before any code of ours runs.
    let answer = window.call("save_settings", json!({ "settings": { "language": "xx" } })).await;
    assert!(answer.get("ok").is_none(), "{answer}");
    window.close().await;
}
