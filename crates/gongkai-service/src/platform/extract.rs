//! Reading an upload: in a process of its own, with bounds on memory and time.

use std::process::Stdio;
use std::time::Duration;

use gongkai_ingest::{Format, HiddenKind, Limits, hidden, ingest};
use gongkai_manuscript::marked;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::report::{ReadReport, read_bytes, read_report_from_json, report_to_json};

use super::Fault;
use super::services::Services;

mod apart;

pub(super) use apart::take_apart;

/// The argument that makes the program read one upload from standard input. Not for people.
pub const EXTRACT: &str = "__extract";

/// The argument that makes the program write a copy of an upload without what does not show. Not for people.
pub const CLEAN: &str = "__clean";
/// The argument with which the program reads a published report.
pub const REPORT: &str = "__report";

/// How long one upload may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much the answer may hold.
const ANSWER: u64 = 16 << 20;
/// How much a clean copy may hold.
const COPY: u64 = 64 << 20;

/// What an upload holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Extracted {
    /// Why it cannot be read; empty where it was.
    pub error: String,
    /// The media type by content.
    pub media: String,
    /// A title, where one stands out.
    pub title: String,
    /// A document number, where one stands alone.
    pub doc_no: String,
    /// The day under the text, as `2026-01-09`.
    pub formed_on: String,
    /// The text as marked text, without title and number.
    pub text: String,
    /// What the reader has to say.
    pub notices: Vec<String>,
    /// What it carries beside what shows: label and advice.
    pub hidden: Vec<(String, String)>,
    /// Headers, footers, notes, properties: text beside the body, by lines.
    pub beside: String,
}

impl Extracted {
    /// Everything that is written in the file, for the checks of a file that the public gets.
    pub(super) fn whole(&self) -> String {
        let pieces = [&self.title, &self.doc_no, &self.text, &self.beside];
        pieces.into_iter().filter(|piece| !piece.is_empty()).cloned().collect::<Vec<_>>().join("\n")
    }

    /// What the reader says of pictures whose text it has not read; empty where there are none.
    pub(super) fn pictures(&self) -> Option<&str> {
        self.notices.iter().find(|notice| notice.contains("图片") || notice.contains("扫描件")).map(String::as_str)
    }
}

/// The media type of a format.
fn media(format: Format) -> &'static str {
    match format {
        Format::Text => "text/plain",
        Format::Markdown => "text/markdown",
        Format::Csv => "text/csv",
        Format::Html => "text/html",
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format::Doc => "application/msword",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Xls => "application/vnd.ms-excel",
        Format::Pdf => "application/pdf",
        Format::Json => "application/json",
    }
}

/// Reads an upload here and now. Never panics; what is wrong stands in the answer.
pub fn extract_bytes(bytes: &[u8], suffix: &str) -> Extracted {
    let limits = Limits { file_bytes: 50 << 20, ..Limits::default() };
    let read = match ingest(bytes, Some(suffix), &limits) {
        Ok(read) => read,
        Err(error) => {
            let (media, hidden) = (picture(bytes).to_owned(), told_all(gongkai_ingest::hidden_in_picture(bytes)));
            return Extracted { error: error.to_string(), media, hidden, ..Extracted::default() };
        }
    };
    let found = match hidden(bytes, read.format, &limits) {
        Ok(found) => found,
        Err(error) => return Extracted { error: error.to_string(), ..Extracted::default() },
    };
    let beside = match gongkai_ingest::beside(bytes, read.format, &limits) {
        Ok(lines) => lines.join("\n"),
        Err(error) => return Extracted { error: error.to_string(), ..Extracted::default() },
    };
    let hidden = told_all(found);
    if let Some(error) = mislabelled(suffix, read.format) {
        return Extracted { error, ..Extracted::default() };
    }
    let mut out = take_apart(read.manuscript);
    out.beside = beside;
    out.media = media(read.format).to_owned();
    out.notices = read.notices;
    out.hidden = hidden;
    out
}

/// Why a file under a wrong ending is not taken: whoever downloads it could not open it, or would open something else.
fn mislabelled(suffix: &str, format: Format) -> Option<String> {
    let claims = match suffix {
        "" => return None,
        // What was pasted may look like a page or a table.
        "txt" | "text" if matches!(format, Format::Html | Format::Json) => return None,
        "txt" | "text" => Format::Text,
        "docx" | "docm" => Format::Docx,
        "doc" | "wps" => Format::Doc,
        "xlsx" | "xlsm" => Format::Xlsx,
        "xls" | "et" => Format::Xls,
        "pdf" => Format::Pdf,
        "html" | "htm" => Format::Html,
        "md" | "markdown" => Format::Markdown,
        "csv" => Format::Csv,
        _ => return Some(format!("不支持“.{suffix}”文件。可以上传 Word、Excel、PDF、网页、文本和图片")),
    };
    let plain = |one: Format| matches!(one, Format::Text | Format::Markdown | Format::Csv);
    // Word and WPS write one format under the other's ending; what is text is text.
    let kin = claims == format
        || plain(claims) && plain(format)
        || matches!((claims, format), (Format::Doc, Format::Docx) | (Format::Xls, Format::Xlsx));
    (!kin).then(|| format!("文件后缀是 .{suffix}，内容实际是 {}。请用正确的程序打开，另存后再上传", format.label()))
}

fn told_all(found: Vec<gongkai_ingest::Hidden>) -> Vec<(String, String)> {
    found.into_iter().map(|one| (told(one.kind, one.count), one.kind.advice().to_owned())).collect()
}

fn told(kind: HiddenKind, count: usize) -> String {
    if count > 1 { format!("{}（{count}处）", kind.label()) } else { kind.label().to_owned() }
}

/// The media type of a picture, by its first bytes.
pub(super) fn picture(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        "image/png"
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        "image/jpeg"
    } else {
        ""
    }
}

impl Services {
    /// Reads an upload.
    ///
    /// # Errors
    /// The reading process cannot be started. What is wrong with the file stands in the answer.
    pub(super) async fn extract(&self, bytes: Vec<u8>, suffix: &str) -> Result<Extracted, Fault> {
        let answer = match self.apart(EXTRACT, bytes, suffix, ANSWER).await? {
            Ok(answer) => answer,
            Err(error) => return Ok(Extracted { error, ..Extracted::default() }),
        };
        Ok(serde_json::from_slice(&answer)
            .unwrap_or_else(|_error| Extracted { error: BEYOND.to_owned(), ..Extracted::default() }))
    }

    /// Makes a copy of an upload without what does not show; `Err` within says why there is none.
    pub(super) async fn clean_copy(&self, bytes: Vec<u8>, suffix: &str) -> Result<Result<Copy, String>, Fault> {
        Ok(self.apart(CLEAN, bytes, suffix, COPY).await?.and_then(|answer| read_copy(&answer)))
    }

    /// Reads a published report; `Err` within says why it cannot be read.
    pub(super) async fn read_report(&self, bytes: Vec<u8>, suffix: &str) -> Result<Result<ReadReport, String>, Fault> {
        let answer = self.apart(REPORT, bytes, suffix, ANSWER).await?;
        Ok(answer.and_then(|answer| match answer.split_first() {
            Some((b'R', json)) => read_report_from_json(&String::from_utf8_lossy(json)),
            Some((b'E', why)) => Err(String::from_utf8_lossy(why).into_owned()),
            Some(_) | None => Err(BEYOND.to_owned()),
        }))
    }

    /// What the program answers in a process of its own; `Err` within says why it has not.
    async fn apart(
        &self,
        what: &'static str,
        bytes: Vec<u8>,
        suffix: &str,
        most: u64,
    ) -> Result<Result<Vec<u8>, String>, Fault> {
        let Some(program) = self.options.reader.clone() else {
            let suffix = suffix.to_owned();
            let work = move || answer_bytes(what, &bytes, &suffix);
            let done = tokio::task::spawn_blocking(work).await;
            return done.map(Ok).map_err(|error| Fault::Failed(error.to_string()));
        };
        let failed = |error: std::io::Error| Fault::Failed(format!("无法启动读取进程：{error}"));
        let mut child = tokio::process::Command::new(program)
            .arg(what)
            .arg(suffix)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Fault::Failed("无法启动读取进程".to_owned()));
        };
        let exchange = async move {
            let write = async move {
                // A child that has seen enough closes its end early.
                let _closed_early: Result<(), std::io::Error> = input.write_all(&bytes).await;
                drop(input);
            };
            let mut answer = Vec::new();
            let mut bounded = output.take(most);
            let ((), read) = tokio::join!(write, bounded.read_to_end(&mut answer));
            read.map(|_| answer)
        };
        let answer = match tokio::time::timeout(PATIENCE, exchange).await {
            Err(_elapsed) => return Ok(Err("读取超过20秒，已停止。文件可能已损坏或是恶意构造的".to_owned())),
            Ok(answer) => answer.map_err(failed)?,
        };
        let _reaped: Result<_, std::io::Error> = child.wait().await;
        Ok(if answer.is_empty() { Err(BEYOND.to_owned()) } else { Ok(answer) })
    }
}

/// What is asked of the process that reads: the text, a clean copy, a published report.
pub fn answer_bytes(what: &str, bytes: &[u8], suffix: &str) -> Vec<u8> {
    match what {
        CLEAN => clean_bytes(bytes, suffix),
        REPORT => {
            let (letter, content) = match read_bytes(&format!("file.{suffix}"), bytes) {
                Ok(read) => (b'R', report_to_json(&read).to_string()),
                Err(error) => (b'E', error.to_string()),
            };
            let mut out = vec![letter];
            out.extend(content.into_bytes());
            out
        }
        _ => serde_json::to_vec(&extract_bytes(bytes, suffix)).unwrap_or_default(),
    }
}

/// Why a process gave no answer.
const BEYOND: &str = "读取时超出内存上限（512 MB）或异常中止。文件可能已损坏或是恶意构造的";

/// A copy without what does not show.
pub(super) enum Copy {
    /// The file itself.
    File(Vec<u8>),
    /// What shows, as marked text, to be set anew.
    Text(String),
}

/// Makes the copy here and now: a letter that says what follows, then the file, the marked text, or the reason.
pub fn clean_bytes(bytes: &[u8], suffix: &str) -> Vec<u8> {
    let limits = Limits { file_bytes: 50 << 20, ..Limits::default() };
    let made = if picture(bytes).is_empty() {
        gongkai_ingest::sniff(bytes, Some(suffix))
            .and_then(|format| gongkai_ingest::clean(bytes, Some(format), &limits))
    } else {
        gongkai_ingest::clean(bytes, None, &limits)
    };
    let (letter, content) = match made {
        Ok(gongkai_ingest::Clean::File(file)) => (b'F', file),
        Ok(gongkai_ingest::Clean::Content { manuscript, .. }) => (b'T', marked::write(&manuscript).into_bytes()),
        Err(error) => (b'E', error.to_string().into_bytes()),
    };
    let mut out = vec![letter];
    out.extend(content);
    out
}

fn read_copy(answer: &[u8]) -> Result<Copy, String> {
    let text = |content: &[u8]| String::from_utf8_lossy(content).into_owned();
    match answer.split_first() {
        Some((b'F', content)) => Ok(Copy::File(content.to_vec())),
        Some((b'T', content)) => Ok(Copy::Text(text(content))),
        Some((b'E', content)) => Err(text(content)),
        Some(_) | None => Err(BEYOND.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_number_and_day_are_taken_from_the_text() {
        let text = "示例区审计局关于印发内部审计工作规定的通知\n示审发〔2026〕12号\n\n各科室：\n现将规定印发给你们。\n示例区审计局\n2026年3月2日\n";
        let read = extract_bytes(text.as_bytes(), "txt");
        assert_eq!(read.title, "示例区审计局关于印发内部审计工作规定的通知");
        assert_eq!((read.doc_no.as_str(), read.formed_on.as_str()), ("示审发〔2026〕12号", "2026-03-02"));
        assert!(read.text.starts_with("[左]各科室："), "{}", read.text);
        assert!(read.text.ends_with("[右]示例区审计局\n[右]2026年3月2日\n"), "{}", read.text);
        let two =
            extract_bytes("示例区审计局2025年政府信息公开工作年度\n报告\n一、总体情况\n主动公开。\n".as_bytes(), "txt");
        assert_eq!(two.title, "示例区审计局2025年政府信息公开工作年度报告");
        assert!(two.text.starts_with("# 一、总体情况\n"), "{}", two.text);
        let paper = "000123\n示例区审计局文件\n\n示审发〔2026〕12号\n\n示例区审计局\n关于印发内部审计\n工作规定的通知\n\n各科室：\n现印发给你们。\n";
        let read = extract_bytes(paper.as_bytes(), "txt");
        assert_eq!(read.title, "示例区审计局关于印发内部审计工作规定的通知");
        assert_eq!(read.doc_no, "示审发〔2026〕12号");
        assert!(!read.text.contains("文件") && read.text.contains("各科室："), "{}", read.text);
        let title = |text: &str| extract_bytes(text.as_bytes(), "txt");
        for (text, right) in [
            (
                "示例区审计局2025年度部门决算\n第一部分 部门概况\n一、部门职责\n二、机构设置及内部审计规定\n正文。\n",
                "示例区审计局2025年度部门决算",
            ),
            ("示例区审计局办事指南\n一、受理条件\n二、办理依据：有关规定\n", "示例区审计局办事指南"),
            ("示例区审计局内设机构\n办公室\n政策法规科\n起草审计有关规定\n财政审计科\n", "示例区审计局内设机构"),
            ("领导信息\n张某某\n局党组书记、局长\n主持全面工作，分管办公室、落实上级决定\n李某某\n", "领导信息"),
            ("示例区审计局2026年度招标文件\n示审发〔2026〕33号\n各单位：\n正文。\n", "示例区审计局2026年度招标文件"),
            (
                "示例区人民政府办公室\n示例区审计局文件\n示例区财政局\n示审联发〔2026〕5号\n签发人：林某某\n关于做好有关工作的\n实施意见\n各单位：\n正文。\n",
                "关于做好有关工作的实施意见",
            ),
            (
                "000012\n特急\n示例区审计局文件\n示审发〔2026〕15号　　签发人：林局长\n关于增加编制的请示\n区政府：\n正文。\n",
                "关于增加编制的请示",
            ),
            (
                "示例区审计局\n示审函〔2026〕8号\n示例区审计局关于商请提供\n2026年预算执行资料的函\n区财政局：\n正文。\n",
                "示例区审计局关于商请提供2026年预算执行资料的函",
            ),
        ] {
            let read = title(text);
            assert_eq!(read.title, right, "{text}");
            let lines = text.lines().filter(|line| line.ends_with('。') || line.starts_with("一、")).count();
            assert!(read.text.lines().count() >= lines, "{}", read.text);
        }
        assert_eq!(
            title("000012\n特急\n示例区审计局文件\n示审发〔2026〕15号　　签发人：林局长\n关于增加编制的请示\n正文。\n")
                .doc_no,
            "示审发〔2026〕15号"
        );
        let none = extract_bytes("工作计划\n做好有关工作。\n第二段。\n".as_bytes(), "txt");
        assert_eq!(none.title, "工作计划");
        assert_eq!(apart::joined("关于 ABC  DEF 项目"), "关于ABC DEF项目");
    }

    #[test]
    fn a_file_that_is_something_else_says_so() {
        assert!(!extract_bytes(&[0, 1, 2, 3, 255], "docx").error.is_empty());
        assert_eq!(extract_bytes(b"\x89PNG\r\n\x1a\nxxxx", "png").media, "image/png");
    }
}
