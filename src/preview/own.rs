//! The preview's own parts: its scripts, its events, and what its toolbar asks.

use std::sync::LazyLock;

use serde_json::{Value, json};
use tiny_http::Method;

use super::answer::{Answer, Body, Response, locate};
use super::guard::Asker;
use super::request::{self, Request};
use super::site::View;
use super::{Open, Question, media};

/// What the preview puts into pages, and the page of the phone. `client.js` imports the other scripts.
const FILES: &[(&str, &str)] = &[
    ("bar.js", include_str!("client/bar.js")),
    ("client.css", include_str!("client/client.css")),
    ("client.js", include_str!("client/client.js")),
    ("diff.js", include_str!("client/diff.js")),
    ("editor.js", include_str!("client/editor.js")),
    ("files.js", include_str!("client/files.js")),
    ("keep.js", include_str!("client/keep.js")),
    ("layer.js", include_str!("client/layer.js")),
    ("note.js", include_str!("client/note.js")),
    ("page.css", include_str!("client/page.css")),
    ("page.js", include_str!("client/page.js")),
    ("phone.css", include_str!("client/phone.css")),
    ("phone.html", include_str!("client/phone.html")),
    ("phone.js", include_str!("client/phone.js")),
    ("pick.js", include_str!("client/pick.js")),
    ("problems.js", include_str!("client/problems.js")),
    ("swap.js", include_str!("client/swap.js")),
    ("wired.js", include_str!("client/wired.js")),
    ("words.js", include_str!("client/words.js")),
];

/// What is only for whoever writes the site: problems quote sources, also those of pages that an
/// edition does not show. Only scripts of the author's pages ask for it, so they have to prove it.
const AUTHORS: [&str; 4] = ["blocks", "open", "page", "problems.json"];

/// Names all of them by what is in them. Pages ask for them below this name, so that a browser may
/// keep them: the theme's scripts wait for the client, and it comes in many files.
pub(super) static FILES_NAME: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    for (name, text) in FILES {
        hasher.update(name.as_bytes()).update(text.as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
});

/// Answers a request for a part of the preview; `segments` is the path without the first part.
pub(super) fn answer(request: &Request, segments: &[String], asker: Asker, view: &View) -> Answer {
    let answered = match segments {
        [name, ..] if asker != Asker::Author && AUTHORS.contains(&&**name) => {
            return Answer::Response(match asker {
                // A tab of the author fetches the new token.
                Asker::Stale => Response::refusal(403),
                _ => for_guests(segments, view),
            });
        }
        [name] if name == "events" && request.method == Method::Get => {
            return Answer::Events(shown_page(request, view));
        }
        [name] if name == "problems.json" => Some(view.problems_json()),
        [name] => return Answer::Response(file(name, "no-cache")),
        [version, name] if *version == *FILES_NAME => {
            return Answer::Response(file(name, "max-age=31536000, immutable"));
        }
        [name, path @ ..] if name == "in" => counterpart(path, view),
        [name, path @ ..] if name == "page" => {
            // No page of an article is no fault: the toolbar asks for every page.
            Some(about(path, view).unwrap_or(Value::Null).to_string())
        }
        [name, path @ ..] if name == "blocks" => {
            ask(path, view, Question::Blocks).map(|blocks| blocks.to_string())
        }
        [name, path @ ..] if name == "open" => return open(request, path, view),
        _ => None,
    };
    Answer::Response(match answered {
        Some(text) => json_response(text),
        None => Response::refusal(404),
    })
}

/// What others get of that: their tabs follow the site without complaint.
fn for_guests(segments: &[String], view: &View) -> Response {
    match segments {
        [name] if name == "problems.json" => {
            let nothing = View { build: view.build.clone(), ..View::default() };
            json_response(nothing.problems_json())
        }
        [name, ..] if name == "page" => json_response(Value::Null.to_string()),
        _ => Response::refusal(403),
    }
}

fn file(name: &str, cache: &str) -> Response {
    let Some((_, text)) = FILES.iter().find(|(own, _)| *own == name) else {
        return Response::refusal(404);
    };
    let mut response = Response::new(200, media::type_of(name), Body::Static(text.as_bytes()));
    for (header, value) in &mut response.headers {
        if *header == "Cache-Control" {
            cache.clone_into(value);
        }
    }
    response
}

fn json_response(text: String) -> Response {
    Response::new(200, media::type_of("answer.json"), Body::Owned(text.into_bytes()))
}

/// The page that a tab says it shows.
fn shown_page(request: &Request, view: &View) -> Option<Open> {
    let segments = request::segments(&request.parameter("page")?)?;
    let (edition, rest) = locate(&segments, view);
    Some(Open { edition: edition?.name.clone(), path: file_of(rest) })
}

/// The file of a page's address.
fn file_of(segments: &[String]) -> String {
    let path = segments.join("/");
    if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path }
}

fn ask(path: &[String], view: &View, question: fn(String) -> Question) -> Option<Value> {
    if path.is_empty() {
        return None;
    }
    let (edition, rest) = locate(path, view);
    edition?.files.as_ref()?.ask(&question(file_of(rest)))
}

/// What is known of a page; addresses in it are from the root of the preview.
fn about(path: &[String], view: &View) -> Option<Value> {
    let mut about = ask(path, view, Question::About)?;
    let root = view.root(&locate(path, view).0?.name);
    let languages = about.get_mut("languages").and_then(Value::as_array_mut);
    for url in languages.into_iter().flatten().filter_map(|language| language.get_mut("url")) {
        *url = Value::from(format!("{root}{}", url.as_str().unwrap_or_default()));
    }
    Some(about)
}

/// Opens a file in the author's editor. The header is one that no other site can send without
/// asking first, and nobody answers such questions here.
fn open(request: &Request, path: &[String], view: &View) -> Answer {
    if request.header("X-Tier0") != Some("open") || request.method != Method::Get {
        return Answer::Response(Response::refusal(403));
    }
    let number = |name| request.parameter(name).and_then(|text| text.parse().ok());
    let opened = match request.parameter("source") {
        Some(source) => {
            let question = Question::OpenSource {
                source,
                line: number("line").unwrap_or(1),
                column: number("column").unwrap_or(1),
            };
            view.editions.iter().find_map(|edition| edition.files.as_ref()?.ask(&question))
        }
        None if path.is_empty() => None,
        None => {
            let (edition, rest) = locate(path, view);
            let question = Question::Open { path: file_of(rest), block: number("at") };
            edition.and_then(|edition| edition.files.as_ref()?.ask(&question))
        }
    };
    Answer::Response(
        opened.map_or_else(|| Response::refusal(404), |value| json_response(value.to_string())),
    )
}

/// Where a page of any edition is in the edition NAME: `in/NAME/guides/reset/`. What is not there
/// leads to the home page of the same language.
fn counterpart(segments: &[String], view: &View) -> Option<String> {
    let (name, rest) = segments.split_first()?;
    let edition = view.edition(name)?;
    let path = rest.join("/");
    let found = edition.has(&file_of(rest));
    let homes = edition.homes.iter().map(String::as_str);
    let home = homes.filter(|home| path.starts_with(home)).max_by_key(|home| home.len());
    let target = if found { &path } else { home.unwrap_or_default() };
    let target = target.split('/').map(request::encode).collect::<Vec<_>>().join("/");
    let address = view.root(&edition.name) + &target;
    Some(json!({ "address": address, "found": found }).to_string())
}
