//! The real binary on small sites in temporary folders: what a user types, and what a user sees.
//!
//! A file an area. A test is a small [`site::Site`].

mod site;
