#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bank::fuzzing::orders(data));
