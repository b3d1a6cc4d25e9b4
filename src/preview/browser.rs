//! Opens the user's browser.

use std::env;
use std::io;
use std::process::{Command, Stdio};
use std::thread;

/// Starts the browser and does not wait for it.
pub(super) fn open(url: &str) -> io::Result<()> {
    let mut command = command(url);
    // Ctrl-C in the terminal of the preview must not close the user's browser.
    super::editor::set_apart(&mut command);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // A child that nobody waits for stays as a zombie until we end.
    thread::Builder::new().name("preview-browser".into()).spawn(move || child.wait())?;
    Ok(())
}

/// `$BROWSER` is what terminals and containers set to lead to the right one.
fn command(url: &str) -> Command {
    if let Some(browser) = env::var_os("BROWSER").filter(|name| !name.is_empty()) {
        let mut command = Command::new(browser);
        command.arg(url);
        return command;
    }
    if cfg!(target_os = "windows") {
        let mut command = Command::new("rundll32");
        command.args(["url.dll,FileProtocolHandler", url]);
        return command;
    }
    let mut command = Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" });
    command.arg(url);
    command
}
