//! The program serving: killed again and again, told to stop, given hostile files.

use std::io::{Cursor, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use crate::platform::{ask, gongkai, serve};

/// A token of a drafter, as a person would get one, as the headers of a request.
fn token(address: &str) -> String {
    token_of(address, "chengban", "scopes=draft&scopes=read")
}

fn token_of(address: &str, login: &str, scopes: &str) -> String {
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let (_, signed) =
        ask(address, "POST", "/office/login", form, &format!("login={login}&password=gongkai-demo-2026")).unwrap();
    let cookie = signed.split("gongkai=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let cookies = format!("{form}Cookie: gongkai={cookie}\r\n");
    let (_, page) = ask(address, "GET", "/office/account", &cookies, "").unwrap();
    let mark = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let body = format!("csrf={mark}&name=program&days=9&{scopes}");
    let (_, page) = ask(address, "POST", "/office/account/tokens", &cookies, &body).unwrap();
    let at = page.find("gk_").unwrap();
    format!("Content-Type: application/json\r\nAuthorization: Bearer {}\r\n", page.get(at..at + 46).unwrap())
}

fn draft(body: &str) -> String {
    format!(
        "{{\"draft\":{{\"title\":\"通知\",\"formed_on\":\"2026-03-02\",\"genre\":\"notice\",\"attribute\":\"proactive\",\"body\":\"{body}\"}}}}"
    )
}

fn id_of(text: &str) -> String {
    text.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// What one worker was told is done: the identity, the text that must be there at least, how many files.
type Done = (String, String, usize);

/// Creates, saves and attaches until the program goes away.
fn work(address: &str, headers: &str, name: &str) -> Vec<Done> {
    let mut done = Vec::new();
    for number in 0.. {
        let text = format!("{name}第{number}条");
        let Some((status, answer)) = ask(address, "POST", "/api/v1/editions", headers, &draft(&text)) else { break };
        assert_eq!(status, 201, "{answer}");
        let id = id_of(&answer);
        done.push((id.clone(), text.clone(), 0));
        let changed = format!("{text}改");
        let body = draft(&changed).replacen('{', "{\"version\":1,", 1);
        let Some((status, answer)) = ask(address, "PUT", &format!("/api/v1/editions/{id}"), headers, &body) else {
            break;
        };
        assert_eq!(status, 200, "{answer}");
        done.last_mut().unwrap().1 = changed;
        let path = format!("/api/v1/editions/{id}/files?name=a.txt");
        let Some((status, answer)) = ask(address, "POST", &path, headers, "附件的文字，一行。") else { break };
        assert_eq!(status, 201, "{answer}");
        done.last_mut().unwrap().2 = 1;
    }
    done
}

/// The tokens of those who sign, publish and take down.
struct Office {
    drafter: String,
    reviewers: [String; 3],
    publisher: String,
    leader: String,
}

/// Publications, and how far each came by what was answered: its identity, its number on the portal, its state.
type Way = (String, String, &'static str);

/// Sends papers the whole way, and takes every second one down, until the program goes away.
fn publish(address: &str, office: &Office, name: &str) -> Vec<Way> {
    let said = |text: &str, name: &str| -> String {
        text.split(&format!("\"{name}\":\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let mut done: Vec<Way> = Vec::new();
    let mut go = || -> Option<()> {
        for number in 0.. {
            let text = draft(&format!("{name}第{number}份公告的正文")).replace(
                "\"genre\"",
                "\"summary\":\"公告的内容。\",\"catalog_node\":\"A15-7\",\"theme\":\"综合政务\",\"genre\"",
            );
            let (status, made) = ask(address, "POST", "/api/v1/editions", &office.drafter, &text)?;
            assert_eq!(status, 201, "{made}");
            let (id, publication) = (id_of(&made), said(&made, "publication"));
            done.push((id.clone(), publication, "draft"));
            let mut act = |headers: &str, act: &str, body: &str, state: &'static str| -> Option<String> {
                let (status, answer) = ask(address, "POST", &format!("/api/v1/editions/{id}/{act}"), headers, body)?;
                assert_eq!(status, 200, "{act}: {answer}");
                done.last_mut().unwrap().2 = state;
                Some(answer)
            };
            let sent = act(&office.drafter, "submit", "{\"version\":1}", "in_review")?;
            let content = sent.split("\"content\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            for (at, headers) in office.reviewers.iter().enumerate() {
                let secrecy = if at == 1 { ",\"result\":\"public\",\"concerns\":[]" } else { "" };
                let body =
                    format!("{{\"verdict\":\"passed\",\"comment\":\"同意\",\"content\":\"{content}\"{secrecy}}}");
                act(headers, "review", &body, if at == 2 { "approved" } else { "in_review" })?;
            }
            act(&office.publisher, "publish", "", "published")?;
            if number % 2 == 1 {
                act(&office.leader, "withdraw", "{\"reason\":\"内容有误，更正后再发\"}", "withdrawn")?;
            }
        }
        None
    };
    let _gone: Option<()> = go();
    done
}

#[test]
fn killed_under_load_nothing_that_was_answered_with_success_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (mut child, mut address) = serve(&data, &["--demo"]);
    let headers = token(&address);
    let office = Office {
        drafter: headers.clone(),
        reviewers: ["kezhang", "baomi", "lingdao"].map(|login| token_of(&address, login, "scopes=review")),
        publisher: token_of(&address, "fabu", "scopes=publish"),
        leader: token_of(&address, "lingdao", "scopes=publish"),
    };
    let mut answered: Vec<Done> = Vec::new();
    let mut ways: Vec<Way> = Vec::new();
    for round in 0..4_u64 {
        let (results, went) = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|worker| {
                    let (address, headers) = (&address, &headers);
                    scope.spawn(move || work(address, headers, &format!("第{round}轮{worker}号")))
                })
                .collect();
            let going = {
                let (address, office) = (&address, &office);
                scope.spawn(move || publish(address, office, &format!("第{round}轮")))
            };
            std::thread::sleep(Duration::from_millis(400 + 170 * round));
            child.kill().unwrap();
            child.wait().unwrap();
            let results = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>();
            (results, going.join().unwrap())
        });
        assert!(!results.is_empty(), "nothing was answered in round {round}");
        answered.extend(results);
        ways.extend(went);
        (child, address) = serve(&data, &[]);
    }
    for (id, text, files) in &answered {
        let (status, answer) = ask(&address, "GET", &format!("/api/v1/editions/{id}"), &headers, "").unwrap();
        // What was under way when it was killed may be there too.
        assert!(status == 200 && answer.contains(text.as_str()), "{id} {text}: {status} {answer}");
        assert!(answer.matches("\"sha256\"").count() >= *files, "{id}: {answer}");
    }
    // Each stands where its last answer said, or one act further.
    let order = ["draft", "in_review", "approved", "published", "withdrawn"];
    let rank = |state: &str| order.iter().position(|one| *one == state).unwrap();
    assert!(ways.iter().any(|(_, _, state)| rank(state) >= rank("published")), "{ways:?}");
    for (id, publication, state) in &ways {
        let (_, answer) = ask(&address, "GET", &format!("/api/v1/editions/{id}"), &headers, "").unwrap();
        let is = answer.rsplit("\"state\":\"").next().unwrap().split('"').next().unwrap();
        assert!((rank(state)..=rank(state) + 1).contains(&rank(is)), "{id}: {state}, {is}");
        let page = ask(&address, "GET", &format!("/items/{publication}"), "", "").unwrap().0;
        let shown = match is {
            "published" => 200,
            "withdrawn" => 410,
            _ => 404,
        };
        assert_eq!(page, shown, "{id} {is}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let (code, told, _) = gongkai(&data, &["audit", "verify"]);
    assert_eq!(code, 0, "{told}");
    let (_, told, _) = gongkai(&data, &["doctor"]);
    assert!(told.lines().filter(|line| line.starts_with("问题")).all(|line| line.contains("字体")), "{told}");
}

#[test]
fn told_to_stop_it_stops_though_somebody_has_sent_half_a_request() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, address) = serve(&folder.path().join("data"), &[]);
    let mut half = TcpStream::connect(&address).unwrap();
    half.write_all(b"POST /office/login HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nlogin=").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert!(Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().unwrap().success());
    let mut waited = 0;
    while child.try_wait().unwrap().is_none() {
        assert!(waited < 200, "still there after twenty seconds");
        waited += 1;
        std::thread::sleep(Duration::from_millis(100));
    }
    drop(half);
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn encrypted() -> Vec<u8> {
    let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    compound.create_stream("/EncryptedPackage").unwrap().write_all(b"secret").unwrap();
    compound.create_stream("/EncryptionInfo").unwrap().write_all(b"info").unwrap();
    compound.flush().unwrap();
    compound.into_inner().into_inner()
}

/// Uploads a file; status and answer.
fn upload(address: &str, headers: &str, id: &str, name: &str, bytes: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /api/v1/editions/{id}/files?name={name} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let text = String::from_utf8_lossy(&answer).into_owned();
    (text.split(' ').nth(1).unwrap().parse().unwrap(), text)
}

#[test]
fn hostile_files_are_refused_in_words_and_the_program_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, address) = serve(&folder.path().join("data"), &["--demo"]);
    let headers = token(&address);
    let (_, answer) = ask(&address, "POST", "/api/v1/editions", &headers, &draft("正文")).unwrap();
    let id = id_of(&answer);
    let zeros = vec![b' '; 120 << 20];
    let mut deep = String::from("<w:document xmlns:w=\"x\"><w:body>");
    deep.push_str(&"<w:tbl><w:tr><w:tc>".repeat(10_000));
    let entities = br#"<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;&x;</w:t></w:r></w:p></w:body></w:document>"#;
    let circles = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 2>>endobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF".to_vec();
    for (name, bytes, word) in [
        ("bomb.docx", archive(&[("word/document.xml", &zeros)]), "超过上限"),
        ("bomb.xlsx", archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &zeros)]), "超过上限"),
        ("deep.docx", archive(&[("word/document.xml", deep.as_bytes())]), ""),
        ("entities.docx", archive(&[("word/document.xml", entities)]), ""),
        ("circles.pdf", circles, ""),
        ("deep.html", "<div><span>".repeat(100_000).into_bytes(), ""),
        ("encrypted.docx", encrypted(), "加密"),
        ("page.pdf", b"<html><body>text</body></html>".to_vec(), "后缀"),
        ("program.docx", b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec(), "程序"),
    ] {
        let (status, answer) = upload(&address, &headers, &id, name, &bytes);
        assert_eq!(status, 422, "{name}: {answer}");
        let message = answer.rsplit("\"message\":").next().unwrap();
        assert!(message.contains(word) && !message.contains("root:"), "{name}: {answer}");
        assert!(message.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() >= 6, "{name}: {message}");
    }
    let (_, answer) = ask(&address, "GET", &format!("/api/v1/editions/{id}"), &headers, "").unwrap();
    assert!(!answer.contains("\"sha256\""), "nothing is left: {answer}");
    assert_eq!(ask(&address, "GET", "/healthz", "", "").unwrap().0, 200);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn one_data_folder_has_one_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (mut child, _) = serve(&data, &[]);
    let (code, _, told) = gongkai(&data, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(code == 2 && told.contains("已经有一个"), "{code} {told}");
    // Killed, it leaves nothing behind that would keep the next one out.
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, _) = serve(&data, &[]);
    child.kill().unwrap();
    child.wait().unwrap();
}
