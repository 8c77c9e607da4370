//! Random sequences of calls, on the control plane and on a model that a reader believes at once.

mod directory;
mod steps;

use camlock_cam::{Options, Quotas};
use serde_json::json;

use crate::client::Client;
use crate::random::Random;
use directory::Directory;

const SEQUENCES: u64 = 16;
const STEPS: usize = 120;

/// Small limits, so that sequences run into them.
fn options() -> Options {
    let mut options = Options::default();
    options.quotas = Quotas {
        users: 6,
        groups: 4,
        roles: 3,
        policies: 8,
        versions: 3,
        attachments: 3,
        groups_of_user: 2,
        users_of_group: 3,
        ..Quotas::default()
    };
    options
}

/// What lists and decisions say is what the model says.
#[track_caller]
fn compare(directory: &Directory, client: &Client, when: &str) {
    let (expected, found) = (directory.expected(), Directory::shown_by(client, directory));
    for (expected, found) in expected.iter().zip(&found) {
        assert_eq!(expected, found, "{when}");
    }
    assert_eq!(expected.len(), found.len(), "{when}");
    for (key, active, rights) in directory.rights() {
        for (action, may) in directory::ACTIONS.iter().zip(rights) {
            let answer = client.cam(&key, action, json!({}));
            let code = answer.as_ref().err().map(|(code, _)| &**code);
            let refused = if active && may {
                None
            } else if active {
                Some("AuthFailure.UnauthorizedOperation")
            } else {
                Some("AuthFailure.SecretIdNotFound")
            };
            assert_eq!(code, refused, "{when}: {} asks for {action}", key.id);
        }
    }
}

#[test]
fn random_calls_come_to_what_the_model_says() {
    let (mut done, mut refused, mut largest) = (0, 0, 0);
    for seed in 0..SEQUENCES {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store");
        let mut client = Client::on_file_with(&path, options());
        let (mut random, mut directory) = (Random::new(seed), Directory::new());
        for step in 0..STEPS {
            let (what, went_well) = steps::step(&mut random, &mut directory, &client);
            *if went_well { &mut done } else { &mut refused } += 1;
            let when = format!("sequence {seed}, step {step}: {what}");
            // After many steps, what was compiled bit by bit; then the same, compiled from scratch.
            if step % 15 == 14 {
                compare(&directory, &client, &when);
            }
            if step % 40 == 39 {
                let before = client.plane.state().to_account().expect("an account file");
                client = client.restart(&path, options());
                let after = client.plane.state().to_account().expect("an account file");
                assert_eq!(before, after, "{when}");
                compare(&directory, &client, &format!("{when}, reopened"));
            }
        }
        largest = largest.max(directory.expected().len());
    }
    // Sequences that mostly fail, or build nothing, would test little.
    assert!(done > 900 && refused > 400, "{done} went well, {refused} were refused");
    assert!(largest > 50, "{largest}");
}
