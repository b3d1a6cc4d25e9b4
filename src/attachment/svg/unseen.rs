//! What of a picture nobody sees: what its stylesheets hide, and what stands there to be used and is
//! not. A picture is read for it once before it is written: a style may follow what it hides.

use std::collections::HashSet;

use xml::attribute::OwnedAttribute;
use xml::reader::XmlEvent;

use super::Fault;
use super::lists::{ANIMATIONS, SHAPES};
use crate::attachment::css;
use crate::text::hiding::{all_hiding_in, hides};

/// More rules that hide something are not read.
const MOST_RULES: usize = 200;

/// Elements that show nothing where they stand.
const STORES: [&str; 2] = ["defs", "symbol"];

/// States of an element that last as long as a pointer stays, or that a click brings about.
const MOMENTS: [&str; 4] = [":hover", ":focus", ":active", ":target"];

/// Properties that hide something in pictures.
const PROPERTIES: [&str; 4] = ["display", "visibility", "opacity", "fill-opacity"];

/// Elements of text.
const TEXTS: [&str; 3] = ["text", "textPath", "tspan"];

/// A property and its value that hide an element.
type Hiding = (&'static str, &'static str);

/// What is known of a picture before it is written.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    rules: Vec<Rule>,
    /// Numbers of elements, counted from 1, that only stand there to be used, hold text, and are
    /// not used; ascending.
    unused: Vec<usize>,
    /// Whether anything in it moves: then what is transparent may be seen later.
    moves: bool,
}

/// A rule that hides what it selects.
#[derive(Debug, PartialEq, Eq)]
struct Rule {
    element: String,
    id: Option<String>,
    classes: Vec<String>,
    hiding: Hiding,
}

impl Rule {
    /// Reads a selector of an element, classes and an id; none of others.
    fn read(selector: &str, hiding: Hiding) -> Option<Self> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let end = selector.find(['.', '#']).unwrap_or(selector.len());
        let (element, mut rest) = selector.split_at(end);
        let (mut id, mut classes) = (None, Vec::new());
        while let Some(kind) = rest.chars().next() {
            let end = rest[1..].find(['.', '#']).map_or(rest.len(), |end| end + 1);
            let name = rest[1..end].to_owned();
            if name.is_empty() || !name.chars().all(is_name) {
                return None;
            }
            if kind == '.' {
                classes.push(name);
            } else {
                id = Some(name);
            }
            rest = &rest[end..];
        }
        let is_known = element == "*" || element.chars().all(is_name);
        let element = element.trim_matches('*').to_owned();
        is_known.then_some(Rule { element, id, classes, hiding })
    }

    fn selects(&self, element: &str, id: &str, classes: &str) -> bool {
        (self.element.is_empty() || self.element == element)
            && self.id.as_ref().is_none_or(|own| own == id)
            && self.classes.iter().all(|own| classes.split_whitespace().any(|one| one == own))
    }
}

impl Unseen {
    /// What hides an element from all who look at the picture: layers that its drawing program does
    /// not show. `number` is its place among all elements; `is_clear` says that the text around it
    /// has no colour.
    pub(super) fn hiding(
        &self,
        element: &str,
        attributes: &[OwnedAttribute],
        number: usize,
        is_clear: bool,
    ) -> Option<String> {
        if self.unused.binary_search(&number).is_ok() {
            let is_symbol = element == "symbol";
            return Some(if is_symbol { "<symbol>".into() } else { format!("<defs><{element}>") });
        }
        let hides = |property: &str| match property {
            // Shapes that are transparent are places to click at.
            "opacity" => !self.moves && !SHAPES.contains(&element),
            "fill-opacity" => !self.moves && TEXTS.contains(&element),
            _ => true,
        };
        let own = self.declared(element, attributes).into_iter();
        let around = is_clear.then_some(("fill-opacity", "0"));
        let (property, value) = own.chain(around).find(|(property, _)| hides(property))?;
        Some(format!("<{element} {property}: {value}>"))
    }

    /// Whether text in an element has no colour, if the element says anything of it.
    pub(super) fn clears(&self, element: &str, attributes: &[OwnedAttribute]) -> Option<bool> {
        let declared = self.declared(element, attributes);
        let is_clear = declared.iter().any(|(property, _)| *property == "fill-opacity");
        let says = |one: &OwnedAttribute| match one.name.local_name.as_str() {
            "style" => one.value.contains("fill-opacity"),
            name => name == "fill-opacity",
        };
        (is_clear || attributes.iter().any(says)).then_some(is_clear)
    }

    /// What an element and the rules that select it declare that hides.
    fn declared(&self, element: &str, attributes: &[OwnedAttribute]) -> Vec<Hiding> {
        let own = || attributes.iter().filter(|one| one.name.namespace.is_none());
        let value = |name: &str| {
            own().find(|one| one.name.local_name == name).map_or("", |one| &*one.value)
        };
        let mut found = Vec::new();
        for one in own() {
            match one.name.local_name.as_str() {
                "style" => found.extend(all_hiding_in(&one.value)),
                // Of html inside the picture.
                "hidden" => found.push(("display", "none")),
                name => found.extend(hides(name, &one.value)),
            }
        }
        let (id, classes) = (value("id"), value("class"));
        let rules = self.rules.iter().filter(|rule| rule.selects(element, id, classes));
        found.extend(rules.map(|rule| rule.hiding));
        found.retain(|(property, _)| PROPERTIES.contains(property));
        found
    }
}

/// Looks at a picture, element by element.
#[derive(Debug, Default)]
pub(super) struct Survey {
    number: usize,
    /// The elements that are open: name, and the stored part that begins with it.
    open: Vec<(String, Option<usize>)>,
    styles: String,
    /// Names of parts that others ask for.
    used: HashSet<String>,
    stored: Vec<Stored>,
    has_text: bool,
    moves: bool,
}

/// A part of a picture that only stands there to be used.
#[derive(Debug)]
struct Stored {
    number: usize,
    /// The stored part around it.
    outer: Option<usize>,
    names: Vec<String>,
    has_text: bool,
}

impl Survey {
    pub(super) fn take(&mut self, event: &XmlEvent) {
        match event {
            XmlEvent::StartElement { name, attributes, .. } => {
                self.start(&name.local_name, attributes);
            }
            XmlEvent::EndElement { .. } => {
                self.open.pop();
            }
            XmlEvent::Characters(text) | XmlEvent::CData(text) => {
                let is_style = self.open.last().is_some_and(|(name, _)| name == "style");
                if is_style {
                    self.styles.push_str(text);
                } else if !text.trim().is_empty() {
                    self.has_text = true;
                    if let Some(stored) = self.innermost() {
                        self.stored[stored].has_text = true;
                    }
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, name: &str, attributes: &[OwnedAttribute]) {
        self.number += 1;
        self.moves |= ANIMATIONS.contains(&name);
        let is_in_store = self.open.last().is_some_and(|(outer, _)| outer == "defs");
        let is_stored = is_in_store && !STORES.contains(&name) || name == "symbol";
        let part = is_stored.then(|| {
            let (number, outer) = (self.number, self.innermost());
            self.stored.push(Stored { number, outer, names: Vec::new(), has_text: false });
            self.stored.len() - 1
        });
        self.open.push((name.to_owned(), part));
        for OwnedAttribute { name, value } in attributes {
            match name.local_name.as_str() {
                "id" => {
                    if let Some(stored) = self.innermost() {
                        self.stored[stored].names.push(value.clone());
                    }
                }
                "href" => self.used.extend(value.trim().strip_prefix('#').map(str::to_owned)),
                _ => self.used.extend(addresses(value)),
            }
        }
    }

    fn innermost(&self) -> Option<usize> {
        // No deeper than the parser lets them be.
        self.open.iter().rev().find_map(|(_, stored)| *stored)
    }

    /// What nobody sees.
    ///
    /// # Errors
    /// If nobody can tell what a rule hides.
    pub(super) fn unseen(mut self) -> Result<Unseen, Fault> {
        self.used.extend(addresses(&self.styles));
        let mut is_used = vec![false; self.stored.len()];
        let mut unused = Vec::new();
        // Those inside others stand behind them.
        for (at, stored) in self.stored.iter().enumerate().rev() {
            is_used[at] |= stored.names.iter().any(|name| self.used.contains(name));
            if let Some(outer) = stored.outer {
                is_used[outer] |= is_used[at];
            }
            if !is_used[at] && stored.has_text {
                unused.push(stored.number);
            }
        }
        unused.reverse();
        let lower = self.styles.to_lowercase();
        let changes = ["animation", "transition"].into_iter().chain(MOMENTS);
        let moves = self.moves || changes.into_iter().any(|mark| lower.contains(mark));
        let rules = if self.has_text { rules(&self.styles, moves)? } else { Vec::new() };
        Ok(Unseen { rules, unused, moves })
    }
}

/// The names of parts that a value asks for by `url(#name)`.
fn addresses(value: &str) -> impl Iterator<Item = String> {
    value.split("url(").skip(1).filter_map(|rest| {
        let rest = rest.trim_start_matches([' ', '"', '\'']).strip_prefix('#')?;
        let end = rest.find([')', '"', '\'', ' ']).unwrap_or(rest.len());
        Some(rest[..end].to_owned())
    })
}

/// The rules of stylesheets that hide something; where a picture moves, not what is only transparent.
fn rules(styles: &str, moves: bool) -> Result<Vec<Rule>, Fault> {
    let styles = css::without_comments(styles);
    let mut rules: Vec<Rule> = Vec::new();
    let mut rest = styles.as_str();
    // Blocks of conditions are read as if they were met, but for those that only some screens meet.
    while let Some((head, behind)) = rest.split_once('{') {
        let head = head.rsplit(['}', ';']).next().unwrap_or_default().trim();
        let head = head.trim_start_matches("<!--").trim_end_matches("-->").trim();
        if let Some(name) = head.strip_prefix('@') {
            let is_other = ["keyframes", "font-face", "page", "property", "counter-style"];
            let is_some =
                name.starts_with("media") && (name.contains('(') || name.contains("print"));
            let is_other = is_some || is_other.iter().any(|other| name.contains(other));
            rest = if is_other { &behind[end_of_block(behind)..] } else { behind };
            continue;
        }
        let end = behind.find(['{', '}']).unwrap_or(behind.len());
        rest = &behind[if behind[end..].starts_with('}') { end } else { 0 }..];
        let mut hiding = all_hiding_in(&behind[..end]);
        hiding.retain(|(property, _)| {
            PROPERTIES.contains(property) && !(moves && property.ends_with("opacity"))
        });
        if hiding.is_empty() {
            continue;
        }
        for selector in head.split(',').map(str::trim) {
            if MOMENTS.iter().any(|moment| selector.contains(moment)) {
                continue;
            }
            for hiding in &hiding {
                let rule = Rule::read(selector, *hiding).filter(|_| !selector.is_empty());
                let rule = rule.ok_or_else(|| Fault::HidingRule(selector.to_owned()))?;
                if !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
            if rules.len() > MOST_RULES {
                return Err(Fault::HidingRule(selector.to_owned()));
            }
        }
    }
    Ok(rules)
}

/// Where a block ends of which the first brace is read.
fn end_of_block(text: &str) -> usize {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return at;
        }
    }
    text.len()
}
