//! Images and attachments of folders that hand down roles: shown to their readers, and to nobody else.

use super::Way;
use super::readers::CONFIG;
use crate::support::Site;

/// A folder for others in every way that says so, a file of it, and what shows the file on a page. All
/// of them lie in a folder of their own.
const FILES_OF_OTHERS: [(&str, &str, &str); 9] = [
    ("vault/_index.md", "vault/x.png", "![x](vault/x.png)"),
    ("vault/index.md", "vault/x.png", "[x](vault/x.png)"),
    ("vault/_index.zh.md", "vault/x.pdf", "[x](vault/x.pdf)"),
    ("vault/_index.md", "vault/deep/er/x.txt", "[x](vault/deep/er/x.txt)"),
    ("Vault/_index.md", "vault/x.png", "![x](vault/x.png)"),
    ("_index.md", "x.svg", "![x](x.svg)"),
    ("vault/_index.md", "vault/x.png", "<img src=\"vault/x.png\" alt=\"x\">"),
    ("vault/_index.md", "vault/x.png", "<p><a href='./open/../vault/x.png'>x</a></p>"),
    ("_snippets/_index.md", "_snippets/x.png", "![x](_snippets/x.png)"),
];

/// What is wrong with files of folders for others.
pub fn check(way: Way) -> Vec<String> {
    let site = Site::new().file("tier0.toml", CONFIG);
    let mut wanted = Vec::new();
    let heads = ["cascade: { roles: [ops] }", "status: draft\ncascade: { roles: ops }"];
    for (number, (folder, file, page)) in FILES_OF_OTHERS.into_iter().enumerate() {
        let here = format!("content/c{number}");
        let head = heads[number % heads.len()];
        site.put(&format!("{here}/{folder}"), format!("---\ntitle: V\n{head}\n---\n").as_bytes());
        site.put(&format!("{here}/{file}"), b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        let page = format!("---\nroles: customer\n---\n# P\n\n{page}\n");
        site.put(&format!("{here}/p.md"), page.as_bytes());
        wanted.push(format!("error file-of-other-readers {here}/p.md"));
    }
    // In the folder of a language, by a link, and by a link from the static folder.
    site.put("french/c0/vault/f.png", b"x");
    site.put("french/p.md", b"# P\n\n![x](c0/vault/f.png) ![y](/c0/vault/x.png)\n");
    wanted
        .extend(["french/p.md", "french/p.md"].map(|p| format!("error file-of-other-readers {p}")));
    site.put("content/open/p.md", b"# P\n\n![x](y.png)\n");
    wanted.push("error file-of-other-readers content/open/p.md".to_owned());
    std::fs::create_dir(site.path("static")).expect("a folder");
    for (link, to) in
        [("content/open/y.png", "../c0/vault/x.png"), ("static/z.png", "../content/c0/vault/x.png")]
    {
        std::os::unix::fs::symlink(to, site.path(link)).expect("a link");
    }
    wanted.push("error file-of-other-readers static/z.png".to_owned());
    wanted.sort();
    let mut faults = Vec::new();
    for edition in ["public", "desk"] {
        let mut built = way.build(&site, edition);
        built.problems.sort();
        if built.problems != wanted {
            faults.push(format!("{edition}: {:#?}", built.problems));
        }
        if !built.said.contains("content/c0/vault/_index.md") {
            faults.push(format!("the folder is not named: {}", built.said));
        }
    }
    let internal = way.build(&site, "internal");
    if !internal.is_good {
        faults.push(format!("internal: {:?}", internal.problems));
    }
    faults
}

/// What readers of a folder may see anyway, and what is nearer than the folder that keeps others out.
#[test]
fn files_are_shown_to_the_readers_of_their_folder() {
    let site = Site::new()
        .file("tier0.toml", CONFIG)
        .file(
            "content/p.md",
            "# P\n\n:::only roles=ops\n![x](vault/x.png)\n:::\n\n![y](vault/open/y.png)\n",
        )
        .file("content/q.md", "---\nroles: ops\n---\n# Q\n\n![x](vault/x.png)\n")
        .file("content/vault/_index.md", "---\ntitle: V\ncascade: { roles: [ops, hotline] }\n---\n")
        .file(
            "content/vault/open/_index.md",
            "---\ntitle: O\ncascade: { roles: [customer] }\n---\n",
        )
        .file("content/vault/x.png", "x")
        .file("content/vault/open/y.png", "y");
    let public = site.build(&["--edition", "public"]).clean().output;
    assert!(public.has("vault/open/y.png") && !public.has("vault/x.png"));
    site.build(&["--edition", "desk"]).clean();
    let internal = site.build(&["--edition", "internal"]).clean().output;
    assert!(internal.has("vault/open/y.png") && internal.has("vault/x.png"));
    // It comes and goes with what the folder says, in the same words elsewhere.
    site.put("content/p.md", b"# P\n\n![x](vault/x.png)\n");
    let run = site.build(&["--edition", "public"]);
    assert_eq!((run.code, run.codes()), (1, vec!["file-of-other-readers"]));
    for word in ["content/vault/x.png", "content/vault/_index.md", "ops, hotline"] {
        assert!(run.problems[0].message.contains(word), "{:?}", run.problems);
    }
    assert_eq!(site.build(&["--edition", "desk"]).fine().codes(), [""; 0]);
}

#[test]
fn files_of_a_folder_for_others_are_not_published() {
    assert_eq!(check(Way::Command), [""; 0]);
}
