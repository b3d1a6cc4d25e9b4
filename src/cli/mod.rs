//! The command line: one file per subcommand.
//!
//! This edge reads the clock, the environment and the arguments, and writes to the terminal.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line is the edge to the user"
)]

mod arguments;
mod audit;
mod build;
mod copies;
mod explain;
mod init;
mod project;
mod report;
mod search;
mod serve;
mod state;
mod terminal;

use std::process::ExitCode;

use clap::FromArgMatches;

use arguments::{Arguments, Command};
use terminal::Terminal;

/// How a run ended; the numbers are exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// All is well.
    Fine = 0,
    /// Something is wrong with the content.
    Content = 1,
    /// Something is wrong with the arguments or the configuration.
    Usage = 2,
    /// Something is wrong with the machine: disk, permissions, lock.
    Environment = 3,
    /// The output holds text that its edition must not show.
    Leak = 4,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}

/// Runs tier0 with the arguments of this process.
pub fn main() -> ExitCode {
    let tongue = terminal::tongue();
    let matches = arguments::command(tongue).get_matches();
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let terminal = Terminal::new(tongue, &arguments.common);
    let common = &arguments.common;
    let outcome = match &arguments.command {
        Command::Init { folder } => init::run(folder, &terminal),
        Command::Build { folder } => build::run(folder, common, build::Mode::Write, &terminal),
        Command::Check { folder } => build::run(folder, common, build::Mode::Check, &terminal),
        Command::Serve(serve) => serve::run(serve, common, &terminal),
        Command::Search(search) => search::run(search, common, &terminal),
        Command::Explain { code } => explain::run(code, &terminal),
        Command::Audit { output, site } => audit::run(output, site, common, &terminal),
        Command::Completions { shell } => {
            let mut command = arguments::command(tongue);
            clap_complete::generate(*shell, &mut command, "tier0", &mut std::io::stdout());
            Outcome::Fine
        }
    };
    outcome.into()
}
