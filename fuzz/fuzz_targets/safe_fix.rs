#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| camlock_fuzz::safe_fix(data));
