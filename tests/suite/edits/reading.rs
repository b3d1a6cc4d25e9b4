//! Edits by name: what the reader may take for what it was.

use tier0::Changed;

use super::cases::{page, public, site};
use super::disk::Age;

#[test]
fn a_file_that_is_no_text_is_said_once_and_mended() {
    let mut bench = site("# B\n\n## Here\n");
    std::fs::write(bench.disk.site.path("content/b.md"), b"# B \xff\n").expect("a file");
    bench.check_some(&Changed::Everything, &super::EDITIONS, true, "broken text");
    // The same text for people, as it stands in for bytes that are none.
    bench.disk.put("content/b.md", "# B \u{fffd}\n", Age::Kept);
    bench.check("whole text that reads the same");
    std::fs::write(bench.disk.site.path("content/b.md"), b"# B \xff\n").expect("a file");
    bench.check_some(&Changed::Everything, &super::EDITIONS, true, "broken again");
    bench.disk.put("content/b.md", "# B \u{fffd}\n", Age::Kept);
    bench.check_some(&Changed::Everything, &super::EDITIONS, true, "whole again");
    bench.disk.put("content/b.md", "---\nroles: [\n---\n", Age::Kept);
    bench.check("a head that cannot be read");
    bench.disk.put("content/b.md", "# B\n", Age::Kept);
    bench.check("fixed");
}

#[test]
fn an_edit_of_the_same_length_at_the_same_time_is_seen() {
    for age in [Age::Kept, Age::Packed, Age::Young] {
        let mut bench = site("# B\n\n## Here\n\nOne.\n");
        bench.disk.put("content/b.md", "# B\n\n## Here\n\nTwo.\n", age);
        let found = bench.check("one file");
        assert!(page(public(&found), "b/index.html").contains("Two."));
        bench.disk.put("content/b.md", "# B\n\n## Here\n\nSix.\n", age);
        bench.disk.put("content/new.md", "# New\n", age);
        let found = bench.check("a new file beside it");
        assert!(page(public(&found), "b/index.html").contains("Six."));
    }
}

/// Nobody names the file that changed; the disk tells.
#[test]
fn a_file_that_says_it_is_another_is_read_when_something_else_changes() {
    let mut bench = site("# B\n\nOne.\n");
    bench.disk.put("content/b.md", "# B\n\nTwo.\n", Age::Young);
    bench.check("a young file");
    let path = bench.disk.site.path("content/b.md");
    let time = std::fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
    std::fs::write(&path, "# B\n\nSix.\n").expect("a file");
    let opened = std::fs::File::options().write(true).open(&path);
    opened.and_then(|file| file.set_modified(time)).expect("a time");
    bench.disk.put("content/new.md", "# New\n", Age::Old);
    let found = bench.check("its time says nothing");
    assert!(page(public(&found), "b/index.html").contains("Six."));
    bench.disk.put("content/b.md", "# B\n\nOld.\n", Age::Old);
    bench.check("an old file");
    std::fs::write(&path, "# B\n\nTen.\n").expect("a file");
    bench.disk.put("content/newer.md", "# Newer\n", Age::Old);
    let found = bench.check("its time is another");
    assert!(page(public(&found), "b/index.html").contains("Ten."));
}

#[test]
fn the_same_files_are_read_as_another_tree() {
    let mut bench = site("# B\n\n## Here\n");
    bench.disk.put("tier0.toml", "[site]\ncontent = \".\"\n", Age::Kept);
    let found = bench.check("all of the site is content");
    assert!(public(&found).files.contains_key("content/b/index.html"));
    bench.disk.put("tier0.toml", "[languages.zh]\ncontent = \"content/guides\"\n", Age::Kept);
    let found = bench.check("a folder is a language");
    assert!(public(&found).files.contains_key("zh/c/index.html"));
}

#[test]
fn folders_whose_files_have_the_same_times_change_places() {
    let mut bench = site("# B\n");
    for (folder, word) in [("x", "Left"), ("y", "Over")] {
        bench.disk.put(&format!("content/{folder}/p.md"), &format!("# {word}\n"), Age::Packed);
    }
    bench.check("two folders");
    bench.disk.rename("content/x", "content/.z");
    bench.disk.rename("content/y", "content/x");
    bench.disk.rename("content/.z", "content/y");
    let found = bench.check("each has the name of the other");
    assert!(page(public(&found), "x/p/index.html").contains("Over"));
}

#[cfg(unix)]
mod links {
    use super::*;

    #[test]
    fn a_file_with_two_names_is_written() {
        let mut bench = site("# B\n\n## Here\n");
        bench.disk.link("b.md", "content/alias.md");
        bench.disk.link("guides", "content/more");
        bench.check("links");
        bench.disk.put("content/b.md", "# Wasp\n\n## Here\n", Age::Kept);
        let found = bench.check("the file behind a link");
        assert!(page(public(&found), "alias/index.html").contains("Wasp"));
        assert!(page(public(&found), "b/index.html").contains("Wasp"));
        bench.disk.put("content/more/c.md", "# Through the link\n", Age::Kept);
        let found = bench.check("through a link");
        assert!(page(public(&found), "guides/c/index.html").contains("Through"));
        bench.disk.put("content/guides/c.md", "# Behind the link\n", Age::Kept);
        bench.disk.put("content/d.md", "# D\n", Age::Old);
        let found = bench.check("and a new file");
        assert!(page(public(&found), "more/c/index.html").contains("Behind"));
    }

    #[test]
    fn a_link_is_replaced_by_a_file_and_leads_elsewhere() {
        let mut bench = site("# B\n\n## Here\n");
        bench.disk.put("content/x.md", "# One\n", Age::Packed);
        bench.disk.put("content/y.md", "# Two\n", Age::Packed);
        bench.disk.link("x.md", "content/l.md");
        bench.check("a link");
        bench.disk.remove("content/l.md");
        bench.disk.link("y.md", "content/l.md");
        let found = bench.check("it leads elsewhere");
        assert!(page(public(&found), "l/index.html").contains("Two"));
        bench.disk.remove("content/l.md");
        bench.disk.put("content/l.md", "# Six\n", Age::Packed);
        let found = bench.check("a file in its place");
        assert!(page(public(&found), "l/index.html").contains("Six"));
        bench.disk.remove("content/x.md");
        bench.disk.link("l.md", "content/x.md");
        let found = bench.check("a link in the place of a file");
        assert!(page(public(&found), "x/index.html").contains("Six"));
        bench.disk.put("content/l.md", "# Ten\n", Age::Packed);
        let found = bench.check("the file behind it");
        assert!(page(public(&found), "x/index.html").contains("Ten"));
    }

    #[test]
    fn a_link_leads_from_a_folder_to_the_same_text_in_another() {
        let mut bench = site("# B\n\n## Here\n");
        for (folder, roles) in [("open", "customer"), ("kept", "ops")] {
            let index = format!("---\ncascade: {{ roles: [{roles}] }}\n---\n");
            bench.disk.put(&format!("content/{folder}/_index.md"), &index, Age::Old);
            bench.disk.put(&format!("content/{folder}/p.md"), "# ById\n", Age::Packed);
        }
        bench.disk.link("open/p.md", "content/l.md");
        let found = bench.check("a link to what all may read");
        assert!(public(&found).files.contains_key("l/index.html"));
        bench.disk.remove("content/l.md");
        bench.disk.link("kept/p.md", "content/l.md");
        let found = bench.check("to what only ops may read");
        assert!(!public(&found).files.contains_key("l/index.html"));
    }

    /// Neither has a content path behind it that would tell them apart.
    #[test]
    fn links_out_of_the_content_change_places() {
        let mut bench = site("# B\n\n## Here\n");
        bench.disk.put("texts/x.md", "# One\n", Age::Packed);
        bench.disk.put("texts/y.md", "# Two\n", Age::Packed);
        bench.disk.link("../texts/x.md", "content/x.md");
        bench.disk.link("../texts/y.md", "content/y.md");
        bench.check("two links");
        for (link, target) in [("x", "y"), ("y", "x")] {
            let link = format!("content/{link}.md");
            bench.disk.remove(&link);
            bench.disk.link(&format!("../texts/{target}.md"), &link);
        }
        let found = bench.check("each leads where the other did");
        assert!(page(public(&found), "x/index.html").contains("Two"));
    }
}
