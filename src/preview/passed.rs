//! Requests that somebody passed on: a reverse proxy, a tunnel, a network of caches.
//!
//! All of them that run on this machine come from loopback, whoever asks. What they add to a request
//! gives them away; what it says is not believed, since anybody can write it.

use super::answer::{Body, Response};
use super::request::Request;

/// Browsers send no header that begins with `X-`, but for these. Proxies have more of them than anybody
/// could list, so an unknown one counts as theirs.
const OF_BROWSERS: [&str; 3] = ["x-requested-with", "x-moz", "x-purpose"];
/// The preview's own.
const OWN: &str = "x-tier0";
/// What is said of the way of a request under other names.
const NAMES: [&str; 2] = ["via", "front-end-https"];
const BEGINNINGS: [&str; 10] = [
    "akamai-",
    "ali-",
    "cdn-",
    "cf-",
    "cloudfront-",
    "eo-",
    "fastly-",
    "fly-",
    "ngrok-",
    "tailscale-",
];
const PARTS: [&str; 2] = ["forwarded", "proxy"];
const END: &str = "-ip";

/// What tells that a request was passed on, if something does.
pub(super) fn mark(request: &Request) -> Option<&str> {
    // No browser of our time asks this way; nginx long did by itself, with nothing else to know it by.
    if request.is_old {
        return Some("HTTP/1.0");
    }
    request.names().find(|name| is_mark(name))
}

fn is_mark(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "-");
    if name.starts_with("x-") {
        return !name.starts_with(OWN) && !OF_BROWSERS.contains(&&*name);
    }
    NAMES.contains(&&*name)
        || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
        || PARTS.iter().any(|part| name.contains(part))
        || name.ends_with(END)
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
