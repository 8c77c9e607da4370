//! A bounded run of what the fuzz target runs for long.

use crate::laws;

#[test]
fn any_record_is_one_line_without_secrets() {
    let words =
        ["", "GetUser", "AddUser", "\n", "\r\n", "\"", "\\", "\u{2028}", "\u{0}", "é", "{}", "0"];
    for (number, first) in words.iter().enumerate() {
        for second in words {
            for third in words.iter().skip(number) {
                let text = format!("{first}|{second}|{third}|Code.{second}");
                laws::a_record_is_one_line_without_secrets(text.as_bytes());
            }
        }
    }
}
