//! The rows of an import file: CSV, XLSX or lines of JSON, each with the number an editor shows.

use super::RefusedRow;

/// What the columns of a kind of file are called.
pub(in crate::platform) struct Shape {
    /// Those of the contract.
    pub(in crate::platform) columns: &'static [&'static str],
    /// Those that must be there.
    pub(in crate::platform) needed: &'static [&'static str],
    /// Others that are known.
    pub(in crate::platform) further: &'static [&'static str],
    /// What people call columns in their own words: the words, the column.
    pub(in crate::platform) words: &'static [(&'static str, &'static str)],
}

impl Shape {
    fn knows(&self, name: &str) -> bool {
        self.columns.contains(&name) || self.further.contains(&name)
    }

    /// The name of a column that is written in people's own words.
    fn named(&self, name: &str) -> String {
        let found = self.words.iter().find(|(words, _)| *words == name).map(|(_, column)| *column);
        found.unwrap_or(name).to_owned()
    }
}

/// A row with its place.
type Raw = (usize, std::collections::BTreeMap<String, String>);

/// The rows of a file, and those that cannot even be taken apart.
pub(in crate::platform) type Rows = Result<(Vec<Raw>, Vec<RefusedRow>), String>;

pub(in crate::platform) fn rows(shape: &Shape, name: &str, bytes: &[u8]) -> Rows {
    let suffix = crate::platform::file::suffix(name);
    match suffix.as_str() {
        "jsonl" => jsonl(shape, bytes),
        "csv" => csv_rows(shape, bytes),
        "xlsx" => sheet_rows(shape, bytes),
        other => Err(format!("不支持“.{other}”文件，请用 csv、xlsx 或 jsonl")),
    }
}

/// The rows of a CSV, whose cells may be separated by commas, semicolons or tabs.
fn csv_rows(shape: &Shape, bytes: &[u8]) -> Rows {
    let text = gongkai_ingest::decode(bytes).map_err(|error| error.to_string())?;
    let text = text.trim_start_matches('\u{feff}');
    // Lines as old computers ended them.
    let returned;
    let text = if text.contains('\n') {
        text
    } else {
        returned = text.replace('\r', "\n");
        &returned
    };
    let first = text.lines().next().unwrap_or("");
    let separator = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| first.bytes().filter(|byte| byte == separator).count())
        .unwrap_or(b',');
    quotes(text, separator)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    let mut head: Vec<String> = Vec::new();
    let (mut out, mut wrong) = (Vec::new(), Vec::new());
    // The line as an editor counts it: a cell may hold line breaks, and lines may end as Windows ends them.
    let (mut number, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|error| format!("第{number}行以后读不出来：{error}"))?;
        let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(counted);
        let blank = text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        number += text.get(counted..start + blank).map_or(0, |passed| passed.matches('\n').count());
        counted = start + blank;
        if head.is_empty() {
            head = record.iter().map(|cell| shape.named(cell.trim().trim_start_matches('\u{feff}'))).collect();
            headed(shape, &head)?;
            continue;
        }
        // A row without anything, as spreadsheets leave them under a table.
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != head.len() {
            let many = record.len();
            let why = format!("有{many}格，应有{}格：含逗号、引号、换行的内容要用英文双引号括起来", head.len());
            wrong.push(RefusedRow { row: number, why });
            continue;
        }
        out.push((number, head.iter().cloned().zip(record.iter().map(str::to_owned)).collect()));
    }
    if head.is_empty() {
        return Err("文件是空的，没有列名也没有内容".to_owned());
    }
    Ok((out, wrong))
}

/// Whether every cell that begins with a quotation mark ends with one: a lenient reader would take the rows after it as its text.
fn quotes(text: &str, separator: u8) -> Result<(), String> {
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == separator || matches!(byte, b'\r' | b'\n'));
    let (mut line, mut at_start) = (1, true);
    let mut opened = None;
    let mut bytes = text.as_bytes().iter().peekable();
    while let Some(byte) = bytes.next() {
        match (opened, byte) {
            // Two of them are one in the text.
            (Some(_), b'"') if bytes.next_if_eq(&&b'"').is_some() => {}
            (Some(from), b'"') if !ends(bytes.peek().copied()) => {
                return Err(format!(
                    "第{from}行的一格以英文双引号开头，第{line}行的引号之后却还有文字：引号没有成对。格中的引号写两个"
                ));
            }
            (Some(_), b'"') => opened = None,
            (None, b'"') if at_start => opened = Some(line),
            _ => {}
        }
        at_start = opened.is_none() && (*byte == separator || *byte == b'\n' || *byte == b'\r');
        line += usize::from(*byte == b'\n');
    }
    match opened {
        Some(from) => Err(format!("第{from}行的一格以英文双引号开头，到文件末尾也没有结束：补上引号")),
        None => Ok(()),
    }
}

/// The rows of the first sheet of a workbook, with the numbers that the sheet shows.
fn sheet_rows(shape: &Shape, bytes: &[u8]) -> Rows {
    let limits =
        gongkai_ingest::Limits { pieces: 2_000_000, characters: 40_000_000, ..gongkai_ingest::Limits::default() };
    let grids = gongkai_ingest::grids(bytes, &limits).map_err(|error| error.to_string())?;
    let [grid] = grids.as_slice() else {
        return Err(match grids.len() {
            0 => "工作簿里没有内容".to_owned(),
            _ => format!(
                "工作簿里有{}张有内容的工作表（{}），只留要导入的一张",
                grids.len(),
                grids.iter().map(|grid| grid.name.as_str()).collect::<Vec<_>>().join("、")
            ),
        });
    };
    let mut rows = grid.rows.iter();
    let Some((_, first)) = rows.next() else { return Ok((Vec::new(), Vec::new())) };
    let head: std::collections::BTreeMap<u32, String> =
        first.iter().map(|(at, text)| (*at, shape.named(text.trim()))).collect();
    headed(shape, &head.values().cloned().collect::<Vec<_>>())?;
    let (mut out, mut wrong) = (Vec::new(), Vec::new());
    for (number, cells) in rows {
        if let Some((_, text)) = cells.iter().find(|(at, text)| !head.contains_key(at) && !text.trim().is_empty()) {
            let why = format!("在没有列名的列里有“{}”", text.chars().take(20).collect::<String>());
            wrong.push(RefusedRow { row: usize::try_from(*number).unwrap_or(0), why });
            continue;
        }
        let values = head.iter().map(|(at, name)| (name.clone(), cells.get(at).cloned().unwrap_or_default()));
        out.push((usize::try_from(*number).unwrap_or(0), values.collect()));
    }
    Ok((out, wrong))
}

fn headed(shape: &Shape, head: &[String]) -> Result<(), String> {
    let missing: Vec<&str> = shape.needed.iter().copied().filter(|name| !head.iter().any(|one| one == name)).collect();
    if !missing.is_empty() {
        return Err(format!("第1行缺少列：{}。列名应为 {}", missing.join("、"), shape.columns.join(", ")));
    }
    if let Some(unknown) = head.iter().find(|name| !shape.knows(name)) {
        return Err(format!("第1行有不认识的列“{unknown}”。列名应为 {}", shape.columns.join(", ")));
    }
    if let Some(twice) = head.iter().find(|name| head.iter().filter(|one| one == name).count() > 1) {
        return Err(format!("第1行的列“{twice}”出现了两次"));
    }
    Ok(())
}

fn jsonl(shape: &Shape, bytes: &[u8]) -> Rows {
    let text = gongkai_ingest::decode(bytes).map_err(|error| error.to_string())?;
    let (mut out, mut wrong) = (Vec::new(), Vec::new());
    for (line, raw) in (1..).zip(text.lines()) {
        if raw.trim().is_empty() {
            continue;
        }
        let Ok(value) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(raw) else {
            wrong.push(RefusedRow { row: line, why: "不是一个JSON对象".to_owned() });
            continue;
        };
        if let Some(unknown) = value.keys().find(|key| !shape.knows(key)) {
            let why = format!("有不认识的键“{unknown}”，应为 {}", shape.columns.join(", "));
            wrong.push(RefusedRow { row: line, why });
            continue;
        }
        let words = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => text,
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        let cells = value.into_iter().map(|(key, value)| match value {
            serde_json::Value::Array(list) => (key, list.into_iter().map(words).collect::<Vec<_>>().join(";")),
            other => (key, words(other)),
        });
        out.push((line, cells.collect()));
    }
    Ok((out, wrong))
}
