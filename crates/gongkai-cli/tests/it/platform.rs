//! The platform from the command line: an agency, an import, a backup; and killed again and again.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(crate) fn gongkai(data: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gongkai")).args(arguments).arg("--data").arg(data).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// The program serving on a free port, and its address.
pub(crate) fn serve(data: &Path, more: &[&str]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["serve", "--listen", "127.0.0.1:0", "--unlimited"])
        .args(more)
        .arg("--data")
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.starts_with("公开页面"))).unwrap();
    let address = line.split("http://").nth(1).unwrap().trim_end_matches('/').to_owned();
    // Whatever else it prints is read away.
    std::thread::spawn(move || lines.for_each(drop));
    (child, address)
}

/// One request; `None` where the program went away before it had answered in full.
pub(crate) fn ask(address: &str, method: &str, path: &str, headers: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.split(' ').nth(1)?.parse().ok()?;
    let (head, rest) = text.split_once("\r\n\r\n")?;
    let told: usize = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").and_then(|n| n.parse().ok()))?;
    (rest.len() == told).then(|| (status, text.clone()))
}

#[test]
fn an_agency_is_added_its_past_imported_backed_up_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert_eq!(gongkai(&data, &["doctor"]).0, 2, "nothing there yet");
    let (code, _, told) = gongkai(&data, &["agency", "add", "000014349", "示例区审计局"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(gongkai(&data, &["agency", "add", "000014349", "又一个"]).0, 2);
    assert_eq!(gongkai(&data, &["agency", "add", "a/b", "坏代码局"]).0, 2);
    let (_, listed, _) = gongkai(&data, &["agency", "list", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed[0]["code"], "000014349");
    let file = folder.path().join("旧信息.csv");
    let good = "title,doc_no,catalog_node,genre,formed_on,published_on,channels,body\n旧公告,,A15-1,公告,2024-03-01,2024-03-05,网站,正文。\n";
    std::fs::write(&file, good.replace("2024-03-05", "2024-02-30")).unwrap();
    let import = |dry: bool| {
        let mut arguments = vec!["import", "publications", file.to_str().unwrap(), "--agency", "000014349"];
        if dry {
            arguments.push("--dry-run");
        }
        gongkai(&data, &arguments)
    };
    let (code, _, told) = import(false);
    assert!(code == 1 && told.contains("第2行"), "{told}");
    std::fs::write(&file, good).unwrap();
    assert_eq!(import(true).0, 0);
    assert!(import(false).1.contains("已导入1条"));
    assert!(import(false).1.contains("1条以前导入过"));
    let backup = folder.path().join("备份.tar.gz");
    assert_eq!(gongkai(&data, &["backup", "--to", backup.to_str().unwrap()]).0, 0);
    let other = folder.path().join("other");
    assert_eq!(gongkai(&other, &["restore", backup.to_str().unwrap()]).0, 0);
    assert_eq!(gongkai(&other, &["restore", backup.to_str().unwrap()]).0, 2, "only into what is empty");
    for place in [&data, &other] {
        let (code, verdict, _) = gongkai(place, &["audit", "verify", "--format", "json"]);
        let verdict: serde_json::Value = serde_json::from_str(&verdict).unwrap();
        assert_eq!((code, &verdict["broken"]), (0, &serde_json::Value::Null));
        assert!(gongkai(place, &["doctor"]).0 < 2);
    }
    assert_eq!(gongkai(&data, &["serve", "--listen", "not-an-address"]).0, 2);
}
