#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| camlock_fuzz::lsp_session(data));
