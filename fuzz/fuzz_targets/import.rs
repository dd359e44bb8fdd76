//! Fuzz target: any bytes as a source of an import.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vereda::testing::fuzzing::import(bytes));
