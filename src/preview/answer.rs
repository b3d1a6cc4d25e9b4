//! Decides what a request gets, from the current [`View`] alone: no socket, no
//! disk, no clock, so that every case can be tested as a plain call.

use std::ops::Range;
use std::sync::Arc;

use tiny_http::Method;

use super::guard::{self, Asker, Door, Ends};
use super::media;
use super::request::{self, Request};
use super::site::{Edition, StandIn, View};
use super::{Found, Open, own, passed, site};

/// The preview's own parts live under this segment; a site's files there are hidden.
const RESERVED: &str = "__tier0";

/// What pictures and other documents that are opened by themselves may do: nothing but show what
/// they bring along.
const DOCUMENTS: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    font-src data:; sandbox";

/// A response, or the promise of a stream of events.
#[derive(Debug)]
pub(super) enum Answer {
    Response(Response),
    /// A stream of events, for a tab that shows this page.
    Events(Option<Open>),
}

#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
    /// Whether the connection may go on; after a refusal it may not, since bytes
    /// that nobody reads may follow.
    pub(super) keep_alive: bool,
}

#[derive(Debug)]
pub(super) enum Body {
    Static(&'static [u8]),
    Owned(Vec<u8>),
    Shared(Arc<Vec<u8>>, Range<usize>),
}

impl Body {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
            Self::Shared(bytes, range) => &bytes[range.clone()],
        }
    }

    /// The same bytes, or a part of them, without copying.
    fn part(self, range: Range<usize>) -> Self {
        match self {
            Self::Static(bytes) => Self::Static(&bytes[range]),
            Self::Owned(bytes) => Self::Owned(bytes[range].to_vec()),
            Self::Shared(bytes, whole) => {
                Self::Shared(bytes, whole.start + range.start..whole.start + range.end)
            }
        }
    }
}

impl Response {
    pub(super) fn new(status: u16, media: &str, body: Body) -> Self {
        Self {
            status,
            headers: vec![
                ("Content-Type", media.to_owned()),
                // Always ask again: the next build may be a second away.
                ("Cache-Control", "no-cache".into()),
                ("X-Content-Type-Options", "nosniff".into()),
                ("Cross-Origin-Resource-Policy", "same-origin".into()),
                ("X-Frame-Options", "SAMEORIGIN".into()),
            ],
            body,
            keep_alive: true,
        }
    }

    /// A refusal: no detail, and the end of the connection.
    pub(super) fn refusal(status: u16) -> Self {
        let reason = tiny_http::StatusCode(status).default_reason_phrase();
        let body = format!("{status} {reason}\n").into_bytes();
        let mut response = Self::new(status, "text/plain; charset=utf-8", Body::Owned(body));
        if status == 405 {
            response.headers.push(("Allow", "GET, HEAD".into()));
        }
        response.keep_alive = false;
        response
    }
}

/// Whether a path leads to the preview's own parts.
pub(super) fn is_reserved(path: &str) -> bool {
    request::segments(path).is_none_or(|segments| segments[0] == RESERVED)
}

/// Answers a request.
pub(super) fn answer(request: &Request, ends: Ends, door: &Door, view: &View) -> Answer {
    let asker = match guard::check(request, ends, door) {
        Ok(asker) => asker,
        Err(status) => return Answer::Response(passed::refusal(request, status)),
    };
    let Some(segments) = request::segments(&request.path) else {
        return Answer::Response(Response::refusal(400));
    };
    if segments[0] == RESERVED {
        return own::answer(request, &segments[1..], asker, view);
    }
    let (edition, rest) = locate(&segments, view);
    let token = (asker != Asker::Guest).then(|| door.token.text());
    Answer::Response(site_file(request, &segments, rest, &Shown { view, edition, token }))
}

/// The edition whose page is asked for, if there is one.
struct Shown<'v> {
    view: &'v View,
    edition: Option<&'v Edition>,
    /// The token, where the page is the author's.
    token: Option<&'v str>,
}

impl<'v> Shown<'v> {
    fn has(&self, path: &str) -> bool {
        self.edition.is_some_and(|edition| edition.has(path))
    }

    fn get(&self, path: &str) -> Found {
        self.edition.map_or(Found::Missing, |edition| edition.get(path))
    }

    fn version(&self) -> &str {
        self.edition.map_or("", |edition| &edition.version)
    }
}

/// The edition a path leads to, and the path in it.
pub(super) fn locate<'s, 'v>(
    segments: &'s [String],
    view: &'v View,
) -> (Option<&'v Edition>, &'s [String]) {
    let named = segments[0].strip_prefix('@').and_then(|name| view.edition(name));
    match named {
        Some(edition) => (Some(edition), &segments[1..]),
        None => (view.editions.first(), segments),
    }
}

/// `whole` is the path as it was asked for, `segments` the part of it that lies in the edition.
fn site_file(
    request: &Request,
    whole: &[String],
    segments: &[String],
    shown: &Shown<'_>,
) -> Response {
    let mut path = segments.join("/");
    if segments.last().is_some_and(String::is_empty) {
        path.push_str("index.html");
    } else if !shown.has(&path) {
        let index = if path.is_empty() { path } else { path + "/" } + "index.html";
        return if shown.has(&index) {
            to_folder(request, whole)
        } else {
            not_found(request, shown)
        };
    }
    match shown.get(&path) {
        Found::File(bytes) => found(request, &path, bytes, shown),
        Found::Broken => stand_in(request, StandIn::Broken, shown),
        Found::Missing => not_found(request, shown),
    }
}

/// Relative links of a folder's page only work with the slash.
fn to_folder(request: &Request, segments: &[String]) -> Response {
    let mut location = String::new();
    for segment in segments {
        location.push('/');
        location.push_str(&request::encode(segment));
    }
    location.push('/');
    if let Some(query) = request.query.as_ref().filter(|query| query.is_ascii()) {
        location.push('?');
        location.push_str(query);
    }
    let mut response = Response::new(308, "text/plain; charset=utf-8", Body::Static(b""));
    response.headers.push(("Location", location));
    response
}

fn found(request: &Request, path: &str, bytes: Arc<Vec<u8>>, shown: &Shown<'_>) -> Response {
    let hash = blake3::hash(&bytes).to_hex();
    let hash = &hash[..32];
    let (body, tag) = if media::is_page(path) {
        // The page names the version it belongs to, so its tag does too; and no page of the author
        // stands for one of a guest.
        let whose = if shown.token.is_some() { "-mine" } else { "" };
        let tag = format!("\"{hash}-{}{whose}\"", shown.version());
        (Body::Owned(with_client(&bytes, shown)), tag)
    } else {
        let whole = 0..bytes.len();
        (Body::Shared(bytes, whole), format!("\"{hash}\""))
    };
    let mut response = Response::new(200, media::type_of(path), body);
    if matches_tag(request.header("If-None-Match"), &tag) {
        // The body stays: its length is told, its bytes are not sent.
        response.status = 304;
    } else if request.method == Method::Get
        && let Some(range) = request.header("Range")
        && request.header("If-Range").is_none_or(|wanted| wanted == tag)
    {
        response = apply_range(response, range);
    }
    if media::is_document(path) {
        response.headers.push(("Content-Security-Policy", DOCUMENTS.into()));
    }
    response.headers.push(("ETag", tag));
    response.headers.push(("Accept-Ranges", "bytes".into()));
    response
}

fn matches_tag(wanted: Option<&str>, tag: &str) -> bool {
    wanted.is_some_and(|wanted| {
        wanted.split(',').any(|one| {
            let one = one.trim();
            one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag
        })
    })
}

/// One range is honoured; several, or another unit, may be answered in full.
fn apply_range(mut response: Response, range: &str) -> Response {
    let length = response.body.bytes().len();
    let Some((first, last)) = range
        .strip_prefix("bytes=")
        .filter(|spec| !spec.contains(','))
        .and_then(|spec| spec.trim().split_once('-'))
    else {
        return response;
    };
    let bounds = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => Some((first, last.saturating_add(1))),
        (Ok(first), Err(_)) if last.is_empty() => Some((first, length)),
        (Err(_), Ok(count)) if first.is_empty() => Some((length.saturating_sub(count), length)),
        _ => None,
    };
    let Some((start, end)) = bounds else {
        return response;
    };
    let end = end.min(length);
    if start >= end {
        let mut refusal = Response::refusal(416);
        let unit = format!("bytes */{length}");
        refusal.headers.push(("Content-Range", unit));
        refusal.keep_alive = true;
        return refusal;
    }
    let unit = format!("bytes {start}-{}/{length}", end - 1);
    response.headers.push(("Content-Range", unit));
    response.status = 206;
    response.body = response.body.part(start..end);
    response
}

/// The site's own page for it; without one, a page of ours, which waits for the
/// next build like any other.
fn not_found(request: &Request, shown: &Shown<'_>) -> Response {
    if let Found::File(bytes) = shown.get("404.html") {
        let page = Body::Owned(with_client(&bytes, shown));
        return Response::new(404, media::type_of("404.html"), page);
    }
    let built = shown.edition.is_some_and(|edition| edition.built);
    stand_in(request, if built { StandIn::Missing } else { StandIn::NotBuilt }, shown)
}

fn stand_in(request: &Request, what: StandIn, shown: &Shown<'_>) -> Response {
    let (status, page) = site::stand_in(what, request.wants_chinese());
    let page = Body::Owned(with_client(page.as_bytes(), shown));
    Response::new(status, media::type_of("404.html"), page)
}

/// Puts the script before all others, so that it sees the page as it was served.
fn with_client(page: &[u8], shown: &Shown<'_>) -> Vec<u8> {
    let at = head_start(page);
    let edition = shown.edition.map_or("", |edition| &edition.name);
    let all: Vec<&str> = shown.view.editions.iter().map(|edition| edition.name.as_str()).collect();
    let token = shown.token.map(|token| format!(" data-tier0-token=\"{token}\""));
    // Names of editions hold letters, digits, `-` and `_`.
    let script = format!(
        "<script type=\"module\" src=\"/{RESERVED}/{}/client.js\" data-tier0-version=\"{}\" \
         data-tier0-edition=\"{edition}\" data-tier0-editions=\"{}\"{}></script>",
        *own::FILES_NAME,
        shown.version(),
        all.join(" "),
        token.unwrap_or_default()
    );
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// Where the head of a page begins, also if its tags are left out: behind the doctype, comments and
/// the tags `<html>` and `<head>`.
pub(super) fn head_start(page: &[u8]) -> usize {
    let mut at = if page.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    loop {
        let start = at + page[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let rest = &page[start..];
        let length = if rest.starts_with(b"<!--") {
            rest.windows(3).position(|three| three == b"-->").map(|end| end + 3)
        } else if begins_tag(rest, b"<!doctype") || begins_tag(rest, b"<html") {
            tag_length(rest)
        } else if begins_tag(rest, b"<head") {
            return tag_length(rest).map_or(at, |length| start + length);
        } else {
            None
        };
        match length {
            Some(length) => at = start + length,
            None => return at,
        }
    }
}

fn begins_tag(text: &[u8], name: &[u8]) -> bool {
    text.len() > name.len()
        && text[..name.len()].eq_ignore_ascii_case(name)
        && (text[name.len()].is_ascii_whitespace() || text[name.len()] == b'>')
}

/// The length of the tag that `text` begins with; a `>` in quotes does not end it.
fn tag_length(text: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (at, &byte) in text.iter().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return Some(at + 1),
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None => {}
        }
    }
    None
}
