//! The pages of a long list are served as they are built, with the file that has all its rows.

use super::Serving;
use crate::support::Site;

/// The page without what the preview adds to it.
fn without_client(page: &str) -> String {
    let (before, rest) =
        page.split_once("<script type=\"module\" src=\"/__tier0/").expect("a client");
    let (_, after) = rest.split_once("</script>").expect("its end");
    format!("{before}{after}")
}

#[test]
fn pages_of_a_long_list_are_served_as_they_are_built() {
    // Where the preview knows itself to be.
    let config = "[editions.public]\nbase_url = \"http://localhost/\"\n";
    let site = Site::new().file("tier0.toml", config);
    for number in 1..=450 {
        let text = format!("---\ntitle: Lamp {number}\ncodes: [E-{number}]\n---\n\nText.\n");
        site.put(&format!("content/fix/a{number}.md"), text.as_bytes());
    }
    let built = site.build(&[]).clean().output;
    let serving = Serving::of(&site, &[]);
    for path in ["codes/", "codes/page/2/", "fix/page/3/"] {
        let served = without_client(&serving.get(&format!("/{path}")).text());
        assert!(served == built.text(&format!("{path}index.html")), "{path}:\n{served}");
    }
    let rows: Vec<_> =
        built.files.keys().filter(|path| path.starts_with("assets/lists/")).collect();
    let [rows] = rows[..] else { panic!("one file of rows: {rows:?}") };
    let answer = serving.get(&format!("/{rows}"));
    assert_eq!((answer.status, answer.body), (200, built.files[rows].to_vec()));
    assert_eq!(serving.get("/assets/lists/codes/rows.00000000.json").status, 404);
    assert_eq!(serving.get("/codes/page/4/").status, 404);
    assert_eq!(serving.get("/codes/page/2").status, 308);
}
