//! The theme, the templates of `tier0 init` and the diagnostic pages are embedded in the binary;
//! cargo must know that their files matter.

fn main() {
    for folder in ["themes", "content/diagnostics", "src/cli/init"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
