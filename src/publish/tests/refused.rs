//! Folders that tier0 must not touch.

use super::*;

#[test]
fn refused_folders_are_left_untouched() {
    let site = Site::new();
    let root = site.home.path().to_path_buf();
    let make = |path: &str, file: &str| {
        fs::create_dir_all(root.join(path)).unwrap();
        fs::write(root.join(path).join(file), "precious").unwrap();
        root.join(path)
    };
    let foreign = make("foreign", "thesis.doc");
    let repository = make("repository", ".git");
    let marked = make("marked", marker::NAME);
    let newer = make("newer", "index.html");
    fs::write(newer.join(marker::NAME), "tier0 output 2\n").unwrap();
    site.build(&[("index.html", "1")]);
    let dead = root.join("dead");
    symlink("nowhere", &dead).unwrap();
    let to_content = root.join("to-content");
    symlink("site/content", &to_content).unwrap();
    let to_root = root.join("to-root");
    symlink("/", &to_root).unwrap();
    let project = site.project();

    let before = tree(&root);
    for (output, expected) in [
        (PathBuf::from("/"), "output-unsafe"),
        (project.clone(), "output-unsafe"),
        (project.join("dist/.."), "output-unsafe"),
        (project.join("new/../../site"), "output-unsafe"),
        (root.clone(), "output-unsafe"),
        (project.join("content"), "output-unsafe"),
        (project.join("content/public"), "output-unsafe"),
        (project.join("content/new/../public"), "output-unsafe"),
        (project.join("content/a.md"), "output-unsafe"),
        (project.join("tier0.toml/../content"), "output-unsafe"),
        (to_content.clone(), "output-unsafe"),
        (to_content.join("new/deep"), "output-unsafe"),
        (to_root, "output-unsafe"),
        (dead.clone(), "output-unsafe"),
        (dead.join("public"), "output-unsafe"),
        (repository.clone(), "output-unsafe"),
        (root.join("new/.git/public"), "output-unsafe"),
        (foreign.join("thesis.doc"), "output-unsafe"),
        (site.output().join("inner"), "output-unsafe"),
        (foreign, "output-not-ours"),
        (marked, "output-not-ours"),
        (newer, "output-not-ours"),
    ] {
        let error = site.begin_in(&output).unwrap_err();
        assert_eq!(code(error), expected, "{}", output.display());
    }
    assert_eq!(tree(&root), before);
}

#[test]
fn the_home_folder_is_refused() {
    let site = Site::new();
    let home = site.home.path().join("users/me");
    fs::create_dir_all(&home).unwrap();
    let guard = Guard { project: &site.project(), sources: &[], edition: "public" };
    let check = |output: &Path| guard::check(output, &guard, Some(&home)).map_err(code);
    assert_eq!(check(&home), Err("output-unsafe"));
    assert_eq!(check(home.parent().unwrap()), Err("output-unsafe"));
    assert!(check(&home.join("public")).is_ok());
}

#[test]
fn an_output_may_lie_in_a_project_that_is_its_own_content() {
    let site = Site::new();
    let project = site.project();
    let sources = [project.clone(), project.join("static")];
    let guard = Guard { project: &project, sources: &sources, edition: "public" };
    assert!(guard::check(&site.output(), &guard, None).is_ok());
    assert!(guard::check(&project.join("static/public"), &guard, None).is_err());
    assert!(guard::check(&project.join("missing/../static"), &guard, None).is_err());
}

#[test]
fn a_repository_deep_in_the_output_is_refused() {
    let site = Site::new();
    site.build(&[("guides/index.html", "1")]);
    fs::create_dir(site.output().join("guides/.git")).unwrap();
    let before = tree(&site.project());
    let error = site.staged(&[("guides/index.html", "2")]).commit().unwrap_err();
    assert_eq!(code(error), "output-unsafe");
    assert_eq!(tree(&site.project()), before);
}

#[test]
fn a_link_in_the_output_leads_nothing_out_of_it() {
    let site = Site::new();
    site.build(&[("guides/index.html", "1")]);
    let outside = site.home.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("index.html"), "2").unwrap();
    fs::remove_dir_all(site.output().join("guides")).unwrap();
    symlink(&outside, site.output().join("guides")).unwrap();
    let error = site.staged(&[("guides/index.html", "2")]).commit().unwrap_err();
    assert_eq!(code(error), "output-not-ours");

    site.build(&[("index.html", "3")]);
    assert_eq!(files(&tree(&outside)), [("index.html", "2")]);
    assert_eq!(fs::metadata(outside.join("index.html")).unwrap().nlink(), 1);
}

#[test]
fn folders_under_our_names_that_are_not_ours_are_left_alone() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    let stage = site.places().stage;
    fs::create_dir(&stage).unwrap();
    fs::write(stage.join("thesis.doc"), "precious").unwrap();
    let before = tree(&site.project());
    let error = site.begin_in(&site.output()).unwrap_err();
    assert_eq!(code(error), "output-not-ours");
    assert_eq!(tree(&site.project()), before);
}
