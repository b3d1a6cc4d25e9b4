//! The head of a request, as plain values.

use std::borrow::Cow;
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tiny_http::{Header, Method};

/// A request without a body; the preview takes no other.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) method: Method,
    /// The path as it was sent, without the query.
    pub(super) path: String,
    /// What follows the `?`, if there is one.
    pub(super) query: Option<String>,
    pub(super) headers: Vec<Header>,
    /// Whether it is asked in HTTP/1.0.
    pub(super) is_old: bool,
    /// Whether the connection may carry another request after this one.
    pub(super) keep_alive: bool,
}

impl Request {
    /// The value of a header, if it is there once; twice is as good as not at all,
    /// because a proxy might have looked at the other one.
    pub(super) fn header(&self, name: &'static str) -> Option<&str> {
        let mut values = self.values(name);
        let first = values.next()?;
        values.next().is_none().then_some(first)
    }

    /// Whether a header is there at all.
    pub(super) fn has(&self, name: &'static str) -> bool {
        self.values(name).next().is_some()
    }

    /// The names of all headers, as they were sent.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(|header| header.field.as_str().as_str())
    }

    /// Whether Chinese is what the client would rather read.
    pub(super) fn wants_chinese(&self) -> bool {
        self.header("Accept-Language").is_some_and(|wanted| wanted.trim_start().starts_with("zh"))
    }

    /// The value of a parameter of the query, decoded.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.as_deref()?.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(known, _)| *known == name)?;
        decode(value)
    }

    fn values(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |header| header.field.equiv(name))
            .map(|header| header.value.as_str())
    }
}

/// Reads a head: everything up to the empty line. The error is a status code.
pub(super) fn parse(head: &[u8]) -> Result<Request, u16> {
    let head = std::str::from_utf8(head).map_err(|_| 400u16)?;
    let mut lines = head.split("\r\n");
    // A lone line break could start a header of its own in what we send back.
    if lines.clone().any(|line| line.contains(['\r', '\n', '\0'])) {
        return Err(400);
    }
    let line = lines.next().unwrap_or_default();
    let [method, target, version] = line.split(' ').collect::<Vec<_>>()[..] else {
        return Err(400);
    };
    let version_keeps = match version {
        "HTTP/1.1" => true,
        "HTTP/1.0" => false,
        _ if version.starts_with("HTTP/") => return Err(505),
        _ => return Err(400),
    };
    // A full address is for proxies, which this is not.
    if !target.starts_with('/') {
        return Err(400);
    }
    let headers = lines
        .take_while(|line| !line.is_empty())
        // A folded line, which could hide a header, has a space where a name begins,
        // and no name may have one.
        .map(|line| match line.starts_with(':') {
            true => Err(400),
            false => Header::from_str(line).map_err(|()| 400),
        })
        .collect::<Result<Vec<_>, u16>>()?;
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (target, None),
    };
    let mut request = Request {
        method: Method::from_str(method).map_err(|()| 400u16)?,
        path: path.to_owned(),
        query,
        headers,
        is_old: !version_keeps,
        keep_alive: version_keeps,
    };
    let closes =
        request.values("Connection").any(|value| value.to_ascii_lowercase().contains("close"));
    request.keep_alive &= !closes;
    Ok(request)
}

/// The decoded segments of a path; `None` for a path that no link of a site can
/// have: a broken escape, a dot segment, a hidden separator, a control character.
///
/// Segments are split before they are decoded, so `%2F` cannot make a new one.
pub(super) fn segments(path: &str) -> Option<Vec<String>> {
    // With two slashes in front it names another site wherever a script takes it for an address.
    let rest = path.strip_prefix('/').filter(|rest| !rest.starts_with('/'))?;
    rest.split('/')
        .map(|segment| {
            let decoded = decode(segment)?;
            let odd = decoded == "."
                || decoded == ".."
                || decoded.contains(['/', '\\'])
                || decoded.chars().any(char::is_control);
            (!odd).then_some(decoded)
        })
        .collect()
}

/// Undoes percent-encoding once, if all of it can be undone.
fn decode(text: &str) -> Option<String> {
    let is_escape = |after: &str| {
        after.len() >= 2 && after.bytes().take(2).all(|digit| digit.is_ascii_hexdigit())
    };
    let is_whole = text.split('%').skip(1).all(is_escape);
    is_whole.then(|| percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)).flatten()
}

/// What a segment of a path may have as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// Percent-encodes a segment for a `Location` header.
pub(super) fn encode(segment: &str) -> String {
    utf8_percent_encode(segment, SEGMENT).to_string()
}
