//! Serves an organization of WeCom that is not there, for trying links out; prints its address:
//! `cargo run --package camlock-wecom --example simulator`

#![expect(clippy::print_stdout, reason = "the program is there to print")]
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "shares the helpers of tests")]

#[path = "../tests/simulator/mod.rs"]
mod simulator;

fn main() {
    println!("{}", simulator::start());
    println!(
        "suite {} {} {} organization {}",
        simulator::SUITE_ID,
        simulator::SUITE_SECRET,
        simulator::SUITE_TICKET,
        simulator::CORP
    );
    loop {
        std::thread::park();
    }
}
