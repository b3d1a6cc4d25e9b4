//! Questions and answers: what a page of the kind `faq` becomes, and how its questions are found.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Site, repository};

fn golden() -> Site {
    Site::copy_of(&repository().join("tests/sites/faq/site"))
}

/// Url and title of what a query finds.
fn found(site: &Site, edition: &str, query: &str, more: &[&str]) -> Vec<(String, String)> {
    let folder = format!("dist/{edition}");
    let arguments = ["search", query, "--json", "--lang", "en", "--site", &folder];
    let run = site.run(&[&arguments, more].concat()).fine();
    let rows = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows.map(|row| (text(&row, "url"), text(&row, "title"))).collect()
}

#[test]
fn each_question_is_found_by_itself() {
    let site = golden();
    site.build(&[]).fine();
    let refund = found(&site, "public", "how long does a refund take", &[]);
    assert_eq!(refund[0].0, "payment/#refund");
    assert_eq!(refund[0].1, "How long does a refund take?");
    assert_eq!(found(&site, "public", "30 days", &["--kind", "faq"])[0].0, "payment/#change");
    // The page keeps what stands around its questions, and nothing of the answers.
    let urls = |query| -> Vec<String> {
        found(&site, "public", query, &[]).into_iter().map(|(url, _)| url).collect()
    };
    assert_eq!(urls("holidays"), ["payment/#cash"]);
    assert_eq!(urls("customers"), ["payment/"]);
    assert_eq!(urls("wallet"), ["payment/"]);
    assert!(urls("invoices").contains(&"payment/".to_owned()));
    assert_eq!(urls("money")[0], "payment/");
}

#[test]
fn an_anchor_in_an_answer_takes_the_place_of_the_questions_own() {
    let site = golden();
    site.build(&[]).fine();
    let run = site.run(&["search", "later", "--lang", "en", "--site", "dist/public"]).fine();
    assert!(run.stdout.contains("/payment/#later\n"), "{}", run.stdout);
    let run = site.run(&["search", "refund take", "--lang", "en", "--site", "dist/public"]).fine();
    assert!(run.stdout.contains("/payment/#refund\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("##"), "{}", run.stdout);
}

#[test]
fn words_of_a_link_to_a_question_help_that_question() {
    let site = golden()
        .file("content/a.md", "# A\n\n[moneyback](payment.md#refund), [purse](payment.md)\n");
    site.build(&[]).fine();
    let finds =
        |query, wanted| found(&site, "public", query, &[]).iter().any(|hit| hit.0 == wanted);
    assert!(finds("moneyback", "payment/#refund") && !finds("moneyback", "payment/"));
    assert!(finds("purse", "payment/") && !finds("purse", "payment/#refund"));
}

#[test]
fn filters_count_what_they_find() {
    let site = golden().file("content/a.md", "---\ntitle: Money\nproducts: [till]\n---\n\nText.\n");
    let run = site.build(&[]).fine();
    // A page and its four questions.
    assert!(run.page("search/").contains("FAQ (5)"), "{}", run.page("search/"));
}

#[test]
fn questions_of_colleagues_are_theirs_alone() {
    let site = golden();
    let public = site.build(&[]).fine();
    for (path, bytes) in &public.output.files {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["bank refuses", "#bank", "Harrowgate", "Quill"] {
            assert!(!text.contains(secret), "{secret} in {path}");
        }
    }
    let internal = site.build(&["--edition", "internal"]).fine();
    assert!(internal.page("payment/").contains("Harrowgate"));
    assert_eq!(found(&site, "internal", "bank refuses", &[])[0].0, "payment/#bank");
}

/// Whatever stands in a text, the sections of its questions begin and end in the same element.
#[test]
fn html_around_questions_is_well_formed() {
    let parts = [
        "## One\n",
        "### Two\n",
        "#### Three\n",
        "Text.\n",
        ":::internal\n",
        ":::\n",
        "<div>\n",
        "</div>\n",
        "<details><summary>x</summary>\n",
        "- item\n",
        "> ## Quoted\n",
        "---\n",
        "::: tip\n",
        "## \n",
        "[^1]: note\n",
    ];
    let mut random = crate::support::random::Random::new(11);
    let mut seen = BTreeSet::new();
    let mut site = Site::new().file("tier0.toml", "[editions.internal]\nroles = \"all\"\n");
    for number in 0..150 {
        let mut body = String::from("## First\n\nText[^1].\n\n");
        let mut open = 0;
        for _ in 0..9 {
            let part = parts[random.below(parts.len())];
            // What is hidden must be closed properly, or nothing is built.
            match part {
                ":::internal\n" | "::: tip\n" => open += 1,
                ":::\n" if open == 0 => continue,
                ":::\n" => open -= 1,
                _ => {}
            }
            body.push_str(part);
            body.push('\n');
        }
        body.push_str(&":::\n\n".repeat(open));
        let text = format!("---\ntitle: T\nkind: faq\n---\n\n{body}");
        site = site.file(&format!("content/p{number}.md"), &text);
    }
    let run = site.build(&["--edition", "internal"]).fine();
    for number in 0..150 {
        let prose = run.prose(&format!("p{number}/"));
        let mut open: Vec<String> = Vec::new();
        for piece in prose.split('<').skip(1) {
            let name: String = piece
                .trim_start_matches('/')
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            if matches!(&*name, "hr" | "br" | "img" | "input") {
                continue;
            }
            if !piece.starts_with('/') {
                open.push(name);
            } else {
                assert_eq!(open.pop().as_ref(), Some(&name), "p{number}: {prose}");
            }
        }
        assert!(open.is_empty(), "p{number}: {open:?}: {prose}");
        seen.insert(prose.matches("class=\"question\"").count());
    }
    assert!(seen.len() > 2, "{seen:?}");
}
