//! The account on disk: one row an object, one transaction a change.

use std::fmt;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::change::{Change, SEAL};
use crate::model::{
    AccessKey, Application, DeletionTask, Group, Organization, Owner, Policy, Provider, Receiver,
    Record, Role, Setting, User,
};
use crate::state::State;
use crate::used::Used;

/// Where the account is kept: an `SQLite` file that is whole at every instant.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

/// Why a store cannot be used.
#[derive(Debug)]
pub struct StoreError(Fault);

#[derive(Debug)]
enum Fault {
    Database(rusqlite::Error),
    Form(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Fault::Database(error) => error.fmt(f),
            Fault::Form(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(Fault::Database(error))
    }
}

impl StoreError {
    pub(crate) fn form(message: impl Into<String>) -> Self {
        Self(Fault::Form(message.into()))
    }
}

/// What is good once and was used; stores of before have no such table.
const USED: &str = "CREATE TABLE IF NOT EXISTS used (name TEXT PRIMARY KEY, until INTEGER NOT NULL)
    WITHOUT ROWID;";

/// The form of the tables; another number is refused.
const FORM: i64 = 1;

const TABLES: &str = "
    CREATE TABLE objects (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (kind, id)) WITHOUT ROWID;
    CREATE TABLE last_used (secret_id TEXT PRIMARY KEY, seconds INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE sessions (id TEXT PRIMARY KEY, expires INTEGER NOT NULL, body TEXT NOT NULL)
        WITHOUT ROWID;
";

impl Store {
    /// Opens a store, or starts an empty one, which on Unix nobody but its owner reads.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] where the file cannot be opened or is none of ours.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        start_file(path).map_err(|why| StoreError::form(why.to_string()))?;
        Self::prepare(Connection::open(path)?)
    }

    /// A store that goes with the process.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] where there is no memory for it.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(connection: Connection) -> Result<Self, StoreError> {
        // Another process would decide on what it has in memory, and overwrite what this one changes.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.execute_batch("BEGIN EXCLUSIVE; COMMIT;").map_err(|error| {
            match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::DatabaseBusy) => {
                    StoreError::form("the store is in use by another process")
                }
                _ => error.into(),
            }
        })?;
        // What was acknowledged survives the loss of power, not only of the process.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "trusted_schema", "OFF")?;
        let form: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match form {
            FORM => {}
            0 => {
                let tables: i64 =
                    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
                if tables != 0 {
                    return Err(StoreError::form("the file is a database of something else"));
                }
                connection.execute_batch(&format!(
                    "BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {FORM}; COMMIT;"
                ))?;
            }
            other => {
                return Err(StoreError::form(format!(
                    "the store has form {other}; this program reads form {FORM}"
                )));
            }
        }
        connection.execute_batch(USED)?;
        Ok(Self { connection })
    }

    /// Whether an account was started in it.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] where it cannot be read.
    pub fn has_account(&self) -> Result<bool, StoreError> {
        self.owner().map(|owner| owner.is_some())
    }

    /// The root account, once there is one.
    pub(crate) fn owner(&self) -> Result<Option<Owner>, StoreError> {
        let mut read = self.connection.prepare("SELECT body FROM objects WHERE kind = 'owner'")?;
        let body: Option<String> = read.query_row([], |row| row.get(0)).optional()?;
        body.map(|body| {
            let ids = body.split_once(' ').and_then(|(uin, app_id)| {
                Some(Owner { uin: uin.parse().ok()?, app_id: app_id.parse().ok()? })
            });
            ids.ok_or_else(|| StoreError::form("the owner is unreadable"))
        })
        .transpose()
    }

    /// What was sealed with the operator's key when the account was started; stores of before have none.
    pub(crate) fn mark(&self) -> Result<Option<String>, StoreError> {
        let mut read = self.connection.prepare("SELECT body FROM objects WHERE kind = ?1")?;
        read.query_row([SEAL], |row| row.get(0)).optional().map_err(Into::into)
    }

    /// Everything that is kept.
    pub(crate) fn load(&self, owner: Owner) -> Result<State, StoreError> {
        let mut state = State::new(owner);
        let mut read = self.connection.prepare("SELECT kind, id, body FROM objects")?;
        let mut rows = read.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, id, body): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let read = match &*kind {
                "owner" | SEAL => Ok(()),
                "counter" => keep_counter(&mut state, &id, &body),
                User::KIND => keep::<User>(&mut state, &body),
                Group::KIND => keep::<Group>(&mut state, &body),
                Policy::KIND => keep::<Policy>(&mut state, &body),
                Role::KIND => keep::<Role>(&mut state, &body),
                Provider::KIND => keep::<Provider>(&mut state, &body),
                Receiver::KIND => keep::<Receiver>(&mut state, &body),
                AccessKey::KIND => keep::<AccessKey>(&mut state, &body),
                Setting::KIND => keep::<Setting>(&mut state, &body),
                DeletionTask::KIND => keep::<DeletionTask>(&mut state, &body),
                Organization::KIND => keep::<Organization>(&mut state, &body),
                Application::KIND => keep::<Application>(&mut state, &body),
                _ => Err("of no known kind".to_owned()),
            };
            // A policy that cannot be read must not be left out in silence.
            read.map_err(|why| StoreError::form(format!("{kind} `{id}` is unreadable: {why}")))?;
        }
        Ok(state)
    }

    /// Writes a change, whole or not at all; it is safe when this returns.
    pub(crate) fn commit(&mut self, change: &Change) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        {
            let mut put = transaction.prepare_cached(
                "INSERT INTO objects VALUES (?1, ?2, ?3)
                 ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
            )?;
            let mut remove =
                transaction.prepare_cached("DELETE FROM objects WHERE kind = ?1 AND id = ?2")?;
            for ((kind, id), body) in &change.writes {
                match body {
                    Some(body) => put.execute(params![kind, id, body])?,
                    None => remove.execute(params![kind, id])?,
                };
                if *kind == AccessKey::KIND && body.is_none() {
                    transaction.execute("DELETE FROM last_used WHERE secret_id = ?1", [id])?;
                }
            }
        }
        transaction.commit().map_err(Into::into)
    }

    /// The content of the store, for whoever only reads it.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] where there is no account or it cannot be read.
    pub fn state(&self) -> Result<State, StoreError> {
        let owner =
            self.owner()?.ok_or_else(|| StoreError::form("the store has no account yet"))?;
        self.load(owner)
    }

    pub(crate) fn put_session(&self, id: &str, expires: i64, body: &str) -> Result<(), StoreError> {
        let write = "INSERT INTO sessions VALUES (?1, ?2, ?3)";
        self.connection.execute(write, params![id, expires, body])?;
        Ok(())
    }

    /// The sessions that are not over, and forgets the others.
    pub(crate) fn sessions(&self, now: i64) -> Result<Vec<(String, String)>, StoreError> {
        self.forget(now)?;
        let mut read = self.connection.prepare("SELECT id, body FROM sessions")?;
        let rows = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<_, _>>().map_err(Into::into)
    }

    /// Forgets sessions and what was used, where it is over.
    pub(crate) fn forget(&self, now: i64) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM sessions WHERE expires <= ?1", params![now])?;
        self.connection.execute("DELETE FROM used WHERE until <= ?1", params![now])?;
        Ok(())
    }

    /// Remembers what was used until it is over anyway.
    pub(crate) fn put_used(&self, used: &Used, until: i64) -> Result<(), StoreError> {
        let write = "INSERT INTO used VALUES (?1, ?2)
            ON CONFLICT (name) DO UPDATE SET until = max(until, excluded.until)";
        self.connection.execute(write, params![used.to_string(), until])?;
        Ok(())
    }

    /// What was used and is not over.
    pub(crate) fn used(&self, now: i64) -> Result<Vec<(Used, i64)>, StoreError> {
        let mut read = self.connection.prepare("SELECT name, until FROM used WHERE until > ?1")?;
        let mut rows = read.query([now])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let unreadable = || StoreError::form("what was used before is unreadable");
            all.push((Used::read(&name).ok_or_else(unreadable)?, row.get(1)?));
        }
        Ok(all)
    }

    /// When keys were used; forgets the times of those that are gone, which stores of before have.
    pub(crate) fn last_used(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let forget = "DELETE FROM last_used
            WHERE secret_id NOT IN (SELECT id FROM objects WHERE kind = ?1)";
        self.connection.execute(forget, [AccessKey::KIND])?;
        let mut read = self.connection.prepare("SELECT secret_id, seconds FROM last_used")?;
        let rows = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<_, _>>().map_err(Into::into)
    }

    pub(crate) fn put_last_used<'a>(
        &mut self,
        times: impl Iterator<Item = (&'a str, i64)>,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        {
            let mut put = transaction.prepare_cached(
                "INSERT INTO last_used VALUES (?1, ?2)
                 ON CONFLICT (secret_id) DO UPDATE SET seconds = max(seconds, excluded.seconds)",
            )?;
            for (id, seconds) in times {
                put.execute(params![id, seconds])?;
            }
        }
        transaction.commit().map_err(Into::into)
    }
}

/// Starts a file of its owner's alone where there is none; the files beside it get what it has.
fn start_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => Err(why),
        _ => Ok(()),
    }
}

fn keep_counter(state: &mut State, id: &str, body: &str) -> Result<(), String> {
    let number: u64 = body.parse().map_err(|why: std::num::ParseIntError| why.to_string())?;
    state.counters.insert(id.to_owned(), number);
    Ok(())
}

fn keep<R: Record>(state: &mut State, body: &str) -> Result<(), String> {
    let record: R = serde_json::from_str(body).map_err(|why| why.to_string())?;
    R::all_mut(state).insert(record.id(), Arc::new(record));
    Ok(())
}

#[cfg(test)]
mod tests;
