//! Tests of the store.

use super::*;

fn owner() -> Owner {
    Owner { uin: 7, app_id: 8 }
}

fn key(id: &str) -> AccessKey {
    let id = id.to_owned();
    AccessKey {
        id,
        uin: 7,
        sealed_secret: String::new(),
        active: true,
        created: 1,
        description: String::new(),
    }
}

fn times(store: &Store) -> i64 {
    let count = "SELECT count(*) FROM last_used";
    store.connection.query_row(count, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_time_of_a_keys_use_goes_with_the_key() {
    let mut store = Store::in_memory().unwrap();
    let mut change = Change::new(&State::new(owner()));
    change.put(key("AKID1")).unwrap();
    change.put(key("AKID2")).unwrap();
    store.commit(&change).unwrap();
    store.put_last_used([("AKID1", 5), ("AKID2", 6), ("AKID0", 7)].into_iter()).unwrap();
    let mut change = Change::new(&change.state);
    change.remove::<AccessKey>(&"AKID1".to_owned());
    store.commit(&change).unwrap();
    assert_eq!(times(&store), 2);
    assert_eq!(store.last_used().unwrap(), [("AKID2".to_owned(), 6)]);
    assert_eq!(times(&store), 1, "one of a key that was gone before");
}
#[cfg(unix)]
#[test]
fn a_new_store_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("db")).unwrap();
    store.commit(&Change::new(&State::new(owner()))).unwrap();
    let files = std::fs::read_dir(folder.path()).unwrap();
    let modes: Vec<u32> =
        files.map(|file| file.unwrap().metadata().unwrap().permissions().mode() & 0o777).collect();
    assert!(modes.len() > 1 && modes.iter().all(|mode| *mode == 0o600), "{modes:?}");
}
