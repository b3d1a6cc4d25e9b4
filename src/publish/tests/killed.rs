//! Builds that end early, and what the next one makes of it.

use super::*;

/// A whole, sealed tree at `folder`, as a build makes it.
fn sealed(folder: &Path, files: &[(&str, &str)]) {
    let fingerprints = files.iter().map(|(path, _)| marker::fingerprint(path.as_bytes())).collect();
    for (path, text) in files {
        write::write(&folder.join(path), Body::Bytes(text.as_bytes()), folder).unwrap();
    }
    marker::seal(folder, &marker::Manifest::new(None, fingerprints, Vec::new())).unwrap();
}

#[test]
fn what_a_kill_leaves_is_put_right() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    fs::write(site.output().join("CNAME"), "mine").unwrap();
    let whole = site.live();
    let places = site.places();
    let recovered = || {
        drop(site.begin());
        assert_eq!(site.live(), whole);
        assert_eq!(site.beside(), ["public"]);
    };

    // While staging: before the marker, with an empty one, and with files.
    fs::create_dir(&places.stage).unwrap();
    recovered();
    fs::create_dir(&places.stage).unwrap();
    fs::write(places.stage.join(marker::NAME), "").unwrap();
    recovered();
    fs::write(&places.lock, "").unwrap();
    fs::create_dir(&places.stage).unwrap();
    marker::open(&places.stage).unwrap();
    fs::create_dir(places.stage.join("guides")).unwrap();
    fs::write(places.stage.join("guides/index.html"), "2").unwrap();
    fs::hard_link(places.output.join("CNAME"), places.stage.join("CNAME")).unwrap();
    recovered();

    // After the exchange: the old tree, with a file that came in at the last moment.
    sealed(&places.stage, &[("index.html", "0"), ("gone/index.html", "0")]);
    fs::hard_link(places.output.join("CNAME"), places.stage.join("CNAME")).unwrap();
    recovered();
    sealed(&places.stage, &[("index.html", "0")]);
    fs::create_dir(places.stage.join("late")).unwrap();
    fs::rename(places.output.join("CNAME"), places.stage.join("late/CNAME")).unwrap();
    drop(site.begin());
    fs::rename(places.output.join("late/CNAME"), places.output.join("CNAME")).unwrap();
    fs::remove_dir(places.output.join("late")).unwrap();
    recovered();

    // Between two renames: no output, the old tree and the new one.
    sealed(&places.stage, &[("index.html", "2")]);
    fs::rename(&places.output, &places.old).unwrap();
    recovered();
}

/// Where the swap is two renames, a reader can find no output between them.
#[test]
#[cfg(target_os = "linux")]
fn the_swap_is_one_step() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    let places = site.places();
    sealed(&places.stage, &[("index.html", "2")]);
    let standing = guard::look(&places.output).unwrap();
    assert_eq!(swap::swap(&places, &standing).unwrap(), Some(places.stage.as_path()));
    assert_eq!(files(&site.live()), [("index.html", "2")]);
    assert_eq!(files(&tree(&places.stage))[1], ("index.html", "1"));
}

#[test]
fn two_renames_do_where_there_is_no_exchange() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    let places = site.places();
    sealed(&places.stage, &[("index.html", "2")]);
    swap::rename_twice(&places).unwrap();
    assert_eq!(files(&site.live()), [("index.html", "2")]);
    foreign::merge_back(&places.old, &places.output).unwrap();
    assert_eq!(site.beside(), ["public"]);
    // The second rename fails: the first is taken back.
    swap::rename_twice(&places).unwrap_err();
    assert_eq!(files(&site.live()), [("index.html", "2")]);
    assert!(matches!(guard::look(&places.output), Ok(OutputState::Ours(_))));
}

/// Tells the test below that it runs as the process that it kills, and where.
const VICTIM: &str = "TIER0_TEST_PUBLISH_VICTIM";
const PAGES: usize = 60;

/// Builds generation after generation.
fn build_until_killed(home: &Path) {
    let sources = [home.join("content")];
    for generation in 0.. {
        let text = generation.to_string();
        let guard = Guard { project: home, sources: &sources, edition: "public" };
        let stage = Stage::begin(&home.join("dist/public"), &guard).unwrap();
        for page in 0..PAGES {
            stage.put(&format!("p{page}/index.html"), Body::Bytes(text.as_bytes())).unwrap();
        }
        // Differs from generation to generation, so that there are orphans.
        stage.put(&format!("only-{generation}.html"), Body::Bytes(text.as_bytes())).unwrap();
        stage.commit().unwrap();
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the test hands the folder over to itself")]
fn a_kill_at_any_moment_leaves_one_whole_build() {
    if let Some(home) = std::env::var_os(VICTIM) {
        return build_until_killed(Path::new(&home));
    }
    let rounds = std::env::var_os("TIER0_LONG").map_or(8, |_| 100);
    let site = Site::new();
    site.build(&[("index.html", "first")]);
    fs::write(site.output().join("CNAME"), "mine").unwrap();
    let module = module_path!().split_once("::").unwrap().1;
    let name = format!("{module}::a_kill_at_any_moment_leaves_one_whole_build");
    let inode = || fs::metadata(site.output()).unwrap().ino();
    for round in 0..rounds {
        let before = inode();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &name])
            .env(VICTIM, site.project())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // The first swap shows that it is under way; then the moments spread over a generation.
        let swapped = (0..20_000).any(|_| {
            std::thread::sleep(Duration::from_micros(500));
            inode() != before
        });
        assert!(swapped, "the child builds nothing");
        std::thread::sleep(Duration::from_micros(17_500 * round / rounds));
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success(), "it builds until it is killed");

        let check = |tree: &Tree| {
            let mut found = files(tree);
            assert_eq!(found.remove(0), ("CNAME", "mine"));
            let one = found[0].1;
            assert!(found.iter().all(|(_, text)| *text == one), "two builds in one tree");
            assert_eq!(found.len(), PAGES + 1);
        };
        check(&site.live());
        drop(site.begin());
        check(&site.live());
        assert_eq!(site.beside(), ["public"]);
    }
}
