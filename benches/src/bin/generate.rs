//! Writes an account file and requests of its users, for trying the command line on a large account:
//!
//! ```sh
//! cargo run --release -p camlock-benches --bin generate -- 10000 1000000 account.json requests.jsonl
//! camlock decide --account account.json --requests requests.jsonl > answers.jsonl
//! ```
//!
//! The id of a request is the expected decision and its number, so that answers can be checked: see
//! the page on performance in the book. Requests are written one by one and never kept.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

use camlock_benches::Company;

const USAGE: &str = "usage: generate STATEMENTS REQUESTS ACCOUNT-FILE REQUESTS-FILE [SEED]";
const USERS: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (statements, requests, account, lines, seed) = match &*arguments {
        [statements, requests, account, lines] => (statements, requests, account, lines, "42"),
        [statements, requests, account, lines, seed] => {
            (statements, requests, account, lines, &**seed)
        }
        _ => return Err(USAGE.into()),
    };
    let seed: u64 = seed.parse()?;
    let company = Company::new(statements.parse()?, USERS, seed);
    let mut out = BufWriter::new(File::create(account)?);
    company.write(&mut out)?;
    out.flush()?;

    let mut out = BufWriter::new(File::create(lines)?);
    let desk = company.desk();
    let questions = desk.questions(seed.wrapping_add(1)).take(requests.parse()?);
    for (number, (question, expected)) in questions.enumerate() {
        serde_json::to_writer(&mut out, &question.to_json(&format!("{expected}-{number}")))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
