//! A small site in a temporary folder, and what the binary says of it.
