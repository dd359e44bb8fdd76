//! Fuzz target: any bytes as a flow of a site.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vereda::testing::fuzzing::flow(bytes));
