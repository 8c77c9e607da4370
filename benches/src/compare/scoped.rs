//! Two hundred users in fifty groups, each sees its own part of the account.

use camlock_directory::{Account, Authorizer};

use crate::company::Company;
use crate::compare::candidate::{Built, Reply, fresh};
use crate::compare::clock::{check, rows};
use crate::compare::table::Row;
use crate::compare::{Options, Setup, own, progress};

pub(crate) const GROUP: &str = "scoped";

/// Sizes that are measured: below, a user sees next to nothing; above, the account file alone takes
/// gigabytes while it is made.
pub(crate) const SIZES: std::ops::RangeInclusive<usize> = 300..=100_000;

const USERS: usize = 200;

pub(crate) fn measure(size: usize, options: &Options, setup: &Setup) -> Vec<Row> {
    progress(&format!("{GROUP}, {size} statements"));
    let seed = u64::try_from(size).unwrap_or_default();
    let users = if options.quick { 20 } else { USERS };
    let company = Company::plain(size, users, 42 + seed);
    let mut text = Vec::new();
    company.write(&mut text).expect("memory takes everything");
    let text = String::from_utf8(text).expect("JSON is UTF-8");
    let (authorizer, mut built) = own::built(setup, || {
        Authorizer::new(Account::from_json(&text).expect("a generated account is read"))
    });
    built.told = authorizer.memory_usage();
    let desk = company.desk();
    let asked = &desk.asked(options.requests(), 778 + seed);

    let (authorizer, desk) = (&authorizer, &desk);
    let (requests, questions) = (own::requests(asked), own::questions(asked));
    let camlock = move || {
        fresh(&requests, |request| {
            let outcome = authorizer.decide(request).expect("the account knows its users");
            Reply::Decision(outcome.decision)
        })
    };
    let scan = move || fresh(&questions, |question| Reply::Decision(desk.scan(question)));
    let mut candidates = vec![
        own::candidate(own::CAMLOCK, built, asked.len(), camlock),
        own::candidate("scan of the user's own", Built::default(), asked.len(), scan),
    ];
    if options.peers {
        candidates.extend((setup.scoped_peers)(&company, asked, setup));
    }
    check(asked, &candidates);
    rows(GROUP, size, &candidates, options, setup)
}
