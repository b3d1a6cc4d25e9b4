//! The command line: one file per subcommand.
//!
//! This edge reads the clock, the environment and the arguments, and writes to the terminal.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line is the edge to the user"
)]

mod adopted;
mod arguments;
mod audit;
mod build;
mod explain;
mod flood;
mod hold;
mod init;
mod output;
mod project;
mod report;
mod search;
mod serve;
mod state;
mod terminal;
mod threads;

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
    /// The clean pages are published, and others are held back.
    HeldBack = 5,
}

impl Outcome {
    /// The worse of two: pages that are held back are better than anything that fails.
    fn worst(self, other: Outcome) -> Outcome {
        match (self, other) {
            (Outcome::HeldBack, Outcome::Fine) | (Outcome::Fine, Outcome::HeldBack) => {
                Outcome::HeldBack
            }
            (Outcome::HeldBack, worse) | (worse, Outcome::HeldBack) => worse,
            (one, another) => one.max(another),
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}

/// Runs tier0 with the arguments of this process.
pub fn main() -> ExitCode {
    let locale = terminal::locale();
    let matches = arguments::command(locale).try_get_matches();
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => return without_command(&error),
    };
    if let Err(error) = threads::prepare() {
        let (en, zh) = ("error: no thread can be started", "错误：无法启动线程");
        output::tell(&format!("{}: {error}", locale.pick(en, zh)));
        return Outcome::Environment.into();
    }
    let terminal = Terminal::new(locale, &arguments.common);
    let common = &arguments.common;
    let outcome = match &arguments.command {
        Command::Init { from: Some(folder), .. } => adopted::write_down(folder, &terminal),
        Command::Init { folder, .. } => match folder {
            Some(folder) => init::run(folder, &terminal),
            None => Outcome::Usage,
        },
        Command::Build { folder } => build::run(folder, common, build::Mode::Write, &terminal),
        Command::Check { folder } => build::run(folder, common, build::Mode::Check, &terminal),
        Command::Serve(serve) => serve::run(serve, common, &terminal),
        Command::Search(search) => search::run(search, common, &terminal),
        Command::Explain { code } => explain::run(code, &terminal),
        Command::Audit { output, site } => audit::run(output, site, common, &terminal),
        Command::Completions { shell } => {
            let mut command = arguments::command(locale);
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command, "tier0", &mut script);
            output::write(&String::from_utf8_lossy(&script));
            Outcome::Fine
        }
    };
    output::outcome(outcome).into()
}

/// Prints what the arguments ask for instead of a command, or what is wrong with them.
fn without_command(error: &clap::Error) -> ExitCode {
    let printed = error.print();
    if let Err(failure) = printed
        && !error.use_stderr()
    {
        output::fail(&failure);
    }
    let code = u8::try_from(error.exit_code()).unwrap_or(Outcome::Usage as u8);
    if output::outcome(Outcome::Fine) == Outcome::Fine {
        code.into()
    } else {
        Outcome::Environment.into()
    }
}
