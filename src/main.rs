//! The `vereda` command; everything it does starts in [`cli::run`].

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
