//! The table of diagnostic codes: the one definition behind messages, `tier0 explain` and the
//! pages in `content/diagnostics/`, and of how much each weighs.

use super::Weight::{self, Doubt, Hint, Slip, Stop};

/// What one code means.
#[derive(Debug)]
pub struct Definition {
    /// The readable name, also the file name of its help page.
    pub name: &'static str,
    /// What it may do to a site.
    pub(crate) weight: Weight,
    /// What is wrong; `{name}` marks are filled from the diagnostic's arguments.
    pub message_en: &'static str,
    /// The same in Chinese.
    pub message_zh: &'static str,
    /// The way out.
    pub help_en: &'static str,
    /// The same in Chinese.
    pub help_zh: &'static str,
}

macro_rules! codes {
    ($($variant:ident $name:literal $weight:ident
        $message_en:literal $help_en:literal
        $message_zh:literal $help_zh:literal)*) => {
        /// Every kind of problem tier0 reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the table below says what each one means")]
        pub enum Code { $($variant),* }

        impl Code {
            /// All codes in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$variant),*];
        }

        static DEFINITIONS: &[Definition] = &[$(Definition {
            name: $name, weight: $weight,
            message_en: $message_en, message_zh: $message_zh,
            help_en: $help_en, help_zh: $help_zh,
        }),*];
    };
}

impl Code {
    /// The row of the table.
    pub fn definition(self) -> &'static Definition {
        &DEFINITIONS[self as usize]
    }

    /// The code with this name.
    pub fn by_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.definition().name == name)
    }
}

codes! {
    // Files as such.
    InvalidUtf8 "invalid-utf8" Doubt
        "the file is not valid UTF-8" "Save the file as UTF-8; a GBK or Latin-1 file must be converted once."
        "文件不是有效的 UTF-8 编码" "请把文件另存为 UTF-8；GBK 等编码的文件需要先转换一次。"
    NulByte "nul-byte" Stop
        "the file contains a NUL character" "This is probably not a text file, or it was saved as UTF-16. Save it as UTF-8."
        "文件中含有 NUL 字符" "这可能不是文本文件，或者保存成了 UTF-16。请另存为 UTF-8。"
    FileTooLarge "file-too-large" Stop
        "the file has {size}; the limit for one article is {limit}" "Split the article, or move generated data into an attachment."
        "文件大小为 {size}，单篇文章的上限是 {limit}" "请拆分文章，或把自动生成的数据改为附件。"
    OutsideSite "outside-site" Stop
        "`{target}` leads out of the site's folder" "Copy the file into the site; tier0 follows no link that leaves it."
        "`{target}` 指向站点目录之外" "请把文件复制到站点目录中；tier0 不会跟随离开站点的链接。"
    IoError "io-error" Stop
        "cannot {action} `{target}`: {detail}" "Check that the path exists, that you may read and write it, and that the disk is not full."
        "无法{action} `{target}`：{detail}" "请检查路径是否存在、是否有读写权限，以及磁盘是否已满。"
    NoContent "no-content" Stop
        "there is no markdown file in `{target}`" "Run `tier0 init DIR` for a site to start from, or name the right folder."
        "`{target}` 中没有 markdown 文件" "运行 `tier0 init 目录` 生成一个起步站点，或者指定正确的目录。"
    DefaultLanguageEmpty "default-language-empty" Hint
        "no page is in `{language}`, the default language: {effect}" "Write `default_language` under `[site]` in tier0.toml if the pages are in another language. If they are in this one, look who may read them (`roles`), and whether they are drafts."
        "没有默认语言 `{language}` 的页面：{effect}" "如果页面用的是另一种语言，请在 tier0.toml 的 `[site]` 下写明 `default_language`；如果就是这种语言，请检查页面给谁看（`roles`），以及是不是草稿。"
    FolderPageTwice "folder-page-twice" Hint
        "`{other}` opens the folder, so this file is a page of its own at `{url}`" "A folder is opened by its `_index.md` or `index.md`, else by a `README.md`. Put both texts into one file, or name this one by what it is about."
        "打开这个文件夹的是 `{other}`，所以这个文件成为单独的页面 `{url}`" "打开文件夹的是其中的 `_index.md` 或 `index.md`，没有时才是 `README.md`。请把两个文件的内容合并，或者按内容给这个文件另起名字。"

    NotMarkdown "not-markdown" Hint
        "files that are no markdown are no pages: {files}" "This is the first of them. Turn them into markdown (`.md`), or name those that shall stay out under `exclude` in tier0.toml."
        "不是 markdown 的文件不会成为页面：{files}" "这里是其中第一个。请转换成 markdown（`.md`）；不需要的请写到 tier0.toml 的 `exclude` 里。"
    SettingsUnread "settings-unread" Hint
        "tier0 does not read all that this file says of the pages: {reason}" "Run `tier0 init --from DIR`, and write into tier0.toml what is missing: the folder with the pages (`content`), and what must not be published (`exclude`)."
        "这个文件对页面的设置没有全部读取：{reason}" "请运行 `tier0 init --from 目录`，再把缺少的内容写进 tier0.toml：页面所在的文件夹（`content`），以及不应发布的内容（`exclude`）。"

    // Front matter.
    FrontMatterUnclosed "front-matter-unclosed" Doubt
        "the front matter opens with `{fence}` but never closes" "Put a line with only `{fence}` after the last key."
        "文件头以 `{fence}` 开始，但没有结束" "请在最后一个键之后另起一行，只写 `{fence}`。"
    FrontMatterSyntax "front-matter-syntax" Doubt
        "the front matter does not parse: {detail}" "{suggestion}"
        "文件头无法解析：{detail}" "{suggestion}"
    DuplicateKey "duplicate-key" Stop
        "the key `{key}` is given twice" "Keep one of the two lines."
        "键 `{key}` 出现了两次" "请只保留其中一行。"
    ValueCut "value-cut" Hint
        "the value of `{key}` ends before `{rest}`: YAML takes what follows ` #` for a comment" "If it belongs to the value, put the value in quotes; else leave a blank behind the `#`."
        "`{key}` 的值在 `{rest}` 之前就结束了：YAML 把 ` #` 后面的内容当作注释" "如果它属于这个值，请给整个值加引号；如果确实是注释，请在 `#` 后面加一个空格。"
    WrongType "wrong-type" Stop
        "`{key}` should be {expected}" "Write it like this: `{example}`."
        "`{key}` 应为{expected}" "正确写法：`{example}`。"
    InvalidValue "invalid-value" Stop
        "`{value}` is not a value of `{key}`" "Use one of: {allowed}."
        "`{key}` 不能取值 `{value}`" "可用的值：{allowed}。"
    UnknownKey "unknown-key" Hint
        "the key `{key}` is not read; `{known}` is" "Write `{known}`, or rename the key if it is your own."
        "不识别键 `{key}`，它像是 `{known}`" "请改为 `{known}`；如果是自定义的键，请换个名字。"
    RoleKeyTypo "role-key-typo" Stop
        "the key `{key}` looks like a misspelt `{known}`" "Write `{known}`. tier0 does not guess here: a page whose roles are not read could be shown to everyone."
        "键 `{key}` 像是 `{known}` 的误写" "请改为 `{known}`。这里不做猜测：角色没有读到的页面可能会对所有人公开。"
    UnknownRole "unknown-role" Stop
        "there is no role `{role}`" "Use one of: {allowed}; or add `[roles.{role}]` to tier0.toml."
        "没有名为 `{role}` 的角色" "可用的角色：{allowed}；也可以在 tier0.toml 中添加 `[roles.{role}]`。"
    UnclearRoles "unclear-roles" Stop
        "nobody can tell who may read this: {reason}" "Write `:::only roles=\"ops, support\"` or `:::internal` for a block, `roles: [ops]` for a page, and `cascade` in a folder's `_index.md`. When in doubt tier0 publishes nothing."
        "无法判断谁可以阅读：{reason}" "段落请写 `:::only roles=\"ops, support\"` 或 `:::internal`，页面请写 `roles: [ops]`，`cascade` 请写在目录的 `_index.md` 中。拿不准时，tier0 不会发布。"
    KeyKeepsBack "key-keeps-back" Hint
        "the page is kept back like a draft: `{key}` does not plainly say that it is public" "Write `status: draft` if it is one; if not, take the key out or give it a plain value: `draft: false`, `published: true`, `expires: 2026-11-29`."
        "这个页面按草稿处理，没有发布：`{key}` 没有明确表示可以公开" "如果是草稿，请写 `status: draft`；如果不是，请删去这个键，或写明确的值：`draft: false`、`published: true`、`expires: 2026-11-29`。"
    KeptBackToday "kept-back-today" Hint
        "pages are not published today ({count}), because of `{key}`; today is {today}" "This is the first of them. A page appears on the day of `publishDate` and its like, and is gone from the day of `expires` and its like; `--today` builds for another day."
        "有页面今天不发布（共 {count} 个），原因是 `{key}`；今天按 {today} 计" "这里是其中第一个。页面从 `publishDate` 之类的键写明的那天起发布，到 `expires` 之类的键写明的那天起不再发布；要按另一天构建，请用 `--today`。"
    AccessKeyUnread "access-key-unread" Stop
        "`{key}` may say who reads a page, as in other systems ({count}), and tier0 does not read it" "This is the first of them. Say who reads such a page with `roles`, and take the key out. If it is not about that on your site, write `{key} = \"off\"` under `[keys]` in tier0.toml."
        "`{key}` 可能写明了谁能看到页面，其他系统就是这样用的（共 {count} 个），而 tier0 不识别这个键" "这里是其中第一个。请用 `roles` 写明读者，并删去这个键。如果在你的站点它与此无关，请在 tier0.toml 的 `[keys]` 下写 `{key} = \"off\"`。"
    MissingRoles "missing-roles" Stop
        "the page names no roles" "Add `roles: [customer]` (or another role) to the front matter; `require_roles` in tier0.toml asks for it."
        "页面没有写明角色" "请在文件头中加上 `roles: [customer]`（或其他角色）；tier0.toml 的 `require_roles` 要求如此。"
    InvalidVersions "invalid-versions" Hint
        "`versions: {versions}` does not help readers: {reason}" "Write versions (`1.0, 1.1`), ranges (`2.0+`, `>=2.0, <2.4`, `1.0 - 1.5`, `2.x`) or `all`. Versions of a product are declared under `[products.NAME]` in tier0.toml."
        "`versions: {versions}` 无法使用：{reason}" "可以写版本（`1.0, 1.1`）、范围（`2.0+`、`>=2.0, <2.4`、`1.0 - 1.5`、`2.x`）或 `all`。产品的版本在 tier0.toml 的 `[products.名称]` 中声明。"
    UnknownProduct "unknown-product" Hint
        "the product `{product}` looks like a misspelt `{known}`" "Write `{known}`, or declare `[products.{product}]` in tier0.toml."
        "产品 `{product}` 像是 `{known}` 的误写" "请改为 `{known}`，或在 tier0.toml 中声明 `[products.{product}]`。"
    EmptyTitle "empty-title" Hint
        "the page has no title; its file name stands in" "Add `title:` to the front matter, or begin the text with a `# heading`."
        "页面没有标题，暂用文件名代替" "请在文件头写上 `title:`，或让正文以 `# 标题` 开头。"

    // Kinds of articles.
    GuidePartMissing "guide-part-missing" Hint
        "the guide does not tell {part}" "Add a section under such a heading; `[guides]` in tier0.toml takes the headings of your site."
        "这篇指南没有写{part}" "请以这样的标题加上一节；如果站点使用别的标题，请写进 tier0.toml 的 `[guides]`。"
    GuidePartEmpty "guide-part-empty" Hint
        "the section that should tell {part} is empty" "Write a sentence or two, or take the heading out."
        "应当写{part}的那一节是空的" "请写上一两句话，或者去掉这个标题。"
    FaqEmpty "faq-empty" Hint
        "the page is of the kind `faq` and has no questions" "Write each question as a heading of level 2: `## How do I …?`. If the page holds no questions, take `kind: faq` out."
        "这一页的类型是 `faq`，却没有问题" "请把每个问题写成二级标题：`## 怎样……？`；如果本来就不是问答，请去掉 `kind: faq`。"
    FaqAnswerMissing "faq-answer-missing" Hint
        "the question “{question}” has no answer" "Write the answer below it, or take the question out."
        "问题“{question}”没有答案" "请在它下面写上答案，或者去掉这个问题。"
    TroubleshooterEmpty "troubleshooter-empty" Hint
        "the troubleshooter has no steps" "Write each step as a `##` heading with text and a list of links to other steps; or choose another `kind`."
        "这篇故障排查没有步骤" "请把每个步骤写成一个 `##` 标题，下面是说明，最后用列表链接到其他步骤；也可以换一个 `kind`。"
    StepDeadEnd "step-dead-end" Hint
        "readers get stuck at the step `{step}`: it offers no choice" "{suggestion}"
        "读者会卡在步骤“{step}”：它没有任何选项" "{suggestion}"
    StepUnreachable "step-unreachable" Hint
        "no choice leads to the step `{step}`" "Link to it from the choices of another step, or delete it. If those choices are only for some readers, put the step in a block for the same readers."
        "没有选项通向步骤“{step}”" "请在其他步骤的选项里链接到它，或者删掉它。如果那些选项只给部分读者看，请把这个步骤也放进同样的角色块。"
    StepLoop "step-loop" Hint
        "readers go in circles from the step `{step}`: no way leads out" "Give one of the steps a choice that leads to an outcome (`{.resolved}` or `{.escalate}`) or to another article."
        "从步骤“{step}”开始只会原地打转，走不到结果" "请在其中某个步骤加一个选项，通向结果（`{.resolved}` 或 `{.escalate}`）或另一篇文章。"
    StepUnknownTarget "step-unknown-target" Hint
        "the choice leads to `#{anchor}`, which is no step here" "{suggestion} If the step is only for some readers, put the choice in a block for the same readers."
        "选项指向 `#{anchor}`，但这里没有这个步骤" "{suggestion}如果那个步骤只给部分读者看，请把这个选项也放进同样的角色块。"
    StepChoiceMisplaced "step-choice-misplaced" Hint
        "{reason}" "Choices are the list at the end of a step; each item holds one link."
        "{reason}" "选项是步骤末尾的列表，每一项恰好有一个链接。"

    // Markdown.
    NestingTooDeep "nesting-too-deep" Doubt
        "the text is nested more than {limit} levels deep" "Flatten the list, quote or markup; no reader can follow so many levels."
        "内容嵌套超过 {limit} 层" "请减少列表、引用或标签的层级；这么深的层级没有人读得下去。"
    UnknownContainer "unknown-container" Doubt
        "there is no container `{name}`" "Write one of: {allowed}. Or say what it is, under `[containers]` in tier0.toml: `{name} = \"note\"`. To show the colons as text, put them in a code block."
        "没有名为 `{name}` 的容器" "可用的容器：{allowed}。也可以在 tier0.toml 的 `[containers]` 下写明它是什么：`{name} = \"note\"`。如果要原样显示冒号，请放进代码块。"
    UnclosedContainer "unclosed-container" Slip
        "the container `{name}` is never closed" "Close it with a line of `{fence}` at the same indentation, inside the same list item or quote."
        "容器 `{name}` 没有结束" "请在同一列表项或引用内、以同样的缩进写一行 `{fence}` 来结束它。"
    StrayContainerEnd "stray-container-end" Doubt
        "this `{fence}` closes nothing" "Remove the line, or open a container before it."
        "这里的 `{fence}` 没有对应的开始" "请删除这一行，或在它之前开始一个容器。"
    CommentLeftOut "comment-left-out" Hint
        "comments are left out ({count}): `{form}`" "This is the first of them. Comments of other systems are never published; to show one, put it in backticks or a code block."
        "注释已略去（共 {count} 处）：`{form}`" "这里是其中第一处。其他系统的注释不会发布；如果要原样显示，请放进反引号或代码块。"
    CommentUnclosed "comment-unclosed" Stop
        "this comment is never closed: `{form}`" "Close it the same way. To show the mark as text, put it in backticks or a code block."
        "这个注释没有结束：`{form}`" "请用对应的记号结束它。如果要原样显示，请放进反引号或代码块。"
    CommentUnclear "comment-unclear" Stop
        "nobody can tell where this comment was meant to end" "A comment ends at the first mark that closes it. Take the other comment, the arrow or the code out of it, or the mark that is left over. To show the mark as text, put it in backticks or a code block; an arrow can be written `→`."
        "无法判断这个注释本该在哪里结束" "注释到第一个结束记号为止。请去掉注释里面的另一个注释、箭头或代码，或者多出来的那个记号。如果要原样显示，请放进反引号或代码块；箭头可以写成 `→`。"
    MergeConflict "merge-conflict" Stop
        "two versions of this text stand in the file, as an unfinished merge left them" "Keep what is meant to stay, and take out the other version and the lines with `<<<<<<<`, `=======` and `>>>>>>>`. To show such lines as text, put them in a code block."
        "文件里留着没有合并完的两个版本" "请保留需要的内容，删去另一个版本，以及 `<<<<<<<`、`=======`、`>>>>>>>` 这几行。如果要原样显示，请放进代码块。"
    TabWithoutTitle "tab-without-title" Hint
        "this tab has no title" "Write it behind the name: `:::tab Windows`. Readers choose by it."
        "这个标签页没有标题" "请在名称后面写上标题，例如 `:::tab Windows`，读者靠它来选择。"
    StepsEmpty "steps-empty" Hint
        "nothing in this container is a step" "Begin each step with a number (`1.`), or with a heading."
        "这个容器里没有一项是步骤" "每一步请以编号（`1.`）或标题开头。"
    ContainerNotRead "container-not-read" Doubt
        "{what}" "{suggestion}"
        "{what}" "{suggestion}"
    CutChangesReading "cut-changes-reading" Stop
        "without the parts that this edition leaves out, and with its snippets, this is no longer {before} but {now}" "Leave an empty line before and behind each role block and snippet, and do not put one into the middle of a list item, code, or html."
        "去掉本发行版不显示的段落、放入片段之后，这里不再是{before}，而会变成{now}" "请在每个角色块和片段前后各空一行，不要把它们放在列表项、代码或 html 的中间。"
    UnknownHtmlTag "unknown-html-tag" Hint
        "`<{tag}>` is not an HTML tag; it is shown as text" "Put placeholders in backticks: `` `<{tag}>` ``."
        "`<{tag}>` 不是 HTML 标签，按文字显示" "占位符请用反引号括起来：`` `<{tag}>` ``。"
    HtmlRemoved "html-removed" Hint
        "`{what}` is not allowed in articles and was removed{times}" "Use markdown or a container instead; `html = \"allow\"` in tier0.toml switches the filter off."
        "文章中不允许使用 `{what}`，已移除{times}" "请改用 markdown 或容器；在 tier0.toml 中设置 `html = \"allow\"` 可以关闭过滤。"
    MarkdownInHtml "markdown-in-html" Hint
        "this line stands in a block of html, where markdown is not read" "Leave an empty line between the tag and the markdown, or write it in html: `<strong>`, `<a href=\"…\">`."
        "这一行在 html 块里，其中的 markdown 不会生效" "请在标签和 markdown 之间空一行，或者改用 html 写法：`<strong>`、`<a href=\"…\">`。"
    AttributeNotRead "attribute-not-read" Hint
        "`{what}` means nothing here and is not shown{times}" "Take it away. Containers, headings and images take `#id`, `.class`, `lang` and `dir` in braces; containers a title too, details `open`, images `width` and `height`."
        "`{what}` 在这里不起作用，不会显示{times}" "请删掉它。容器、标题和图片的花括号里可以写 `#id`、`.class`、`lang` 和 `dir`；容器还可以写标题，details 可以写 `open`，图片可以写 `width` 和 `height`。"
    DuplicateAnchor "duplicate-anchor" Hint
        "the id `{id}` is used twice on this page" "Give one of the two another id: `{#id}` behind a heading, `id=\"…\"` in html."
        "id `{id}` 在本页出现了两次" "请给其中一处换一个 id：标题后面写 `{#id}`，html 里写 `id=\"…\"`。"
    FootnoteTwice "footnote-twice" Hint
        "there is another footnote `{label}` before this one, which is not shown" "Give one of the two another label, also where the text names it."
        "前面已有脚注 `{label}`，这一条不会显示" "请给其中一条换一个标记，正文里提到它的地方也要一起改。"
    NearMiss "near-miss" Hint
        "`{text}` stays text: {reason}" "{suggestion}"
        "`{text}`会原样显示：{reason}" "{suggestion}"
    TableRowTooLong "table-row-too-long" Hint
        "this row has more cells than the table has columns; `{text}` is not shown" "Add a column to the head of the table; write a `|` that belongs to the text as `\\|`, also inside backticks."
        "这一行的单元格比表头多，`{text}` 不会显示" "请给表头补上一列；如果 `|` 属于文字本身，请写成 `\\|`，反引号里也一样。"

    // Snippets.
    IncludeMissing "include-missing" Doubt
        "there is no snippet at `{target}`" "{suggestion}"
        "`{target}` 处没有片段" "{suggestion}"
    IncludeCycle "include-cycle" Doubt
        "snippets include each other in a circle: {chain}" "Take out one of these `:::include` lines."
        "片段互相包含，形成了循环：{chain}" "请去掉其中一行 `:::include`。"
    IncludeTooLarge "include-too-large" Doubt
        "snippets make this page too large: {detail}" "Include fewer or smaller snippets here, and mind snippets that include the same one several times."
        "片段使这个页面过大：{detail}" "请减少这里的片段或缩短片段，并留意多次包含同一片段的片段。"
    SnippetUnclosed "snippet-unclosed" Doubt
        "this snippet leaves {what} open" "Close it in the snippet itself. It would swallow what follows on the pages, so the snippet is left out."
        "这个片段里有未结束的{what}" "请在片段内把它结束。否则它会吞掉页面后面的内容，因此没有插入这个片段。"

    // The site as a whole.
    DuplicateAddress "duplicate-address" Doubt
        "the address `{url}` is taken by `{other}` already{instead}" "Rename one of the files, or give it another `slug`; an address in `aliases` can be left out."
        "地址 `{url}` 已被 `{other}` 占用{instead}" "请重命名其中一个文件，或为它设置不同的 `slug`；`aliases` 中的地址可以直接删去。"
    DuplicateId "duplicate-id" Doubt
        "the id `{id}` belongs to `{other}` already; this page has `{given}`" "Give one of the pages another `id`: the address `/a/{id}/` can lead to one page only."
        "id `{id}` 已被 `{other}` 使用，这一页改用 `{given}`" "请为其中一个页面换一个 `id`：网址 `/a/{id}/` 只能指向一个页面。"
    DuplicateCode "duplicate-code" Hint
        "`{other}` answers the code `{code}` too" "Handle the code in one of the articles and link to it from the other; or put it under `shared_codes` instead of `codes` in both."
        "`{other}` 也对应错误码 `{code}`" "请只在其中一篇写明这个错误码，另一篇链接过去；如果两篇都需要，请在两篇中都改写到 `shared_codes`。"
    ReservedAddress "reserved-address" Stop
        "the address `{url}` belongs to tier0 itself" "Rename the file or give it another `slug`."
        "地址 `{url}` 由 tier0 自己使用" "请重命名文件，或设置另一个 `slug`。"
    BrokenLink "broken-link" Slip
        "there is no page at `{target}`" "{suggestion}"
        "`{target}` 处没有页面" "{suggestion}"
    LinkOutsideEdition "link-outside-edition" Stop
        "`{target}` is not part of the edition `{edition}`" "Readers of this edition would meet a dead link. Link from a page or block that the same readers see, or give the target page a role of this edition."
        "`{target}` 不在发行版 `{edition}` 中" "这个发行版的读者会遇到死链。请从同样读者可见的页面或段落链接，或者给目标页面加上本发行版的角色。"
    BrokenAnchor "broken-anchor" Hint
        "`{page}` has no heading with the id `{anchor}`" "{suggestion}"
        "`{page}` 中没有 id 为 `{anchor}` 的标题" "{suggestion}"
    UnsafeLink "unsafe-link" Slip
        "links with `{scheme}:` are not allowed" "Use http, https, mailto or tel, or a relative path."
        "不允许使用 `{scheme}:` 链接" "请使用 http、https、mailto、tel，或相对路径。"
    MissingImage "missing-image" Slip
        "the image `{target}` does not exist" "{suggestion}"
        "图片 `{target}` 不存在" "{suggestion}"
    ExternalImage "external-image" Hint
        "readers will not see the image `{target}`: it lies on another site" "Save it beside the page and refer to the file. Pages load nothing from other sites, so that nobody else learns what is read."
        "读者看不到图片 `{target}`：它在别的网站上" "请把图片保存到页面旁边，再引用这个文件。页面不会从别的网站加载任何内容，以免外人知道读者在看什么。"
    MissingFile "missing-file" Slip
        "the file `{target}` does not exist" "{suggestion}"
        "文件 `{target}` 不存在" "{suggestion}"
    FileOfOtherReaders "file-of-other-readers" Stop
        "`{target}` is for other readers: `{folder}` hands down `roles: [{roles}]` to all in its folder" "Move the file to a folder whose readers include those of this edition, or show it only to its own: by the `roles` of the page, or in a block `:::only roles=\"{roles}\"`."
        "`{target}` 是给其他读者看的：`{folder}` 为整个目录设定了 `roles: [{roles}]`" "请把文件移到本发行版读者可见的目录，或者只展示给该目录的读者：用页面的 `roles`，或放进 `:::only roles=\"{roles}\"` 块中。"
    ActiveFile "active-file" Stop
        "a browser would run `{target}` as a page of this site, or a server would obey it, so it is not published" "Offer a PDF, a ZIP or a text file instead. If you trust everyone who can change it, put `{entry}` into `attachments` under `[security]` in tier0.toml."
        "浏览器会把 `{target}` 当作本站网页来运行，或者服务器会执行它，因此没有发布" "请改为提供 PDF、ZIP 或文本文件。如果能修改它的人都可以信任，请把 `{entry}` 写进 tier0.toml 中 `[security]` 的 `attachments`。"
    SvgCleaned "svg-cleaned" Hint
        "left out of the picture, because it could run or load something, or nobody sees it: {what}" "Remove it from the file, or export the picture again as plain SVG. If you trust everyone who can change it, `attachments` under `[security]` in tier0.toml publishes it as it is."
        "已从图片中去掉可能运行代码、加载外部内容或隐藏不见的部分：{what}" "请从文件中删除这些部分，或重新导出为普通 SVG。如果能修改它的人都可以信任，可以用 tier0.toml 中 `[security]` 的 `attachments` 原样发布。"
    SvgUnreadable "svg-unreadable" Stop
        "the picture `{target}` is not published: {reason}" "Open it in a drawing program and save it as plain SVG, or use a PNG."
        "图片 `{target}` 没有发布：{reason}" "请用绘图软件打开，另存为普通 SVG，或改用 PNG。"

    // The leak gate.
    Leak "leak" Stop
        "text that this edition must not show is in its output, in {target}" "Look for what was copied by hand from here: into a static file, an attachment, a file name, the output itself. On the page of the block itself, leave an empty line before and behind the block. This edition was not published."
        "这段内容不应出现在这个发行版中，却出现在输出的{target}里" "请检查是否有人把这里的内容手工复制到了静态文件、附件、文件名或输出目录中；如果就在这个段落自己的页面上，请在段落前后各空一行。这个发行版没有发布。"

    // Static files.
    HiddenFiles "hidden-files" Hint
        "not published, because their names begin with a dot: {files}" "Of such names only `.well-known` and `.nojekyll` are published. Rename the files, or put them on the server by hand."
        "名称以点开头，没有发布：{files}" "这类名称只发布 `.well-known` 和 `.nojekyll`。请改名，或直接放到服务器上。"

    // Theme.
    ThemeMissing "theme-missing" Stop
        "there is no theme `{name}`" "Make the folder `themes/{name}`, or set `theme` in tier0.toml to one that exists."
        "没有名为 `{name}` 的主题" "请创建目录 `themes/{name}`，或在 tier0.toml 中把 `theme` 设为已有的主题。"
    TemplateError "template-error" Stop
        "the template does not work: {detail}" "Fix the template, or delete your copy to use the one that tier0 ships."
        "模板出错：{detail}" "请修正模板，或删除自己的副本以使用 tier0 自带的模板。"
    ThemeFileSyntax "theme-file-syntax" Stop
        "the theme file does not parse: {detail}" "i18n files are TOML with one `key = \"text\"` per line."
        "主题文件无法解析：{detail}" "i18n 文件为 TOML 格式，每行一个 `键 = \"文字\"`。"

    // Configuration.
    ConfigMissing "config-missing" Stop
        "the configuration file `{target}` does not exist" "Check the path given with --config."
        "配置文件 `{target}` 不存在" "请检查 --config 给出的路径。"
    ConfigSyntax "config-syntax" Stop
        "tier0.toml does not parse: {detail}" "The place shown is where reading stopped; often a quote or bracket before it is missing."
        "tier0.toml 无法解析：{detail}" "标出的位置是解析停下的地方，通常是它之前少了引号或括号。"
    ConfigUnknownKey "config-unknown-key" Stop
        "there is no setting `{key}` here" "Settings here: {allowed}."
        "这里没有名为 `{key}` 的设置" "这里可用的设置：{allowed}。"
    UnknownEdition "unknown-edition" Stop
        "there is no edition `{name}`" "Use one of: {allowed}; or add `[editions.{name}]` to tier0.toml."
        "没有名为 `{name}` 的发行版" "可用的发行版：{allowed}；也可以在 tier0.toml 中添加 `[editions.{name}]`。"

    // Output.
    OutputNotOurs "output-not-ours" Stop
        "`{target}` was not made by tier0 and is left untouched" "Name an empty or new folder with --output."
        "`{target}` 不是由 tier0 生成的，未做任何改动" "请用 --output 指定一个新的或空的目录。"
    OutputUnsafe "output-unsafe" Stop
        "`{target}` cannot be an output folder: {reason}" "Name a folder of its own with --output, for example dist/public."
        "`{target}` 不能作为输出目录：{reason}" "请用 --output 指定一个单独的目录，例如 dist/public。"
    OutputOfOtherEdition "output-of-other-edition" Stop
        "`{target}` holds {other}; the edition `{edition}` does not go there" "Name another folder with --output. If nobody is served from `{target}` any more, delete it first."
        "`{target}` 中是{other}，不能把发行版 `{edition}` 构建到这里" "请用 --output 指定另一个目录。如果 `{target}` 已经不再对外提供，请先删除它。"
    OutputLocked "output-locked" Stop
        "another tier0 is building into `{target}`" "Wait for it to end, then build again."
        "另一个 tier0 正在向 `{target}` 构建" "请等它结束后再构建。"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_readable() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.definition().name).collect();
        assert!(
            names
                .iter()
                .all(|name| { name.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-')) })
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|code| Code::by_name(code.definition().name) == Some(*code)));
    }

    #[test]
    fn both_languages_use_the_same_marks() {
        let marks = |text: &str| {
            let mut found: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
                .collect();
            found.sort();
            found
        };
        for code in Code::ALL {
            let row = code.definition();
            assert_eq!(marks(row.message_en), marks(row.message_zh), "{}", row.name);
            assert_eq!(marks(row.help_en), marks(row.help_zh), "{}", row.name);
        }
    }
}
