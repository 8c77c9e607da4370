//! What is chosen once for the account.

use camlock_cam::Options;
use serde_json::{Value, json};

use super::code;
use crate::client::Client;

#[test]
fn networks_to_sign_in_from_do_not_overlap() {
    let client = Client::new(Options::default());
    let put = |networks: &[&str]| {
        let policies: Vec<Value> =
            networks.iter().map(|ip| json!({ "IP": ip, "Effect": "Allow" })).collect();
        let body = json!({ "IpPolicies": policies });
        client.cam(&client.root, "CreateSubAccountLoginIpPolicy", body)
    };
    for good in [
        &["10.0.0.0/8", "11.0.0.0/8", "2001:db8::/32", "2001:db9::1"][..],
        &["10.0.0.1", "10.0.0.2", "10.0.0.0", "255.255.255.255"],
        // The same bits, and yet of another kind.
        &["0.0.0.0/0", "::/0"],
        &[],
    ] {
        put(good).unwrap_or_else(|why| panic!("{good:?}: {why:?}"));
    }
    for bad in [
        &["10.0.0.0/8", "10.0.0.0/8"][..],
        &["10.1.2.3", "192.168.0.0/16", "10.0.0.0/8"],
        &["10.255.255.255", "10.0.0.0/8"],
        &["10.9.0.0/8", "10.1.2.3"],
        &["2001:db8::/32", "2001:db8::1"],
        &["::/0", "2001:db8::1"],
        &["10.0.0.0/8", "10.0.0.0/16", "10.200.0.0"],
    ] {
        assert_eq!(code(put(bad)), "InvalidParameter.IPRangeOverlapping", "{bad:?}");
    }
    for bad in ["10.0.0.0/33", "::/129", "10.0.0", "", "10.0.0.0/"] {
        assert_eq!(code(put(&[bad])), "InvalidParameter.IPIllegal", "{bad}");
    }
}

#[test]
fn the_provider_of_users_is_shown_with_everything_that_answers_have() {
    let client = Client::new(Options::default());
    let mut body = json!({ "IdentityUrl": "https://id.example.com", "ClientId": "c",
        "IdentityKey": "eyJrZXlzIjpbXX0=", "AuthorizationEndpoint": "https://id.example.com/a",
        "ResponseType": "id_token", "ResponseMode": "form_post", "MappingFiled": "sub" });
    client.set("CreateUserOIDCConfig", body.clone());
    let shown = client.set("DescribeUserOIDCConfig", json!({}));
    assert_eq!(
        (&shown["Description"], &shown["Scope"], &shown["AutoRotateKey"]),
        (&json!(""), &json!(["openid"]), &json!(0))
    );
    body["Description"] = "of users".into();
    body["Scope"] = json!(["openid", "email"]);
    body["AutoRotateKey"] = 1.into();
    client.set("UpdateUserOIDCConfig", body);
    let shown = client.set("DescribeUserOIDCConfig", json!({}));
    assert_eq!(
        (&shown["Description"], &shown["Scope"], &shown["AutoRotateKey"]),
        (&json!("of users"), &json!(["openid", "email"]), &json!(1))
    );
}
