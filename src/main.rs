//! Arguments in, exit code out.

use std::process::ExitCode;

/// Why: `docs/decisions/allocator.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tier0::main()
}
