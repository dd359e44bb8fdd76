//! Fuzz target: any bytes as a Markdown page of a site.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vereda::testing::fuzzing::page(bytes));
