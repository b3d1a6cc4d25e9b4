//! What the name of a file says.

use crate::text::paths::last;

/// What a browser makes of a file by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Pictures, films, archives, plain text: shown or saved, never run.
    Inert,
    /// A picture that can hold scripts.
    Svg,
    /// A document that can.
    Active,
    /// Nobody knows; servers send it as one thing or another, or leave it to the browser.
    Unknown,
}

/// Endings of documents that browsers, or the programs they hand them to, run.
const ACTIVE: &str = "html htm htmls xhtml xht xhtm stm mht mhtml webarchive hta htc \
    xml xsl xslt xsd xul xbl xdp xspf rss atom rdf owl mathml mml mrml wsdl wadl kml gpx gml dae \
    smil smi svgz swf jnlp dtd ent mod opf ncx vml x3d vxml ttml dfxp scxml appcache url webloc \
    desktop py rb lua";

/// Endings of files that a server runs before it sends them. Some do so wherever in the name the
/// ending stands: `a.php.jpg`.
const RUN_BY_SERVERS: &str = "php php3 php4 php5 php7 phps pht phtml phar cgi fcgi pl asp \
    asa cer aspx ashx asmx asax jsp jspx jspf cfm sht shtml shtm";

/// Endings of what is only ever saved: `script.php.zip` is a usual name.
const ARCHIVES: &str = "zip 7z rar tar";

/// Names that a server or a host obeys, in any folder.
const OBEYED: &str = "_headers _redirects _routes.json _worker.js cname web.config sw.js \
    service-worker.js staticwebapp.config.json";

/// Endings that every server knows and no browser runs, whatever the bytes.
const INERT: &str = "png jpg jpeg jpe jfif gif webp avif apng bmp ico tif tiff heic heif jxl psd \
    mp4 m4v webm mov avi mkv mpg mpeg ogv mp3 m4a aac ogg oga opus wav flac weba mid midi \
    pdf zip 7z rar tar dmg iso exe msi deb rpm apk jar \
    doc docx dot dotx xls xlsx xlsm ppt pptx odt ods odp rtf epub \
    txt csv tsv json css js mjs \
    woff woff2 ttf otf eot bin";

/// Endings that say how a file is packed: a server tells the browser to unpack it.
const PACKED: &str = "gz br zst z bz2 xz";

/// Endings of the site's own files, which servers send packed in their place if a twin is there.
const WITH_TWINS: &str = "js mjs css json";

fn is_in(list: &str, ending: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == ending)
}

/// What the name says. Some servers look at all endings of a name (`page.html.zh`), so unless the
/// last one is known to be harmless each of them counts.
pub(crate) fn kind(path: &str) -> Kind {
    let name = last(path).to_lowercase();
    let endings: Vec<&str> = name.split('.').skip(1).map(str::trim).collect();
    let is_archive = endings.last().is_some_and(|last| is_in(ARCHIVES, last));
    let is_run = !is_archive && endings.iter().any(|ending| is_in(RUN_BY_SERVERS, ending));
    if is_in(OBEYED, &name) || is_run {
        return Kind::Active;
    }
    let Some(last) = endings.last() else { return Kind::Unknown };
    if is_in(INERT, last) {
        return Kind::Inert;
    }
    let is_active = endings.iter().any(|ending| is_in(ACTIVE, ending));
    let is_svg = endings.contains(&"svg");
    let is_packed = endings.iter().any(|ending| is_in(PACKED, ending));
    let is_twin = is_packed && endings.iter().any(|ending| is_in(WITH_TWINS, ending));
    match (is_active || is_twin || is_svg && is_packed, is_svg) {
        (true, _) => Kind::Active,
        (false, true) => Kind::Svg,
        (false, false) => Kind::Unknown,
    }
}

/// What the configuration would have to name for a file to be published as it is: its ending, or
/// its path where it has none.
pub(super) fn entry(path: &str) -> String {
    let name = last(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let is_plain =
        |ending: &String| !ending.is_empty() && ending.chars().all(|c| c.is_ascii_alphanumeric());
    ending.filter(is_plain).unwrap_or_else(|| format!("./{path}"))
}
