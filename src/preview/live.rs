//! Tells open tabs what happened, by server-sent events.
//!
//! A subscribed connection has no thread: its socket no longer blocks, messages
//! are far smaller than a socket's buffer, and whoever cannot take one at once is
//! dropped. The browser then connects again and gets the current state.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Open;

/// Tabs that are told. A hidden tab disconnects by itself, so this is plenty.
const MAX_CLIENTS: usize = 64;

/// The head is written by hand because the stream has no length and no end.
const HEAD: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: text/event-stream\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Connection: close\r\n\r\n\
    retry: 500\n\n";

#[derive(Debug, Default)]
pub(super) struct Hub {
    clients: Mutex<Vec<Client>>,
}

/// A tab.
#[derive(Debug)]
struct Client {
    stream: Arc<TcpStream>,
    /// The page that it shows, if it says so.
    page: Option<Open>,
}

impl Hub {
    /// Takes over a connection and sends it the current state. `state` is asked
    /// for under the lock: a build either comes before it and is in it, or comes
    /// after it and is sent.
    pub(super) fn subscribe(
        &self,
        stream: Arc<TcpStream>,
        page: Option<Open>,
        state: impl FnOnce() -> String,
    ) {
        if stream.set_nonblocking(true).is_err() {
            return;
        }
        let mut clients = self.lock();
        clients.retain(|client| is_open(&client.stream));
        if clients.len() >= MAX_CLIENTS {
            let oldest = clients.remove(0);
            // It may have gone already.
            let _ = oldest.stream.shutdown(Shutdown::Both);
        }
        let first = format!("{HEAD}{}", message(&state()));
        if deliver(&stream, first.as_bytes()) {
            clients.push(Client { stream, page });
        }
    }

    /// Sends a state to every tab.
    pub(super) fn send(&self, state: &str) {
        let message = message(state);
        self.lock().retain(|client| deliver(&client.stream, message.as_bytes()));
    }

    /// The pages that tabs show, each once.
    pub(super) fn open(&self) -> Vec<Open> {
        let mut clients = self.lock();
        clients.retain(|client| is_open(&client.stream));
        let pages: BTreeSet<&Open> =
            clients.iter().filter_map(|client| client.page.as_ref()).collect();
        pages.into_iter().cloned().collect()
    }

    /// Finds out who has gone, and keeps connections alive that something between
    /// here and the browser would close when idle.
    pub(super) fn beat(&self) {
        self.lock().retain(|client| deliver(&client.stream, b":\n\n"));
    }

    /// How many tabs are told.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Client>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// JSON has no line breaks of its own, so it is one `data` line.
fn message(state: &str) -> String {
    format!("data: {state}\n\n")
}

fn deliver(stream: &TcpStream, bytes: &[u8]) -> bool {
    let whole = { stream }.write(bytes).is_ok_and(|written| written == bytes.len());
    if !whole {
        let _ = stream.shutdown(Shutdown::Both);
    }
    whole
}

/// A tab sends nothing after its request; the end of its stream is all there is.
fn is_open(stream: &TcpStream) -> bool {
    let mut byte = [0];
    match stream.peek(&mut byte) {
        Ok(count) => count > 0,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    }
}
