//! Refuses requests before anything is looked up.
//!
//! A server on loopback is reachable from every web page that the user's browser
//! has open: by a plain request to `127.0.0.1`, or through a name that its owner
//! points there (DNS rebinding). Drafts and internal pages are worth protecting,
//! so a request must name this machine in `Host` and must not come from another
//! site, unless it is the user following a link to a page.

use std::net::IpAddr;

use tiny_http::Method;

use super::answer::is_reserved;
use super::request::Request;

/// The two ends of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    /// The address that the client connected to.
    pub(super) local: IpAddr,
    /// The client's own.
    pub(super) peer: IpAddr,
}

impl Ends {
    /// Whether the client is on this machine. Other machines, which `--host` lets in, get the site,
    /// and nothing of how it is made.
    pub(super) fn is_here(self) -> bool {
        self.peer.to_canonical().is_loopback()
    }
}

/// `Err` carries the status code of the refusal.
pub(super) fn check(request: &Request, ends: Ends) -> Result<(), u16> {
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
    Ok(())
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
