//! Folders, links and checkouts: what happens to many files at once.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::lookout::{Look, Lookout};

fn two_folders(root: &Path) {
    fs::create_dir_all(root.join("content/guides/deep")).unwrap();
    for name in ["content/a.md", "content/guides/b.md", "content/guides/deep/c.md", "tier0.toml"] {
        fs::write(root.join(name), "old").unwrap();
    }
}

/// Does something, and then saves a file in what came of it: both must be seen.
fn then_save(lookout: &Lookout, name: &str, change: impl FnOnce()) {
    change();
    // At once: watches may not be set yet.
    lookout.write(name, "at once");
    assert!(lookout.looks().iter().any(|look| look.change.everything), "{name}");
    lookout.write(name, "later");
    assert_eq!(lookout.looks().last().unwrap().files[name], "later");
}

#[test]
fn folders_are_made_renamed_and_removed() {
    let lookout = Lookout::new(false, two_folders);
    then_save(&lookout, "content/new/x/y/z.md", || ());
    then_save(&lookout, "content/moved/x/y/z.md", || {
        fs::rename(lookout.path("content/new"), lookout.path("content/moved")).unwrap();
    });
    then_save(&lookout, "content/guides/deep/c.md", || {
        fs::remove_dir_all(lookout.path("content/guides")).unwrap();
    });
    then_save(&lookout, "content/guides/deep/c.md", || {
        // Out of what is watched, and another one in its place.
        fs::rename(lookout.path("content/guides"), lookout.path("kept")).unwrap();
        fs::create_dir_all(lookout.path("content/guides/deep")).unwrap();
    });
    fs::rename(lookout.path("content/moved"), lookout.path("elsewhere")).unwrap();
    let looks = lookout.looks();
    assert!(looks.iter().any(|look| look.change.everything), "a folder went: {looks:?}");
    lookout.write("elsewhere/x/y/z.md", "unseen");
    lookout.stays_quiet(Duration::from_millis(500), "a folder that has left");
    then_save(&lookout, "content/back/x/y/z.md", || {
        fs::rename(lookout.path("elsewhere"), lookout.path("content/back")).unwrap();
    });
}

#[test]
fn the_root_is_renamed_away_and_back() {
    let lookout = Lookout::new(false, two_folders);
    for round in 0..3 {
        fs::rename(lookout.path("content"), lookout.path("gone")).unwrap();
        assert!(lookout.looks().iter().any(|look| look.change.everything));
        lookout.write("gone/a.md", &format!("unseen {round}"));
        lookout.stays_quiet(Duration::from_millis(300), "a root that is not there");
        then_save(&lookout, "content/guides/deep/c.md", || {
            fs::rename(lookout.path("gone"), lookout.path("content")).unwrap();
        });
    }
    // A configuration that goes and comes by itself.
    fs::rename(lookout.path("tier0.toml"), lookout.path("old.toml")).unwrap();
    lookout.looks();
    fs::rename(lookout.path("old.toml"), lookout.path("tier0.toml")).unwrap();
    lookout.looks();
}

/// One build, at most two, unless the machine stops the program that does it.
fn assert_few(looks: &[Look], longest: Duration, what: &str) {
    println!("{what}: {} builds, longest pause {longest:?}", looks.len());
    let most = if longest < Duration::from_millis(100) { 2 } else { 6 };
    assert!(looks.len() <= most, "{what}: {} builds", looks.len());
    assert!(looks.last().unwrap().change.everything);
}

#[test]
fn a_checkout_of_ten_thousand_files_is_one_build_or_two() {
    let lookout = Lookout::new(false, |root| {
        for folder in 0..100 {
            let folder = root.join(format!("content/{folder}"));
            fs::create_dir(&folder).unwrap();
            for file in 0..80 {
                fs::write(folder.join(format!("{file}.md")), "old").unwrap();
            }
        }
    });
    let (mut longest, mut last) = (Duration::ZERO, Instant::now());
    for folder in 0..100 {
        let path = lookout.path(&format!("content/{folder}"));
        let new = lookout.path(&format!("content/new{folder}"));
        for file in 0..20 {
            let name = |file: i32| path.join(format!("{file}.md"));
            fs::remove_file(name(file)).unwrap();
            fs::rename(name(file + 20), path.join(format!("renamed{file}.md"))).unwrap();
            for old in [file + 40, file + 60] {
                fs::remove_file(name(old)).unwrap();
                fs::write(name(old), "new").unwrap();
            }
            fs::create_dir_all(&new).unwrap();
            fs::write(new.join(format!("{file}.md")), "new").unwrap();
            longest = longest.max(last.elapsed());
            last = Instant::now();
        }
        // Some three seconds in all.
        thread::sleep(Duration::from_millis(20));
    }
    assert_few(&lookout.looks(), longest, "checkout");

    let (mut longest, mut last) = (Duration::ZERO, Instant::now());
    for folder in 0..100 {
        fs::remove_dir_all(lookout.path(&format!("content/{folder}"))).unwrap();
        longest = longest.max(last.elapsed());
        last = Instant::now();
    }
    assert_few(&lookout.looks(), longest, "removal");
    // Everything is watched as before.
    lookout.write("content/new99/19.md", "edited");
    let looks = lookout.looks();
    assert_eq!(looks.len(), 1, "{looks:?}");
    assert!(!looks[0].change.everything);
}

/// A script that writes one file after the other: the first is taken for a save.
#[test]
fn files_in_a_row_are_few_builds() {
    let lookout = Lookout::new(false, |root| {
        for file in 0..15 {
            fs::write(root.join(format!("content/{file}.md")), "old").unwrap();
        }
    });
    let (mut longest, mut last) = (Duration::ZERO, Instant::now());
    for file in 0..15 {
        lookout.write(&format!("content/{file}.md"), "new");
        thread::sleep(Duration::from_millis(8));
        longest = longest.max(last.elapsed());
        last = Instant::now();
    }
    let looks = lookout.looks();
    let most = if longest < Duration::from_millis(30) { 2 } else { 15 };
    assert!(looks.len() <= most, "{} builds, longest pause {longest:?}", looks.len());
    let told: Vec<_> = looks.iter().flat_map(|look| &look.change.paths).collect();
    assert_eq!(told.len(), 15, "{told:?}");
    assert!(looks.iter().all(|look| !look.change.everything));
}

/// The output lies in the content, and every build writes it, as `tier0 build` would.
#[test]
fn writing_the_output_is_no_change() {
    let lookout = Lookout::new(false, two_folders);
    for round in 0..5 {
        for file in 0..50 {
            lookout.write(&format!("content/.dist.tier0-stage/{round}/{file}.html"), "page");
        }
        let _ = fs::remove_dir_all(lookout.path("content/dist"));
        fs::rename(lookout.path("content/.dist.tier0-stage"), lookout.path("content/dist"))
            .unwrap();
        lookout.write("content/dist/index.html", "page");
    }
    lookout.stays_quiet(Duration::from_secs(1), "the output");
    lookout.write("content/a.md", "new");
    assert_eq!(lookout.looks().len(), 1);
}

/// Somebody reads all the time: a search, a backup, our own builds.
fn idle(time: Duration) {
    let lookout = Lookout::new(false, two_folders);
    let end = Instant::now() + time;
    while Instant::now() < end {
        for name in ["content/a.md", "content/guides/b.md", "tier0.toml"] {
            fs::read(lookout.path(name)).unwrap();
        }
        let entries = fs::read_dir(lookout.path("content")).unwrap();
        assert!(entries.count() > 0);
        lookout.stays_quiet(Duration::from_millis(50), "nothing but reading");
    }
    lookout.write("content/a.md", "new");
    assert_eq!(lookout.looks().len(), 1);
}

#[test]
fn reading_is_no_change() {
    idle(Duration::from_secs(5));
}

#[test]
#[ignore = "takes a minute"]
fn a_minute_of_reading_is_no_change() {
    idle(Duration::from_secs(60));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::{Duration, Lookout, fs, two_folders};

    #[test]
    fn what_links_lead_to_is_watched() {
        let lookout = Lookout::new(false, |root| {
            two_folders(root);
            fs::create_dir_all(root.join("shared/deep")).unwrap();
            for name in ["shared/s.md", "shared/deep/d.md", "readme.md"] {
                fs::write(root.join(name), "old").unwrap();
            }
            symlink("../readme.md", root.join("content/file.md")).unwrap();
            symlink("../shared", root.join("content/folder")).unwrap();
            symlink("guides", root.join("content/again")).unwrap();
        });
        let told = |file: &str, link: &str| {
            lookout.write(file, &format!("new {file}"));
            let looks = lookout.looks();
            let paths = &looks[0].change.paths;
            assert!(paths.contains(&lookout.path(link)), "{file}: {paths:?}");
            assert!(!looks[0].change.everything, "{file}");
            assert_eq!(looks.last().unwrap().files[link], format!("new {file}"));
        };
        told("readme.md", "content/file.md");
        told("shared/s.md", "content/folder/s.md");
        told("content/folder/deep/d.md", "content/folder/deep/d.md");
        told("content/guides/b.md", "content/again/b.md");
        told("content/again/deep/c.md", "content/guides/deep/c.md");
        lookout.write("beside.md", "unseen");
        lookout.stays_quiet(Duration::from_millis(300), "a file that no link leads to");

        // The folder stays watched by its own name when a link to it goes.
        fs::remove_file(lookout.path("content/again")).unwrap();
        assert!(lookout.looks().iter().any(|look| look.change.everything));
        lookout.write("content/guides/b.md", "later");
        lookout.looks();

        // Saved by a rename, like most editors do.
        lookout.write("tmp", "renamed over");
        fs::rename(lookout.path("tmp"), lookout.path("readme.md")).unwrap();
        assert_eq!(lookout.looks().last().unwrap().files["content/file.md"], "renamed over");
    }

    #[test]
    fn links_come_go_and_change() {
        let lookout = Lookout::new(false, two_folders);
        for name in ["one", "two"] {
            fs::create_dir(lookout.path(name)).unwrap();
            lookout.write(&format!("{name}/x.md"), name);
        }
        let save = |name: &str, link: &str| {
            assert!(lookout.looks().iter().any(|look| look.change.everything), "{link}");
            lookout.write(name, "edited");
            assert_eq!(lookout.looks().last().unwrap().files[link], "edited");
        };
        symlink("../one", lookout.path("content/link")).unwrap();
        save("one/x.md", "content/link/x.md");
        symlink("../two", lookout.path("content/link2")).unwrap();
        fs::rename(lookout.path("content/link2"), lookout.path("content/link")).unwrap();
        save("two/x.md", "content/link/x.md");
        // To nothing, which then comes.
        symlink("../later.md", lookout.path("content/later.md")).unwrap();
        lookout.rests();
        lookout.write("later.md", "there");
        assert_eq!(lookout.looks().last().unwrap().files["content/later.md"], "there");
        // In a circle, and out of the site to a whole disk: nobody looks there.
        symlink(".", lookout.path("content/circle")).unwrap();
        lookout.rests();
        lookout.write("content/a.md", "new");
        lookout.looks();
    }

    #[test]
    fn the_world_is_not_watched() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("x"), "x").unwrap();
        let lookout = Lookout::new(false, |root| {
            two_folders(root);
            symlink(outside.path(), root.join("content/world")).unwrap();
        });
        fs::write(outside.path().join("x"), "new").unwrap();
        lookout.stays_quiet(Duration::from_millis(500), "what lies outside of the site");
    }

    /// `current -> v1`, as deployments do it.
    #[test]
    fn a_root_that_is_a_link_may_lead_elsewhere() {
        let lookout = Lookout::new(false, |root| {
            two_folders(root);
            fs::rename(root.join("content"), root.join("v1")).unwrap();
            fs::create_dir(root.join("v2")).unwrap();
            fs::write(root.join("v2/a.md"), "v2").unwrap();
            symlink("v1", root.join("content")).unwrap();
        });
        lookout.write("content/a.md", "new");
        lookout.looks();
        symlink("v2", lookout.path("next")).unwrap();
        fs::rename(lookout.path("next"), lookout.path("content")).unwrap();
        let looks = lookout.looks();
        assert!(looks.iter().any(|look| look.change.everything));
        lookout.write("v2/a.md", "newer");
        assert_eq!(lookout.looks().last().unwrap().files["content/a.md"], "newer");
    }
}
