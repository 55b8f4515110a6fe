//! A real browser over the demonstration: every page with axe at two widths, the day of a publication, keyboard alone, no
//! scripts. Without Node or Chromium on the machine it says that it was left out; where `CI` is set it must run.

use std::path::Path;
use std::process::Command;

use crate::platform::serve;

fn has(program: &str, argument: &str) -> bool {
    Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success())
}

/// Two tests must not install at once.
static INSTALLED: std::sync::Mutex<()> = std::sync::Mutex::new(());

/// Node and Chromium with the scripts' packages; none where the machine has them not.
#[expect(clippy::print_stdout, reason = "what is left out must be seen")]
fn chromium(scripts: &Path) -> Option<String> {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_unset| "/usr/bin/chromium".to_owned());
    if !(has("node", "--version") && has("npm", "--version") && has(&chromium, "--version")) {
        assert!(std::env::var("CI").is_err(), "没有 Node 或 Chromium，浏览器测试不能进行");
        println!("没有 Node 或 Chromium，略过浏览器测试");
        return None;
    }
    let _one = INSTALLED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !scripts.join("node_modules/playwright-core").is_dir() {
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        let installed = Command::new("npm").args(arguments).current_dir(scripts).output().unwrap();
        assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    }
    Some(chromium)
}

fn scripts() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}

fn must_pass(output: &std::process::Output) {
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_application_goes_from_its_first_word_to_the_decision_that_overturns_the_reply() {
    let Some(chromium) = chromium(&scripts()) else { return };
    let folder = tempfile::tempdir().unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = Command::new("node")
        .arg("show.mjs")
        .arg(format!("http://{free}"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures"))
        .env("CHROMIUM", &chromium)
        .env("BINARY", env!("CARGO_BIN_EXE_gongkai"))
        .env("DATA", folder.path().join("data"))
        .current_dir(scripts())
        .output();
    must_pass(&output.unwrap());
}

#[test]
fn a_browser_walks_through_portal_and_office() {
    let Some(chromium) = chromium(&scripts()) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (mut child, address) = serve(&folder.path().join("data"), &["--demo"]);
    let output = Command::new("node")
        .arg("run.mjs")
        .arg(format!("http://{address}"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures"))
        .env("CHROMIUM", &chromium)
        .current_dir(scripts())
        .output();
    child.kill().unwrap();
    child.wait().unwrap();
    must_pass(&output.unwrap());
}
