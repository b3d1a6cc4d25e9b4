//! `tier0 serve`: the live preview.

mod builder;
mod problems;
mod served;

use serde::Serialize;

use super::arguments::{CommonArguments, Format, Serve};
use super::project::{self, Loaded};
use super::terminal::{self, Tagged, Terminal};
use super::{Outcome, adopted};
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Severity, visible};
use crate::preview::{self, Event, Options, Paths, Preview, PreviewError};
use crate::session::Session;
use crate::source;
use builder::Builder;

/// Runs the command until it is interrupted.
pub(crate) fn run(serve: &Serve, common: &CommonArguments, terminal: &Terminal) -> Outcome {
    if !serve.folder.is_dir() {
        let folder = terminal::path(&serve.folder);
        terminal.error(
            &terminal
                .locale
                .pick(format!("there is no folder {folder}"), format!("目录 {folder} 不存在")),
        );
        return Outcome::Usage;
    }
    let session = Session::remembering(project::project(&serve.folder, common));
    let loaded = Loaded::new(&session, common);
    if arguments_are_wrong(&loaded, common) {
        terminal.problems(&loaded.diagnostics, &*loaded.inputs);
        return Outcome::Usage;
    }
    adopted::tell(&serve.folder, &loaded, terminal);
    let options = Options {
        host: serve.host,
        port: serve.port,
        open: serve.open,
        paths: paths(&loaded, common),
        poll: serve.poll,
    };
    drop(loaded);
    let mut builder = Builder::new(serve, common, terminal, session);
    let ran = Preview::open(options).and_then(|preview| {
        preview.run(&mut builder, |event| tell(&event, terminal, &common.edition))
    });
    match ran {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            terminal.error(&failure(&error, terminal));
            Outcome::Environment
        }
    }
}

/// Whether the arguments are wrong in a way that no saved file can fix. An edition that is unknown
/// because the configuration cannot be read may well be known when it can.
fn arguments_are_wrong(loaded: &Loaded, common: &CommonArguments) -> bool {
    let errors = || loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let of_arguments =
        |d: &Diagnostic| matches!(d.code, Code::UnknownEdition | Code::ConfigMissing);
    let of_config = |d: &Diagnostic| {
        d.place.as_ref().is_some_and(|place| place.path == loaded.inputs.config_path)
    };
    let no_address = |named: &String| config::base_url(named).is_none();
    common.base_url.as_ref().is_some_and(no_address)
        || (errors().any(of_arguments) && !errors().any(of_config))
}

/// Everything a build reads, and where `tier0 build` writes.
fn paths(loaded: &Loaded, common: &CommonArguments) -> Paths {
    let watch = loaded.files();
    let mut ignore = vec![loaded.project.output(&loaded.inputs.config)];
    ignore.extend(common.output.clone());
    if loaded.inputs.adopted.is_some() {
        let content = &loaded.inputs.config.site.content;
        ignore.extend(source::made_below(&loaded.project.site.join(content)));
    }
    Paths { watch, ignore }
}

/// Where the preview is, for machines.
#[derive(Serialize)]
struct Listening<'a> {
    url: &'a str,
}

/// Tells the user what happens.
fn tell(event: &Event, terminal: &Terminal, edition: &str) {
    let pick = |en: String, zh: String| terminal.locale.pick(en, zh);
    match event {
        Event::Listening { url, moved_from, exposed, .. } => {
            if let Some(port) = moved_from {
                terminal.remark(&pick(format!("Port {port} is taken."), format!("端口 {port} 已被占用。")));
            }
            if *exposed {
                terminal.remark(&pick(
                    format!("Warning: other machines can reach this preview. It shows the edition {edition} as it would be published, without drafts."),
                    format!("警告：其他机器可以访问这个预览。现在显示的是 {edition} 发行版将要发布的内容，不含草稿。"),
                ));
            }
            // Without it the preview cannot be found, so it is no matter of wishes.
            match terminal.format {
                Format::Json => terminal::json(&Tagged { kind: "listening", value: Listening { url } }),
                Format::Human => terminal::print(&pick(
                    format!("Preview at {url} — edit and save, the browser follows. Ctrl-C ends it."),
                    format!("预览地址 {url} —— 编辑并保存，浏览器会自动更新。按 Ctrl-C 结束。"),
                )),
            }
        }
        Event::Built(built) => match terminal.format {
            Format::Json => terminal::json(&Tagged { kind: "built", value: built }),
            Format::Human => terminal.line(&summary(built, terminal)),
        },
        Event::Polling { reason } => terminal.remark(&pick(
            format!("The system gives no more change events ({reason}); looking at the files regularly instead."),
            format!("系统不再提供文件变更通知（{reason}），改为定时查看文件。"),
        )),
        Event::Blind { reason } => terminal.remark(&pick(
            format!("Changes cannot be noticed any more ({reason}). Start tier0 serve again."),
            format!("已无法感知文件变化（{reason}），请重新运行 tier0 serve。"),
        )),
        Event::NoBrowser { reason } => terminal.remark(&pick(
            format!("No browser could be opened: {reason}"),
            format!("无法打开浏览器：{reason}"),
        )),
    }
}

/// One line about a build.
fn summary(built: &preview::Built, terminal: &Terminal) -> String {
    let pick = |en: String, zh: String| terminal.locale.pick(en, zh);
    let (time, count) = (built.took.round(), built.problems);
    if built.kept.len() + built.empty.len() == built.editions {
        let problems =
            if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
        return if built.kept.is_empty() {
            pick(
                format!("Nothing to show yet because of {problems} ({time} ms)."),
                format!("暂时没有可显示的页面：有 {count} 个问题（{time} 毫秒）。"),
            )
        } else {
            pick(
                format!("Not updated because of {problems} ({time} ms). The last good pages stay."),
                format!("未更新：有 {count} 个问题（{time} 毫秒）。仍显示上一次正确的页面。"),
            )
        };
    }
    let (en, zh) = match &built.edited[..] {
        [] => (String::new(), String::new()),
        edited => {
            let names: Vec<_> = edited.iter().map(|name| visible::line(name)).collect();
            (format!(": {}", names.join(", ")), format!("：{}", names.join("、")))
        }
    };
    let shown =
        pick(format!("Built in {time} ms{en}."), format!("构建完成，用时 {time} 毫秒{zh}。"));
    let kept = pick(
        format!(" Not shown: {}. The last good pages stay.", built.kept.join(", ")),
        format!("未更新：{}，仍显示上一次正确的页面。", built.kept.join("、")),
    );
    if built.kept.is_empty() { shown } else { shown + &kept }
}

fn failure(error: &PreviewError, terminal: &Terminal) -> String {
    match error {
        PreviewError::NoFreePort { first, last } => terminal.locale.pick(
            format!("ports {first} to {last} are all taken; name another one with --port"),
            format!("端口 {first} 到 {last} 都被占用，请用 --port 指定其他端口"),
        ),
        PreviewError::Bind { address, source } => terminal.locale.pick(
            format!("cannot listen on {address}: {source}"),
            format!("无法监听 {address}：{source}"),
        ),
        PreviewError::Thread(source) => terminal
            .locale
            .pick(format!("cannot start a thread: {source}"), format!("无法启动线程：{source}")),
        PreviewError::Random(source) => terminal.locale.pick(
            format!("the system gives no random numbers: {source}"),
            format!("系统没有提供随机数：{source}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::arguments::{Arguments, Command};
    use super::*;
    use crate::diagnostic::Locale;

    fn start(arguments: &[&str]) -> Outcome {
        let arguments = Arguments::parse_from([&["tier0", "serve", "--quiet"], arguments].concat());
        let terminal = Terminal::new(Locale::En, &arguments.common);
        let Command::Serve(serve) = &arguments.command else { unreachable!("it says serve") };
        run(serve, &arguments.common, &terminal)
    }

    #[test]
    fn what_no_saved_file_can_mend_ends_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().to_str().unwrap();
        assert_eq!(start(&[&format!("{site}/nowhere")]), Outcome::Usage);
        assert_eq!(start(&[site, "--edition", "nobody"]), Outcome::Usage);
        assert_eq!(start(&[site, "--base-url", "nonsense"]), Outcome::Usage);
        assert_eq!(start(&[site, "--config", &format!("{site}/other.toml")]), Outcome::Usage);
    }

    #[test]
    fn the_line_about_a_build_claims_no_good_pages_that_never_were() {
        let arguments = Arguments::parse_from(["tier0", "serve"]);
        let terminal = Terminal::new(Locale::En, &arguments.common);
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let line = |editions, kept: &[&str], empty: &[&str], problems| {
            let (kept, empty) = (names(kept), names(empty));
            let built = preview::Built { editions, kept, empty, problems, ..Default::default() };
            summary(&built, &terminal)
        };
        let one = "Nothing to show yet because of 1 problem (0 ms).";
        assert_eq!(line(0, &[], &[], 1), one);
        assert_eq!(line(1, &[], &["public"], 1), one);
        let stay = "Not updated because of 2 problems (0 ms). The last good pages stay.";
        assert_eq!(line(2, &["public", "desk"], &[], 2), stay);
        assert_eq!(line(2, &["public"], &["desk"], 2), stay);
        assert_eq!(line(2, &[], &["desk"], 2), "Built in 0 ms.");
    }
}
