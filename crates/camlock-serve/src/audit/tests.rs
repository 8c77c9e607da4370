//! Tests of audit records.

use std::io;
use std::net::{IpAddr, Ipv4Addr};

use camlock_cam::{SessionFacts, signature};

use super::*;

#[test]
fn a_record_names_the_call_and_hides_secrets() {
    let members = json!({ "AccessKey": { "AccessKeyId": "AKID1", "SecretAccessKey": "s3cret" },
        "Credentials": { "Token": "t0ken", "TmpSecretKey": "s3cret" }, "Password": "s3cret" });
    let answer = Answer {
        request_id: "r1".to_owned(),
        result: Ok(members.as_object().cloned().unwrap()),
        record: Record { action: "CreateAccessKey".to_owned(), ..Record::default() },
    };
    let asked = Asked {
        request: signature::Request { method: "POST", query: "", header: &|_| None, body: b"" },
        source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        now: 1_700_000_000,
    };
    let around = Around { agent: "a", region: "ap-guangzhou", version: "2019-01-16" };
    let text = record(&answer, &asked, &around).to_string();
    assert!(text.contains("AKID1") && text.contains("CreateAccessKey"), "{text}");
    assert!(!text.contains("s3cret") && !text.contains("t0ken"), "{text}");
}

#[test]
fn a_record_says_what_limits_the_credentials_and_what_is_named() {
    let policy = r#"{"version":"2.0","statement":[]}"#.to_owned();
    let session = SessionFacts {
        name: "ci".to_owned(),
        asked_by: "100000000001".to_owned(),
        expires: 1_700_000_600,
        policy: Some(policy.clone()),
    };
    let answer = Answer {
        request_id: "r1".to_owned(),
        result: Ok(serde_json::Map::new()),
        record: Record {
            service: "cam".to_owned(),
            action: "DeleteRole".to_owned(),
            identity: "Root",
            account_id: "100000000001".to_owned(),
            app_id: "1250000000".to_owned(),
            factor: true,
            session: Some(session),
            resources: vec!["qcs::cam::uin/100000000001:roleName/r".to_owned()],
            tags: [("env".to_owned(), "prod".to_owned())].into(),
            ..Record::default()
        },
    };
    let asked = Asked {
        request: signature::Request { method: "POST", query: "", header: &|_| None, body: b"" },
        source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        now: 1_700_000_000,
    };
    let record = record(&answer, &asked, &Around { agent: "", region: "", version: "" });
    let context = json!({ "uin": "100000000001", "ownerUin": "100000000001", "appId": "1250000000", "mfa": 1,
        "expireTime": 1_700_000_600, "hasPolicyFilter": true, "policyFilter": policy,
        "extraInfo": { "sessionName": "ci" } });
    assert_eq!(record["userIdentity"]["sessionContext"], context);
    assert_eq!(record["resourceName"], "roleName/r");
    assert_eq!(record["resourceSet"], record["resources"]);
    assert_eq!(record["tags"], json!([{ "key": "env", "value": "prod" }]));
    assert_eq!((&record["sensitiveAction"], &record["eventPlatform"]), (&json!(1), &json!(0)));
}

/// Takes a few bytes and then nothing for a while, as a full disk does.
struct Disk {
    held: Vec<u8>,
    room: usize,
}

impl io::Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.room == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let length = bytes.len().min(self.room);
        self.held.extend_from_slice(&bytes[..length]);
        self.room -= length;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_line_that_was_cut_off_does_not_swallow_the_next() {
    let mut lines = Lines { out: Disk { held: Vec::new(), room: 5 }, torn: false };
    assert!(lines.write(r#"{"a":1}"#).is_err());
    lines.out.room = 100;
    lines.write(r#"{"b":2}"#).unwrap();
    lines.write(r#"{"c":3}"#).unwrap();
    assert_eq!(lines.out.held, b"{\"a\":\n{\"b\":2}\n{\"c\":3}\n");
}
#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit");
    AuditLog::append_to(&path).unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}
