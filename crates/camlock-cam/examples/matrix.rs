//! Prints who may do what: each call on the caller's own object and on another one, allowed on the own
//! one only, and allowed on everything but the other: `cargo run -p camlock-cam --example matrix`

#![expect(clippy::print_stdout, reason = "the program is there to print")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "shares the helpers of tests, which fail by panicking"
)]
#![allow(dead_code, reason = "tests use more of the helpers")]

#[path = "../tests/it/client.rs"]
mod client;
#[path = "../tests/it/company.rs"]
mod company;

fn main() {
    println!(
        "| Call | Objects | allow on own: own | other | allow on *, deny on other: own | other |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for case in company::cases() {
        let cells = company::Company::row(&case).map(|may| match may {
            Some(true) => "yes",
            Some(false) => "no",
            None => "–",
        });
        let [own, other, own_of_all, other_of_all] = cells;
        let (service, action, label) = (case.service, case.action, case.label());
        println!(
            "| {service}:{action} | {label} | {own} | {other} | {own_of_all} | {other_of_all} |"
        );
    }
}
