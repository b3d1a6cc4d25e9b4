//! Leaks that are known and not mended yet. Each test fails until its leak is gone; then it moves
//! to the checks beside it.

use super::{Haystack, Way};
use crate::support::Site;

const CONFIG: &str = "[editions.internal]\nroles = \"all\"\n";
const SECRET: &str = "quamble";

fn page(text: &str) -> Site {
    let text = format!("# A\n\nBefore.\n\n{text}");
    Site::new().file("tier0.toml", CONFIG).file("content/a.md", &text)
}

/// Fails if the public edition holds the word or says it, unless it is refused.
fn hides(site: &Site) {
    let public = Way::Command.build(site, "public");
    assert_eq!(Haystack::new(&public.tree).find(SECRET), [""; 0]);
    assert!(!public.is_good || !public.said.contains(SECRET), "said: {}", public.said);
}

/// `tools.md` and `tools/_index.md` share a key, so the folder's page takes the roles of the page
/// beside the folder for those of a translation, and passes the folder above it.
#[test]
fn open_leak_a_folders_page_takes_roles_from_the_page_beside_the_folder() {
    let site = Site::new()
        .file("tier0.toml", CONFIG)
        .file("content/_index.md", "# Home\n")
        .file("content/ops/_index.md", "---\ncascade: { roles: ops }\n---\n")
        .file("content/ops/tools/_index.md", "# Tools\n\nquamble\n")
        .file("content/ops/tools.md", "---\nroles: customer\nslug: other\n---\n# T\n");
    hides(&site);
}

/// Front matter is read before anybody knows who may see the page.
#[test]
fn open_leak_warnings_of_excluded_pages_are_reported_to_everybody() {
    let site = page("").file("content/quamble.md", "---\nroles: ops\ntitel: Quamble\n---\n# Q\n");
    hides(&site);
}

/// What a missing image is taken for may be an image that only others see.
#[test]
fn open_leak_suggestions_name_files_that_only_excluded_pages_show() {
    let config = format!("{CONFIG}[severity]\nmissing-image = \"warning\"\n");
    let site = page("![x](quambl.png)\n\n:::internal\n![y](quamble.png)\n:::\n")
        .file("content/quamble.png", "x")
        .file("tier0.toml", &config);
    hides(&site);
}

/// A longer fence is open inside, so its writer takes the shorter one for text or for its end. The
/// internal edition calls it an error; the public one has cut the place and says nothing.
#[test]
fn open_leak_a_block_ends_while_a_longer_container_is_open_in_it() {
    hides(&page(":::internal\n::::note\nx\n:::\nquamble\n"));
}

/// `> [!NOTE]` is read, and any other word makes a note: this one, for everybody.
#[test]
fn open_leak_an_alert_named_internal_is_a_note_for_everybody() {
    hides(&page("> [!INTERNAL]\n> quamble\n"));
}

/// Ratio signs look like colons, and Chinese input methods offer them.
#[test]
fn open_leak_ratio_signs_look_like_colons() {
    hides(&page("∶∶∶internal\nquamble\n∶∶∶\n"));
}

/// One byte that is not UTF-8, and the gate does not read a file at all.
#[test]
fn open_leak_the_gate_skips_text_with_one_broken_byte() {
    let sentence = "The master key hangs behind the blue door of the old archive.";
    let site = page(&format!(":::internal\n{sentence}\n:::\n"));
    site.put("static/notes.txt", format!("{sentence}\n").as_bytes());
    assert_eq!(site.build(&[]).code, 4);
    site.put("static/notes.txt", &[sentence.as_bytes(), b"\n\xe9\n"].concat());
    assert_eq!(site.build(&[]).code, 4);
}
