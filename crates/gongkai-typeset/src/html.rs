//! A page with semantic tables: `scope`, captions, spans; readable without a style sheet of others.

use gongkai_manuscript::{Block, Cell, Manuscript, Side, Table};

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#8a8f98;--head:#f2f4f7}\
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#16181c;--line:#6b717b;--head:#22262c}}\
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.75 \"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}\
main{max-width:50rem;margin:0 auto;padding:2rem 1rem 4rem}\
h1{font-size:1.6rem;line-height:1.4;text-align:center;margin:1rem 0 2rem}\
h2{font-size:1.15rem;margin:2rem 0 .5rem}\
p{margin:.5rem 0;text-indent:2em}\
p.left,p.center,p.right{text-indent:0}p.center{text-align:center}p.right{text-align:right;margin-right:4em}\
.table{overflow-x:auto;margin:1rem 0}\
table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.45;font-variant-numeric:tabular-nums}\
caption{text-align:left;font-weight:600;padding:.25rem 0}\
th,td{border:1px solid var(--line);padding:.3rem .4rem;text-align:center}\
th{background:var(--head);font-weight:400}\
th[scope=row],th[scope=rowgroup]{text-align:left}\
td{min-width:1.6em}\
@media print{main{max-width:none;padding:0}.table{overflow:visible}thead{display:table-header-group}}";

/// A figure, which stands on the right of its cell.
fn is_figure(text: &str) -> bool {
    let text = text.trim();
    text.chars().any(|c| c.is_ascii_digit())
        && text.len() < 18
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '%'))
        && text.matches('-').count() < 2
}

fn cell(cell: &Cell, in_head: bool, out: &mut String) {
    let name = if cell.header { "th" } else { "td" };
    out.push('<');
    out.push_str(name);
    if cell.header {
        let scope = match (in_head, cell.row_span > 1, cell.column_span > 1) {
            (true, _, true) => "colgroup",
            (true, _, false) => "col",
            (false, true, _) => "rowgroup",
            (false, false, _) => "row",
        };
        out.push_str(&format!(" scope=\"{scope}\""));
    }
    if cell.row_span > 1 {
        out.push_str(&format!(" rowspan=\"{}\"", cell.row_span));
    }
    if cell.column_span > 1 {
        out.push_str(&format!(" colspan=\"{}\"", cell.column_span));
    }
    if !cell.header && is_figure(&cell.text) {
        out.push_str(" class=\"num\"");
    }
    out.push('>');
    out.push_str(&escape(&cell.text));
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn table(table: &Table, out: &mut String) {
    out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\"");
    if !table.caption.is_empty() {
        out.push_str(&format!(" aria-label=\"{}\"", escape(&table.caption)));
    }
    out.push_str(">\n<table>\n");
    let rows = table.row_count();
    for row in 0..rows {
        if row == 0 && table.header_rows > 0 {
            out.push_str("<thead>\n");
        }
        if row == table.header_rows {
            out.push_str("<tbody>\n");
        }
        out.push_str("<tr>");
        // A row of heads alone heads the columns below it.
        let cells: Vec<&Cell> = table.cells.iter().filter(|cell| cell.row == row).collect();
        let heads = row < table.header_rows || cells.iter().all(|cell| cell.header);
        for one in cells {
            cell(one, heads, out);
        }
        out.push_str("</tr>\n");
        if row + 1 == table.header_rows {
            out.push_str("</thead>\n");
        }
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

/// The blocks alone, to stand within a page of others. Headings begin at the second level.
pub fn fragment(manuscript: &Manuscript) -> String {
    let mut out = String::new();
    blocks(manuscript, &mut out);
    out
}

/// As [`fragment`], with the pieces of the text numbered as the checks number them (paragraphs and cells, from 1): each has the
/// identity `piece-N`, and those in `marked` stand out.
pub fn fragment_marked(manuscript: &Manuscript, marked: &std::collections::BTreeSet<usize>) -> String {
    let mut out = String::new();
    let mut piece = 0;
    let mut next = || {
        piece += 1;
        let class = if marked.contains(&piece) { " class=\"hit\"" } else { "" };
        format!("<span id=\"piece-{piece}\"{class}>")
    };
    for block in &manuscript.blocks {
        let mut one = String::new();
        blocks(&Manuscript { blocks: vec![block.clone()] }, &mut one);
        match block {
            Block::Table(table) => {
                // Cells are written in their order; each begins after its opening tag.
                let mut rest = one.as_str();
                for _ in &table.cells {
                    let at = ["<td", "<th"].iter().filter_map(|tag| cell_start(rest, tag)).min();
                    let Some(start) = at else { break };
                    let end = ["</td>", "</th>"].iter().filter_map(|tag| rest.get(start..)?.find(tag)).min();
                    let Some(end) = end.map(|end| start + end) else { break };
                    out.push_str(rest.get(..start).unwrap_or(""));
                    out.push_str(&next());
                    out.push_str(rest.get(start..end).unwrap_or(""));
                    out.push_str("</span>");
                    rest = rest.get(end..).unwrap_or("");
                }
                out.push_str(rest);
            }
            Block::PageBreak => out.push_str(&one),
            Block::Title(_) | Block::Heading(..) | Block::Paragraph(_) | Block::Line(..) => {
                let (open, close) = (one.find('>').map_or(0, |at| at + 1), one.rfind("</").unwrap_or(one.len()));
                out.push_str(one.get(..open).unwrap_or(""));
                out.push_str(&next());
                out.push_str(one.get(open..close).unwrap_or(""));
                out.push_str("</span>");
                out.push_str(one.get(close..).unwrap_or(""));
            }
        }
    }
    out
}

/// Where the content of the next cell with a tag begins; not of `<thead>`.
fn cell_start(text: &str, tag: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find(tag)?;
        let after = text.get(at + tag.len()..)?;
        if after.starts_with(['>', ' ']) {
            return Some(at + tag.len() + after.find('>')? + 1);
        }
        from = at + tag.len();
    }
}

/// A whole page. `title` names it in the browser.
pub fn html(manuscript: &Manuscript, title: &str) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escape(title)
    );
    blocks(manuscript, &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn blocks(manuscript: &Manuscript, out: &mut String) {
    for block in &manuscript.blocks {
        match block {
            Block::Title(text) => out.push_str(&format!("<h1>{}</h1>\n", escape(&text.text))),
            Block::Heading(level, text) => {
                let level = (*level + 1).min(6);
                out.push_str(&format!("<h{level}>{}</h{level}>\n", escape(&text.text)));
            }
            Block::Paragraph(text) => out.push_str(&format!("<p>{}</p>\n", escape(&text.text))),
            Block::Line(side, text) => {
                let class = match side {
                    Side::Left => "left",
                    Side::Center => "center",
                    Side::Right => "right",
                };
                out.push_str(&format!("<p class=\"{class}\">{}</p>\n", escape(&text.text)));
            }
            Block::Table(one) => table(one, out),
            Block::PageBreak => {}
        }
    }
}
