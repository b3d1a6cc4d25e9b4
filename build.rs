//! The theme, the templates of `tier0 init` and the diagnostic pages are embedded in the binary;
//! cargo must know that their files matter.

#[allow(clippy::disallowed_methods, reason = "a build script is no stage")]
fn main() {
    for folder in ["themes", "content/diagnostics", "src/cli/init"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    // Tests that need the public corpora are ignored, and counted so, where those do not lie beside
    // the repository. They are not watched: cargo would build all again each time if it was told to
    // watch what is not there. After they have come or gone, `touch build.rs` looks again.
    println!("cargo::rustc-check-cfg=cfg(has_corpora)");
    if std::path::Path::new("../shared/corpora").is_dir() {
        println!("cargo::rustc-cfg=has_corpora");
    }
}
