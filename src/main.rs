//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    tier0::cli::main()
}
