//! Prints the page of the book that lists every call:
//! `cargo run --package camlock-cam --example calls > docs/src/local-cam-calls.md`

#![expect(clippy::print_stdout, reason = "the program is there to print")]

fn main() {
    print!("{}", camlock_cam::authorization::page());
}
