//! `camlock lsp` as an editor starts it.

use super::run::camlock_with_input;

fn framed(messages: &[&str]) -> Vec<u8> {
    let frame = |text: &&str| format!("Content-Length: {}\r\n\r\n{text}", text.len());
    messages.iter().map(frame).collect::<String>().into_bytes()
}

const HELLO: &str =
    r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
const SHUTDOWN: &str = r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#;
const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

#[test]
fn the_status_says_how_the_editor_left() {
    let answer = camlock_with_input(&["lsp", "--stdio"], &framed(&[HELLO, SHUTDOWN, EXIT]));
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert!(answer.out.contains("\"positionEncoding\":\"utf-16\""), "{}", answer.out);
    for messages in [&[HELLO, EXIT][..], &[HELLO], &[]] {
        assert_eq!(camlock_with_input(&["lsp"], &framed(messages)).status, 1, "{messages:?}");
    }
    let answer = camlock_with_input(&["lsp"], b"hello\r\n\r\n");
    assert_eq!((answer.status, answer.out.as_str()), (2, ""));
    assert_eq!(answer.err, "error: standard input: a header has no length\n");
}

#[test]
fn files_beside_an_account_are_read_and_devices_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let policy =
        r#"{"version": "2.0", "statement": {"effect": "allow", "action": "*", "resource": "*"}}"#;
    std::fs::write(folder.path().join("p.json"), policy).unwrap();
    let uri = format!("file://{}/account.json", folder.path().display());
    let findings = |file: &str| {
        let account = serde_json::json!({
            "camlock": 1,
            "owner": {"uin": "100000000001"},
            "policies": [{"id": "1", "name": "p", "type": "custom", "file": file}],
        });
        let open = serde_json::json!({
            "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {
                "uri": uri, "languageId": "json", "version": 1, "text": account.to_string()}},
        });
        camlock_with_input(&["lsp"], &framed(&[HELLO, &open.to_string()])).out
    };
    assert!(findings("p.json").contains("\"diagnostics\":[]"), "{}", findings("p.json"));
    std::fs::write(folder.path().join("long.json"), " ".repeat((1 << 20) + 1)).unwrap();
    for (file, why) in
        [("missing.json", "CAM8007"), ("/dev/zero", "CAM1003"), ("long.json", "CAM1001")]
    {
        assert!(findings(file).contains(why), "{file}: {}", findings(file));
    }
}

#[test]
fn settings_count_as_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let text = r#"{"version": "2.0", "statement": {"effect": "allow", "action": "cos.Get", "resource": "*"}}"#;
    let open = serde_json::json!({
        "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": format!("file://{}/a.json", folder.path().display()),
            "languageId": "json", "version": 1, "text": text}},
    });
    let findings = || camlock_with_input(&["lsp"], &framed(&[HELLO, &open.to_string()]));
    assert!(findings().out.contains("CAM2103"));
    let settings = folder.path().join("camlock.toml");
    std::fs::write(&settings, "[levels]\nCAM2103 = \"off\"\n").unwrap();
    assert!(!findings().out.contains("CAM2103"));
    std::fs::write(&settings, "exclude = [\"a.json\"]\n").unwrap();
    assert!(!findings().out.contains("\"code\""), "{}", findings().out);
    // What cannot be read is said, and findings go on.
    std::fs::write(&settings, "levles = 1\n").unwrap();
    let answer = findings();
    assert!(answer.out.contains("CAM2103"), "{}", answer.out);
    let shown = answer.out.split("window/showMessage").nth(1).unwrap();
    assert!(shown.contains("levles") && shown.contains("camlock.toml:1:1"), "{shown}");
}
