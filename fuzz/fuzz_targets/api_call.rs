#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| camlock_fuzz::api_call(data));
