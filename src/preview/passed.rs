//! Requests that somebody passed on: a reverse proxy, a tunnel, a network of caches.
//!
//! All of them that run on this machine come from loopback, whoever asks. What they add to a request
//! gives them away; what it says is not believed, since anybody can write it.

use super::answer::{Body, Response};
use super::request::Request;

/// What browsers and simple programs send by themselves. Proxies have more headers of their own than
/// anybody could list, so one that is not here counts as theirs.
const OF_BROWSERS: [&str; 33] = [
    "authorization",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "device-memory",
    "dnt",
    "downlink",
    "dpr",
    "ect",
    "expect",
    "host",
    "keep-alive",
    "last-event-id",
    "origin",
    "pragma",
    "priority",
    "purpose",
    "range",
    "referer",
    "rtt",
    "save-data",
    "service-worker",
    "te",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "viewport-width",
    "x-moz",
    "x-purpose",
    "x-requested-with",
];
/// How names of the same kind begin; the last is the preview's own.
const BEGINNINGS: [&str; 4] = ["accept", "if-", "sec-", "x-tier0"];

/// What tells that a request was passed on, if something does.
pub(super) fn mark(request: &Request) -> Option<&str> {
    // No browser of our time asks this way; nginx long did by itself, with nothing else to know it by.
    if request.is_old {
        return Some("HTTP/1.0");
    }
    request.names().find(|name| is_mark(name))
}

fn is_mark(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    OF_BROWSERS.binary_search(&&*name).is_err()
        && !BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

/// Refuses a request. Whoever comes by a proxy learns the reason and the way out: it may be the author.
pub(super) fn refusal(request: &Request, status: u16) -> Response {
    let mut response = Response::refusal(status);
    let Some(mark) = mark(request).filter(|_| status == 403) else {
        return response;
    };
    let words = if request.wants_chinese() {
        format!(
            "403 Forbidden\n\n这个请求经由代理或隧道到达 tier0 预览（依据：{mark}）。\n\
             要让别人通过代理查看，请用 --host 启动 tier0 serve，并让代理发送 Host: localhost。\n"
        )
    } else {
        format!(
            "403 Forbidden\n\nThis request came to a tier0 preview through a proxy or a tunnel ({mark} tells so).\n\
             To show a preview that way, start tier0 serve with --host, and let the proxy send Host: localhost.\n"
        )
    };
    response.body = Body::Owned(words.into_bytes());
    response
}
