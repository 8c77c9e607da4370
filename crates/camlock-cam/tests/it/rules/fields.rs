//! What stands in answers, by the descriptions of the interface.

use camlock_cam::Options;
use serde_json::json;

use super::code;
use crate::client::{Client, allow, number};

#[test]
fn numbers_may_be_written_as_texts() {
    let client = Client::new(Options::default());
    let (uin, _) = client.user("a");
    let body = json!({ "AttachUin": uin.to_string(), "PolicyId": "1" });
    client.set("AttachUserPolicy", body);
    let list = client.set("ListAttachedUserPolicies", json!({ "TargetUin": uin, "Rp": "5" }));
    assert_eq!(number(&list, "TotalNum"), 1);
    for wrong in ["", "one", "-1", "1.0", "01", "18446744073709551616"] {
        let refused = client.cam(&client.root, "GetPolicy", json!({ "PolicyId": wrong }));
        assert_eq!(code(refused), "InvalidParameter", "{wrong}");
    }
    // What a text decides on is what its number would.
    let (_, key) = client.user_with("b", &allow(&["cvm:*"]));
    let refused = client.cam(&key, "GetPolicy", json!({ "PolicyId": "1" }));
    assert_eq!(code(refused), super::REFUSED);
}
