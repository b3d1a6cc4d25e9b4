use super::*;

fn environment(values: [&str; 4]) -> Environment {
    let [argument, own, visual, editor] =
        values.map(|value| Some(value.to_owned()).filter(|value| value != "-"));
    Environment { argument, own, visual, editor }
}

/// The plan for line 12, column 3 of a file: words separated by `|`, or the reason.
fn planned(values: [&str; 4]) -> String {
    let spot = Spot { file: Path::new("/站点/a b.md"), line: 12, column: 3 };
    match plan(spot, &environment(values)) {
        Launch::Command(words) => {
            words.join(OsStr::new("|")).to_string_lossy().replace("/站点/a b.md", "FILE")
        }
        Launch::Url(url, reason) => {
            assert_eq!(url, "vscode://file/%E7%AB%99%E7%82%B9/a%20b.md:12:3");
            format!("{reason:?}")
        }
    }
}

#[test]
fn what_is_set_decides() {
    for (values, expected) in [
        // Which counts.
        (["-", "-", "-", "-"], "NothingSet"),
        (["", " ", "", ""], "NothingSet"),
        (["a", "b", "code", "code"], "a|FILE"),
        (["-", "b", "code", "code"], "b|FILE"),
        (["", "b", "code", "code"], "b|FILE"),
        (["-", "-", "code", "subl"], "code|--goto|FILE:12:3"),
        (["-", "-", "vim", "subl"], "subl|FILE:12:3"),
        (["-", "-", "-", "subl"], "subl|FILE:12:3"),
        // Commands of one's own.
        (["my-editor", "-", "-", "-"], "my-editor|FILE"),
        (["e -l {line} -c {column} -- {file}", "-", "-", "-"], "e|-l|12|-c|3|--|FILE"),
        (["e {file}:{line}", "-", "-", "-"], "e|FILE:12"),
        (["e +{line}", "-", "-", "-"], "e|+12|FILE"),
        (["kitty vim +{line} {file}", "-", "-", "-"], "kitty|vim|+12|FILE"),
        (["code --reuse-window", "-", "-", "-"], "code|--reuse-window|--goto|FILE:12:3"),
        (["code {file}", "-", "-", "-"], "code|FILE"),
        (["'/opt/my editor' \"--x={line}\"", "-", "-", "-"], "/opt/my editor|--x=12|FILE"),
        (["e $(rm) ; `x` > y", "-", "-", "-"], "e|$(rm)|;|`x`|>|y|FILE"),
        (["e 'open", "-", "-", "-"], "Unreadable(\"e 'open\")"),
        (["''", "-", "-", "-"], "Unreadable(\"''\")"),
        // Terminals.
        (["vim", "-", "-", "-"], "Terminal(\"vim\")"),
        (["vim +{line} {file}", "-", "-", "-"], "Terminal(\"vim\")"),
        (["-", "/usr/bin/nano -w", "-", "-"], "Terminal(\"nano\")"),
        (["-", "-", "nvim", "vi"], "Terminal(\"nvim\")"),
        (["-", "-", "vi", "my-editor"], "Terminal(\"vi\")"),
        (["-", "-", "-", "emacs -nw"], "Terminal(\"emacs\")"),
        (["-", "-", "-", "emacsclient -t"], "Terminal(\"emacsclient\")"),
        (["-", "-", "-", "vim +{line}"], "Terminal(\"vim\")"),
        (["my/vim.sh +{line}", "-", "-", "-"], "my/vim.sh|+12|FILE"),
        (["ed.sh", "-", "-", "-"], "ed.sh|FILE"),
        (["-", "-", "-", "vim.sh"], "Unknown(\"vim.sh\")"),
        (["-", "-", "-", "my-editor"], "Unknown(\"my-editor\")"),
        (["-", "-", "-", "my-editor {file}"], "Unknown(\"my-editor\")"),
        // Known editors.
        (
            ["-", "-", "/usr/bin/Codium.exe --wait", "-"],
            "/usr/bin/Codium.exe|--wait|--goto|FILE:12:3",
        ),
        (["-", "-", "cursor", "-"], "cursor|--goto|FILE:12:3"),
        (["-", "-", "zed", "-"], "zed|FILE:12:3"),
        (["-", "-", "gvim -f", "-"], "gvim|-f|+call cursor(12,3)|FILE"),
        (["-", "-", "emacs", "-"], "emacs|+12:3|FILE"),
        (["-", "-", "emacsclient -c", "-"], "emacsclient|-c|--no-wait|+12:3|FILE"),
        (["-", "-", "idea64.exe", "-"], "idea64.exe|--line|12|--column|3|FILE"),
        (["-", "-", "kate", "-"], "kate|--line|12|--column|3|FILE"),
        (["-", "-", "gedit", "-"], "gedit|+12:3|FILE"),
        (["-", "-", "mate -w", "-"], "mate|-w|--line|12:3|FILE"),
        (["-", "-", "notepad++", "-"], "notepad++|-n12|-c3|FILE"),
        (["-", "-", "bbedit", "-"], "bbedit|+12|FILE"),
    ] {
        assert_eq!(planned(values), expected, "{values:?}");
    }
}

#[test]
fn every_known_editor_is_documented_and_gets_the_file_and_the_line() {
    let pages = [
        include_str!("../../../content/start/preview.md"),
        include_str!("../../../content/start/preview.zh.md"),
    ];
    for (names, arguments) in known::WINDOWS {
        let all = arguments.concat();
        assert!(all.contains("{file}") && all.contains("{line}"), "{names:?}");
        for name in *names {
            assert_eq!(known::name(name), *name);
            assert!(pages.iter().all(|page| page.contains(&format!("`{name}`"))), "{name}");
            assert!(matches!(known::find(name, &[]), KnownEditor::Window(_)), "{name}");
        }
    }
}

#[test]
fn commands_are_cut_as_a_shell_cuts_them() {
    for (command, escapes, expected) in [
        ("a  b\tc", true, "a|b|c"),
        ("'a b'c \"d e\" ''", true, "a bc|d e|"),
        (r#"a\ b \"c "d\"e\\f\g" 'h\i'"#, true, r#"a b|"c|d"e\f\g|h\i"#),
        (r#""C:\Program Files\e.exe" -x"#, false, r"C:\Program Files\e.exe|-x"),
        ("编辑器 “引号”", true, "编辑器|“引号”"),
    ] {
        assert_eq!(words::split(command, escapes).map(|w| w.join("|")).as_deref(), Some(expected));
    }
    assert_eq!(words::split("", true), Some(Vec::new()));
    for open in ["'a", "\"a", "a 'b\"", "\"a\\\""] {
        assert_eq!(words::split(open, true), None, "{open}");
    }
    let file = Path::new("{line}.md");
    assert_eq!(words::fill("{file}:{line}{column}{x}", file, 1, 2), "{line}.md:12{x}");
}

#[test]
fn paths_are_written_as_addresses() {
    for (path, is_windows, expected) in [
        ("/a b/指南#1?.md", false, "/a%20b/%E6%8C%87%E5%8D%97%231%3F.md"),
        ("/a:1/%20.md", false, "/a%3A1/%2520.md"),
        (r"/back\slash", false, "/back%5Cslash"),
        (r"C:\Users\王 五\a.md", true, "/C:/Users/%E7%8E%8B%20%E4%BA%94/a.md"),
        (r"\\?\d:\x.md", true, "/d:/x.md"),
        (r"\\server\share\x.md", true, "//server/share/x.md"),
    ] {
        assert_eq!(url_path(path.as_bytes(), is_windows), expected);
    }
}

#[test]
fn only_files_of_the_project_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir_all(content.join("sub")).unwrap();
    let put = |name: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, "x").unwrap();
        path
    };
    let (article, secret, beside) =
        (put("content/sub/a.md"), put("secret.md"), put("content-of-others.md"));
    let config = put("tier0.toml");
    let sources = [content.clone(), config.clone()];
    assert_eq!(source(&article, &sources), Some(article));
    assert_eq!(source(&config, &sources), Some(config));
    for other in [
        secret,
        beside,
        content.join("../secret.md"),
        content.join("sub/../../secret.md"),
        content.join("gone.md"),
        content.join("sub"),
    ] {
        assert_eq!(source(&other, &sources), None, "{}", other.display());
    }
    let secret = content.join("../secret.md");
    let spot = Spot { file: &secret, line: 1, column: 1 };
    let opened = open(spot, &environment(["true", "-", "-", "-"]), &sources, Locale::En);
    assert!(!opened.opened && opened.url.is_none() && opened.reason.is_some());
}

#[test]
fn a_command_that_is_not_there_leaves_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    std::fs::write(&file, "x").unwrap();
    let spot = Spot { file: &file, line: 2, column: 1 };
    let environment = environment(["/nowhere/to-be-found", "-", "-", "-"]);
    let opened = open(spot, &environment, std::slice::from_ref(&file), Locale::Zh);
    assert!(!opened.opened);
    assert!(
        opened.reason.is_some_and(|reason| reason.starts_with("无法启动 `/nowhere/to-be-found`"))
    );
    assert!(opened.url.is_some_and(|url| url.ends_with("a.md:2:1")));
}

#[cfg(unix)]
#[test]
fn an_editor_is_really_started() {
    use std::time::{Duration, Instant};

    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("我的 编辑器.sh");
    let told = folder.path().join("told");
    // It says where it is among the processes: the group is its own if it has the same number.
    let text = "for word in \"$@\"; do echo \"$word\"; done > \"$0.part\"\n\
                LC_ALL=C sed 's/.*) //' /proc/$$/stat 2>/dev/null | cut -d' ' -f3 >> \"$0.part\"\n\
                echo $$ >> \"$0.part\"\nmv \"$0.part\" \"$(dirname \"$0\")/told\"\n";
    std::fs::write(&script, text).unwrap();
    let file = folder.path().join("指南 $(touch x) 'a'.md");
    std::fs::write(&file, "x").unwrap();

    let command = format!("sh '{}' --at={{line}}:{{column}} {{file}}", script.display());
    let spot = Spot { file: &file, line: 7, column: 9 };
    let environment = environment([&command, "-", "-", "-"]);
    let opened = open(spot, &environment, &[folder.path().to_owned()], Locale::En);
    assert_eq!(serde_json::to_string(&opened).unwrap(), "{\"opened\":true}");
    let begin = Instant::now();
    while !told.exists() && begin.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let told = std::fs::read_to_string(&told).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[..2], ["--at=7:9", &*file.to_string_lossy()]);
    if cfg!(target_os = "linux") {
        assert_eq!(lines[2], lines[3], "it has a process group of its own");
    }
    assert!(!folder.path().join("x").exists());
}
