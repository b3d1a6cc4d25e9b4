//! The arguments, and their help in English and Chinese.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Arg, ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};

use jiff::civil::Date;

use crate::diagnostic::Locale;

/// Turns markdown into a searchable help centre
#[derive(Debug, Parser)]
#[command(name = "tier0", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: CommonArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a small site to start from
    Init {
        /// Folder to make
        #[arg(value_name = "DIR", required_unless_present = "from")]
        folder: Option<PathBuf>,
        /// Write a tier0.toml into a folder of markdown that is there already
        #[arg(long, value_name = "DIR", conflicts_with = "folder")]
        from: Option<PathBuf>,
    },
    /// Build the site
    Build {
        /// Site folder, or any folder of markdown
        #[arg(value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
    /// Build in memory, serve it, and reload the browser when a file changes
    #[command(alias = "watch")]
    Serve(Serve),
    /// Look for problems without writing anything
    Check {
        /// Site folder, or any folder of markdown
        #[arg(value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
    /// Search the built site
    Search(Search),
    /// Say what a diagnostic code means and how to fix it
    Explain {
        /// The code, for example broken-link
        code: String,
    },
    /// Look for text that an edition must not show in an output that exists
    Audit {
        /// The output folder
        #[arg(value_name = "DIR")]
        output: PathBuf,
        /// Site folder it was built from
        #[arg(long, value_name = "DIR", default_value = ".")]
        site: PathBuf,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Site folder, or any folder of markdown
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
    /// Port; the next free one is taken if it is in use
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Address to listen on; other machines can reach anything but 127.0.0.1
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    /// Look at the files regularly instead of asking the system for events
    #[arg(long)]
    pub poll: bool,
    /// Editor that opens files from the preview: a name, or a command with {file}, {line} and
    /// {column}
    #[arg(long, value_name = "COMMAND")]
    pub editor: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to look for
    #[arg(required_unless_present = "batch")]
    pub query: Vec<String>,
    /// A built site; by default the output of the site folder that is the current one
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Language to search; all of them by default
    #[arg(long)]
    pub lang: Option<String>,
    /// Only pages that this role reads
    #[arg(long)]
    pub role: Option<String>,
    /// Only pages about this product
    #[arg(long)]
    pub product: Option<String>,
    /// Only pages of this kind
    #[arg(long)]
    pub kind: Option<String>,
    /// Only pages for this version
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,
    /// Most results to show
    #[arg(long, default_value_t = 10)]
    pub limit: usize,
    /// The same as --format json
    #[arg(long)]
    pub json: bool,
    /// Answer the queries of the input: {"id", "lang", "query"} in each line, and
    /// {"id", "results"} in each line of the output, with paths of sources
    #[arg(long, conflicts_with = "query")]
    pub batch: bool,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub(crate) struct CommonArguments {
    /// Configuration file, if it is not tier0.toml in the site folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Edition to build
    #[arg(long, global = true, value_name = "NAME", default_value = "public")]
    pub edition: String,
    /// Build every edition
    #[arg(long, global = true, conflicts_with = "edition")]
    pub all_editions: bool,
    /// Folder to build into; with --all-editions, a folder for each edition in it
    #[arg(long, short, global = true, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Address the site will have
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// Day to build for, such as 2026-11-29; pages may name days. By default the day of the build
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Fail on warnings too
    #[arg(long, global = true)]
    pub strict: bool,
    /// Publish the pages without errors, and leave out the others and the links to them
    #[arg(long, global = true)]
    pub hold_back: bool,
    /// How to print problems and results
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write a report in JSON: counts, timings, and each page's source and url
    #[arg(long, global = true, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Print errors only
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print how long each stage took
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
}

impl CommonArguments {
    /// The day to build for.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}

fn day(text: &str) -> Result<Date, &'static str> {
    let is_plain = text.len() == "2026-11-29".len();
    let day = text.parse().ok().filter(|_| is_plain);
    day.ok_or("a day is written like this: 2026-11-29")
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// One JSON object per line
    Json,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Chinese help by the path of commands and arguments.
const CHINESE: &[(&str, &str)] = &[
    ("", "把 markdown 变成可以搜索的帮助中心"),
    ("init", "创建一个起步站点"),
    ("init folder", "要创建的目录"),
    ("init from", "为已有的 markdown 文件夹写一份 tier0.toml"),
    ("build", "构建站点"),
    ("build folder", "站点目录，或任何存放 markdown 的目录"),
    ("serve", "在内存中构建并提供预览，文件改动后自动刷新浏览器"),
    ("serve folder", "站点目录，或任何存放 markdown 的目录"),
    ("serve port", "端口；被占用时改用下一个空闲端口"),
    ("serve host", "监听地址；除 127.0.0.1 外，其他机器也能访问"),
    ("serve open", "打开浏览器"),
    ("serve poll", "定时查看文件，而不是等待系统通知"),
    ("serve editor", "从预览打开文件所用的编辑器：写名字，或带 {file}、{line}、{column} 的命令"),
    ("check", "检查问题，不写任何文件"),
    ("check folder", "站点目录，或任何存放 markdown 的目录"),
    ("search", "搜索已构建的站点"),
    ("search query", "要找的内容"),
    ("search lang", "搜索的语言，不写则全部搜索"),
    ("search role", "只要这个角色能看的页面"),
    ("search site", "已构建的站点，不写则用当前站点目录的输出"),
    ("search product", "只要关于这个产品的页面"),
    ("search kind", "只要这一类页面"),
    ("search version", "只要适用于这个版本的页面"),
    ("search limit", "最多显示几条结果"),
    ("search json", "等同于 --format json"),
    (
        "search batch",
        "回答标准输入中的查询：每行一个 {\"id\", \"lang\", \"query\"}，输出每行一个 {\"id\", \"results\"}，结果是源文件路径",
    ),
    ("explain", "说明诊断代码的含义和解决办法"),
    ("explain code", "诊断代码，例如 broken-link"),
    ("audit", "在已有的输出中查找发行版不应包含的文字"),
    ("audit output", "要检查的输出目录"),
    ("audit site", "生成它的站点目录"),
    ("completions", "输出 shell 补全脚本"),
    ("completions shell", "shell 的名字"),
    (" config", "配置文件，不写则用站点目录中的 tier0.toml"),
    (" edition", "要构建的发行版"),
    (" all_editions", "构建所有发行版"),
    (" output", "输出目录；与 --all-editions 同用时，每个发行版一个子目录"),
    (" base_url", "站点将来的网址"),
    (" today", "按哪一天构建，例如 2026-11-29（页面可以写明日期），不写则按构建当天"),
    (" strict", "有警告时也算失败"),
    (" hold_back", "发布没有错误的页面，略去其余页面以及指向它们的链接"),
    (" format", "问题和结果的输出格式：human 或 json"),
    (" report", "写一份 JSON 报告：数量、耗时、每个页面的源文件和网址"),
    (" quiet", "只输出错误"),
    (" verbose", "输出每个阶段的耗时"),
    (" color", "何时使用颜色：auto、always 或 never"),
    (" help", "显示帮助"),
    (" version", "显示版本"),
];

fn chinese(path: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// The command with its help in the user's language.
pub(crate) fn command(locale: Locale) -> clap::Command {
    let command = Arguments::command();
    match locale {
        Locale::En => command,
        Locale::Zh => {
            let names: Vec<String> =
                command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
            names.into_iter().fold(translate(command, ""), |command, name| {
                command.mut_subcommand(&name, |sub| translate(sub, &name))
            })
        }
    }
}

fn translate(command: clap::Command, name: &str) -> clap::Command {
    const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}";
    let help = |id: &str| chinese(&format!("{name} {id}")).or_else(|| chinese(&format!(" {id}")));
    command
        .about(chinese(name).unwrap_or_default())
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help))
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "参数" } else { "选项" };
            let text = help(argument.get_id().as_str()).unwrap_or_default();
            let argument = argument.help_heading(heading);
            if !argument.get_action().takes_values() {
                return argument.help(text);
            }
            let defaults: Vec<_> =
                argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
            let text = match defaults.join(" ") {
                defaults if defaults.is_empty() => text.to_owned(),
                defaults => format!("{text}（默认 {defaults}）"),
            };
            argument.help(text).hide_default_value(true).hide_possible_values(true)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        command(Locale::En).debug_assert();
        command(Locale::Zh).debug_assert();
    }

    #[test]
    fn every_argument_has_chinese_help() {
        let check = |command: &clap::Command, name: &str| {
            assert!(chinese(name).is_some(), "{name}");
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                let known = chinese(&format!("{name} {id}")).or_else(|| chinese(&format!(" {id}")));
                assert!(known.is_some(), "{name} {id}");
            }
        };
        let command = Arguments::command();
        check(&command, "");
        for sub in command.get_subcommands() {
            check(sub, sub.get_name());
        }
    }
}
