//! What a picture may hold.

/// Elements of svg that draw, describe or animate.
pub(super) const ELEMENTS: &[&str] = &[
    "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc",
    "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
    "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
    "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "foreignObject", "g",
    "image", "line", "linearGradient", "marker", "mask", "mpath", "path", "pattern", "polygon",
    "polyline", "radialGradient", "rect", "set", "stop", "style", "svg", "switch", "symbol",
    "text", "textPath", "title", "tref", "tspan", "use", "view", 
    "discard",
];

/// Elements of html for text, which diagrams keep in `foreignObject`.
pub(super) const HTML_ELEMENTS: &[&str] = &[
    "a", "b", "blockquote", "br", "center", "code", "dd", "div", "dl", "dt", "em", "font", "hr",
    "i", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "u", "ul",
];

/// Elements that change attributes.
pub(super) const ANIMATIONS: &[&str] = &["animate", "animateMotion", "animateTransform", "set"];

/// Elements that no reader sees, and that nobody is told of.
pub(super) const SILENT: &[&str] = &["metadata"];

/// Attributes without a namespace, apart from `href`, `data-…` and `aria-…`.
#[rustfmt::skip]
pub(super) const ATTRIBUTES: &[&str] = &[
    "accumulate", "additive", "alignment-baseline", "align", "alt", "amplitude", "ascent",
    "attributeName", "attributeType", "azimuth", "baseFrequency", "baseProfile", "baseline-shift",
    "begin", "bias", "border", "by", "calcMode", "cellpadding", "cellspacing", "class", "clip",
    "clip-path", "clip-rule", "clipPathUnits", "color", "color-interpolation",
    "color-interpolation-filters", "color-profile", "color-rendering", "cols", "colspan",
    "contentScriptType", "contentStyleType", "cursor", "cx", "cy", "d", "diffuseConstant", "dir",
    "direction", "display", "divisor", "dominant-baseline", "dur", "dx", "dy", "edgeMode",
    "elevation", "enable-background", "end", "exponent", "face", "fill", "fill-opacity",
    "fill-rule", "filter", "filterRes", "filterUnits", "flood-color", "flood-opacity", "focusable",
    "font", "font-family", "font-feature-settings", "font-kerning", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-weight", "fr", "from",
    "fx", "fy", "glyph-orientation-horizontal", "glyph-orientation-vertical", "glyphRef",
    "gradientTransform", "gradientUnits", "height", "id", "image-rendering", "in", "in2",
    "inline-size", "intercept", "isolation", "k1", "k2", "k3", "k4", "kernelMatrix",
    "kernelUnitLength", "kerning", "keyPoints", "keySplines", "keyTimes", "lang", "lengthAdjust",
    "letter-spacing", "lighting-color", "limitingConeAngle", "line-height", "marker", "marker-end",
    "marker-mid", "marker-start", "markerHeight", "markerUnits", "markerWidth", "mask",
    "mask-image", "mask-type", "maskContentUnits", "maskUnits", "max", "media", "method", "min",
    "mix-blend-mode", "mode", "name", "numOctaves", "offset", "opacity", "operator", "order",
    "orient", "orientation", "origin", "overflow", "overlay", "paint-order", "path", "pathLength",
    "patternContentUnits", "patternTransform", "patternUnits", "pointer-events", "points",
    "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha", "preserveAspectRatio",
    "primitiveUnits", "r", "radius", "refX", "refY", "rel", "repeatCount", "repeatDur",
    "requiredExtensions", "requiredFeatures", "restart", "result", "role", "rotate", "rows",
    "rowspan", "rx", "ry", "scale", "seed", "shape-rendering", "side", "size", "slope",
    "solid-color", "solid-opacity", "space", "spacing", "specularConstant", "specularExponent",
    "spreadMethod", "startOffset", "stdDeviation", "stitchTiles", "stop-color", "stop-opacity",
    "stroke", "stroke-alignment", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "style",
    "surfaceScale", "systemLanguage", "tabindex", "tableValues", "target", "targetX", "targetY",
    "text-align", "text-anchor", "text-decoration", "text-overflow", "text-rendering",
    "textLength", "text-transform", "title", "to", "transform", "transform-box",
    "transform-origin", "type", "unicode-bidi", "valign", "values", "vector-effect", "version",
    "vertical-align", "viewBox", "viewTarget", "visibility", "white-space", "width", "word-spacing",
    "word-wrap", "writing-mode", "x", "x1", "x2", "xChannelSelector", "y", "y1", "y2",
    "yChannelSelector", "z", "zoomAndPan", "background-color", 
    
    "text-decoration-line", "text-decoration-color",
    "text-decoration-style", "shape-inside", "shape-padding", "shape-margin", "shape-subtract",
    "tab-size", "will-change",
];
