//! Refuses requests before anything is looked up.
//!
//! A server on loopback is reachable from every web page that the user's browser
//! has open: by a plain request to `127.0.0.1`, or through a name that its owner
//! points there (DNS rebinding). Drafts and internal pages are worth protecting,
//! so a request must name this machine in `Host` and must not come from another
//! site, unless it is the user following a link to a page.
//!
//! A proxy or a tunnel on this machine makes everybody come from loopback. So a request that was
//! [`passed`](super::passed) on is a stranger's: where the preview is for strangers too (`--host`), it
//! gets what other machines get, else nothing, because all that is there is the author's. A name that
//! is not this machine's is refused in both cases: a stranger's site may have pointed it here.

use std::net::IpAddr;

use tiny_http::Method;

use super::answer::is_reserved;
use super::passed;
use super::request::Request;
use super::token::Token;

/// The header in which scripts show the token. Another site cannot send it without asking first, and
/// nobody answers such questions here.
const TOKEN: &str = "X-Tier0-Token";

/// By what the preview knows who is who.
#[derive(Debug)]
pub(super) struct Door {
    /// Whether other machines can reach the preview, which then shows nothing that is not for them.
    pub(super) exposed: bool,
    /// What pages of the author carry.
    pub(super) token: Token,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// Anybody: another machine, which `--host` lets in, or whoever is behind a proxy. Gets the site,
    /// and nothing of how it is made.
    Guest,
    /// A browser of this machine, or a program. Gets the author's pages.
    Here,
    /// The same with a token that is not ours: a tab from before the preview was started again.
    Stale,
    /// A script of one of the author's pages. May know how the site is made, and open the editor.
    Author,
}

/// The two ends of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    /// The address that the client connected to.
    pub(super) local: IpAddr,
    /// The client's own.
    pub(super) peer: IpAddr,
}

/// Who asks; `Err` carries the status code of a refusal.
pub(super) fn check(request: &Request, ends: Ends, door: &Door) -> Result<Asker, u16> {
    if !matches!(request.method, Method::Get | Method::Head) {
        return Err(405);
    }
    let empty = request
        .header("Content-Length")
        .map_or(!request.has("Content-Length"), |length| length == "0");
    if !empty || request.has("Transfer-Encoding") {
        return Err(413);
    }
    let host = request.header("Host").ok_or(400u16)?;
    if !host_is_ours(host, ends.local) || comes_from_elsewhere(request, host) {
        return Err(403);
    }
    if passed::mark(request).is_some() {
        return if door.exposed { Ok(Asker::Guest) } else { Err(403) };
    }
    if !ends.peer.to_canonical().is_loopback() {
        return Ok(Asker::Guest);
    }
    if !request.has(TOKEN) {
        return Ok(Asker::Here);
    }
    let is_ours = request.header(TOKEN).is_some_and(|sent| door.token.is(sent));
    Ok(if is_ours { Asker::Author } else { Asker::Stale })
}

/// Any port is fine (a forwarded one differs from ours), a foreign name is not.
fn host_is_ours(host: &str, local: IpAddr) -> bool {
    let (name, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, rest)) => (name, rest),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port_is_sound = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    if !port_is_sound {
        return false;
    }
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    // Written out addresses cannot be rebound. `to_canonical` because a socket for
    // both families sees IPv4 clients at mapped addresses.
    name.parse::<IpAddr>().is_ok_and(|ip| ip == local.to_canonical() || is_plain_loopback(ip))
}

fn is_plain_loopback(ip: IpAddr) -> bool {
    ip == IpAddr::from([127, 0, 0, 1]) || ip == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])
}

/// Browsers say where a request comes from: newer ones in `Sec-Fetch-Site`, all of
/// them in `Origin` where scripts and forms are involved. "Same site" counts as
/// elsewhere, because every port of this machine is the same site.
fn comes_from_elsewhere(request: &Request, host: &str) -> bool {
    let foreign_origin = request.has("Origin")
        && request
            .header("Origin")
            .and_then(|origin| origin.strip_prefix("http://"))
            .is_none_or(|origin| !origin.eq_ignore_ascii_case(host));
    if foreign_origin {
        return true;
    }
    if !request.has("Sec-Fetch-Site") {
        return false;
    }
    match request.header("Sec-Fetch-Site") {
        Some("same-origin" | "none") => false,
        // The user follows a link: a whole new page, not a frame, not our own parts.
        _ => {
            request.header("Sec-Fetch-Mode") != Some("navigate")
                || request.header("Sec-Fetch-Dest") != Some("document")
                || is_reserved(&request.path)
        }
    }
}
