//! Declarations of styles by which nobody sees an element.

/// Properties that hide an element, with the values that do.
const HIDING: [(&str, &[&str]); 7] = [
    ("display", &["none"]),
    ("visibility", &["hidden", "collapse"]),
    ("content-visibility", &["hidden"]),
    ("mso-hide", &["all"]),
    ("opacity", &["0", "0.0", ".0", "0%"]),
    ("fill-opacity", &["0", "0.0", ".0", "0%"]),
    ("font-size", &["0", "0px", "0pt", "0em", "0rem", "0%"]),
];

/// The first declaration of a style that hides its element: property and value.
pub(crate) fn hiding_in(style: &str) -> Option<(&'static str, &'static str)> {
    all_hiding_in(style).into_iter().find(|(property, _)| *property != "fill-opacity")
}

/// All declarations of a style that hide its element, or its text in a picture.
pub(crate) fn all_hiding_in(style: &str) -> Vec<(&'static str, &'static str)> {
    let mut plain = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let hiding = plain.split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        hides(property, value.split('!').next().unwrap_or_default())
    });
    hiding.collect()
}

/// Whether a property hides its element, as it is known here.
pub(crate) fn hides(property: &str, value: &str) -> Option<(&'static str, &'static str)> {
    let (property, value) = (property.trim().to_lowercase(), value.trim().to_lowercase());
    let (name, values) = HIDING.iter().find(|(name, _)| *name == property)?;
    values.iter().find(|hiding| **hiding == value).map(|value| (*name, *value))
}
