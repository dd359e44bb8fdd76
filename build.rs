//! Rebuilds the binary when a file of the embedded theme is added or removed.

fn main() {
    println!("cargo:rerun-if-changed=themes");
    println!("cargo:rerun-if-changed=src/cli");
}
