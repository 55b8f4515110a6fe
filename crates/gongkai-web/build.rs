//! Bundles the editor with npm, where npm is at hand; without it the office falls back to plain marked text.

use std::path::Path;
use std::process::Command;

fn bundle(folder: &Path, out: &Path) -> Result<(), String> {
    let run = |program: &str, arguments: &[&str]| {
        let status = Command::new(program).args(arguments).current_dir(folder).output().map_err(|e| e.to_string())?;
        if status.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&status.stderr).into_owned()) }
    };
    if !folder.join("node_modules/esbuild").exists() {
        run("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])?;
    }
    let target = format!("--outfile={}", out.display());
    run(
        "node",
        &[
            "node_modules/esbuild/bin/esbuild",
            "editor.js",
            "--bundle",
            "--minify",
            "--format=iife",
            "--target=es2020",
            "--legal-comments=eof",
            &target,
        ],
    )
}

/// A short mark of some bytes (FNV-1a): it only has to change when they do.
fn mark(parts: &[Vec<u8>]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flatten() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

fn main() {
    let (Ok(out), Ok(home)) = (std::env::var("OUT_DIR"), std::env::var("CARGO_MANIFEST_DIR")) else { return };
    let (out, home) = (Path::new(&out).join("editor.js"), Path::new(&home));
    for file in ["frontend/editor.js", "frontend/package-lock.json", "assets/gongkai.css", "assets/gongkai.js"] {
        println!("cargo::rerun-if-changed={file}");
    }
    if let Err(why) = bundle(&home.join("frontend"), &out) {
        println!(
            "cargo::warning=the editor was not bundled, the office uses the plain text field: {}",
            why.lines().next().unwrap_or("")
        );
        drop(std::fs::write(&out, ""));
    }
    let parts: Vec<Vec<u8>> = [out, home.join("assets/gongkai.css"), home.join("assets/gongkai.js")]
        .iter()
        .map(|path| std::fs::read(path).unwrap_or_default())
        .collect();
    println!("cargo::rustc-env=ASSETS_VERSION={}", mark(&parts));
}
