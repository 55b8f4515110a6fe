//! The work paper of a year: who reported, sums over the years, agencies that stand out, texts that are alike, scores.

use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_store::{KeyFigures, ReceiptState};
use jiff::Timestamp;

use super::statistics::{Compared, Outlier, outliers};
use crate::platform::Fault;
use crate::platform::services::{Actor, Services};
use crate::platform::text::Offered;

/// A table of words; the first row is its head.
fn table(caption: &str, rows: &[Vec<String>], widths: &[u16]) -> Block {
    let mut cells = Vec::new();
    for (row, line) in rows.iter().enumerate() {
        for (column, text) in line.iter().enumerate() {
            let mut cell = Cell::new(row, column, text.clone(), Place::None);
            cell.header = row == 0;
            cells.push(cell);
        }
    }
    Block::Table(Table { cells, caption: caption.to_owned(), header_rows: 1, widths: widths.to_vec() })
}

fn text(words: impl Into<String>) -> Paragraph {
    Paragraph::new(words.into(), Place::None)
}

fn number(value: Option<i64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl Services {
    /// The agencies that stand out in a year by each thing they are compared by.
    ///
    /// # Errors
    /// The person does not supervise.
    pub async fn standing_out(&self, actor: &Actor, year: i16) -> Result<Vec<(Compared, Vec<Outlier>)>, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let all: Vec<(AgencyId, KeyFigures)> = self
            .store
            .receipt_lines(year)
            .await?
            .into_iter()
            .filter(|one| one.state != ReceiptState::Returned)
            .map(|one| (one.agency, one.key))
            .collect();
        Ok(Compared::ALL.into_iter().map(|compared| (compared, outliers(compared, &all))).collect())
    }

    /// The work paper of a year.
    ///
    /// # Errors
    /// The person does not supervise; there is no form for that year.
    pub async fn work_paper(&self, now: Timestamp, actor: &Actor, year: i16) -> Result<(String, Manuscript), Fault> {
        let reporting = self.reporting(now, actor, year).await?;
        let (out, alike, scores) =
            tokio::try_join!(self.standing_out(actor, year), self.alike(actor, year), self.scores(now, actor, year))?;
        let directory = self.directory();
        let title = format!("{year}年政府信息公开工作年度报告审核工作底稿");
        let mut blocks = vec![Block::Title(text(title.clone()))];
        let mut head = |words: &str| blocks.push(Block::Heading(1, text(words)));
        head("一、报送情况");
        let counts: Vec<String> = reporting
            .counts
            .iter()
            .filter(|(_, many)| *many > 0)
            .map(|(standing, many)| format!("{}{many}个", standing.label()))
            .collect();
        blocks.push(Block::Paragraph(text(format!(
            "应报机关{}个：{}。报送期限{}，法定期限{}。",
            reporting.rows.len(),
            counts.join("、"),
            reporting.due.0,
            reporting.due.1
        ))));
        let mut rows =
            vec![["机关", "情况", "收到", "错误", "警告", "新收", "办结", "结转"].map(str::to_owned).to_vec()];
        rows.extend(reporting.rows.iter().map(|one| {
            let line = one.line.as_ref();
            vec![
                one.name.clone(),
                one.standing.label().to_owned(),
                line.map(|line| line.arrived_on.to_string()).unwrap_or_default(),
                line.map(|line| line.errors.to_string()).unwrap_or_default(),
                line.map(|line| line.warnings.to_string()).unwrap_or_default(),
                number(line.and_then(|line| line.key.new_received)),
                number(line.and_then(|line| line.key.concluded)),
                number(line.and_then(|line| line.key.carried_out)),
            ]
        }));
        blocks.push(table("各机关报送情况", &rows, &[46, 22, 24, 12, 12, 14, 14, 14]));
        blocks.push(Block::Heading(1, text("二、各年合计")));
        let mut rows = vec![
            ["年度", "报告", "新收", "办结", "予以公开", "结转", "复议诉讼", "结果纠正"].map(str::to_owned).to_vec(),
        ];
        rows.extend(reporting.sums.iter().map(|one| {
            vec![
                one.year.to_string(),
                one.reports.to_string(),
                number(one.key.new_received),
                number(one.key.concluded),
                number(one.key.granted),
                number(one.key.carried_out),
                number(one.key.disputes),
                number(one.key.overturned),
            ]
        }));
        blocks.push(table("各年合计", &rows, &[18, 18, 20, 20, 22, 18, 20, 20]));
        blocks.push(Block::Heading(1, text("三、明显不同的机关")));
        blocks.push(Block::Paragraph(text(
            "每个机关的比例与其余机关合在一起的比例相比；差别有99%以上的把握不是偶然的列出，件数太少的不作判断。列出的要核对原因，不等于有错。",
        )));
        let mut rows = vec![["比较", "机关", "本机关", "其余机关", "把握"].map(str::to_owned).to_vec()];
        for (compared, list) in &out {
            rows.extend(list.iter().map(|one| {
                vec![
                    compared.label().to_owned(),
                    directory.name(one.agency).to_owned(),
                    format!("{}（{}／{}）", one.own.percent(), one.own.part, one.own.whole),
                    one.others.percent(),
                    one.confidence.label().to_owned(),
                ]
            }));
        }
        if rows.len() > 1 {
            blocks.push(table("明显不同的机关", &rows, &[50, 46, 28, 18, 14]));
        } else {
            blocks.push(Block::Paragraph(text("没有。")));
        }
        blocks.push(Block::Heading(1, text("四、第五部分文字相同的机关")));
        let (alike, all) = alike;
        let mut rows = vec![["句子", "机关数", "机关"].map(str::to_owned).to_vec()];
        rows.extend(alike.iter().map(|one| {
            let more = if one.agencies > one.names.len() { "等" } else { "" };
            let same = if one.is_same { "" } else { "（名称或数字不同）" };
            vec![format!("{}{same}", one.sentence), one.agencies.to_string(), format!("{}{more}", one.names.join("、"))]
        }));
        if rows.len() > 1 {
            if all > alike.len() {
                blocks.push(Block::Paragraph(text(format!("共{all}句，列出机关最多的{}句。", alike.len()))));
            }
            blocks.push(table("第五部分文字相同的机关", &rows, &[78, 14, 64]));
        } else {
            blocks.push(Block::Paragraph(text("没有。")));
        }
        blocks.push(Block::Heading(1, text("五、考核得分")));
        let mut rows =
            vec![["机关", "得分", "按期答复", "逾期答复", "被纠正", "栏目", "报告"].map(str::to_owned).to_vec()];
        rows.extend(scores.iter().map(|one| {
            vec![
                one.name.clone(),
                if one.is_measured { one.points.to_string() } else { "不评".to_owned() },
                one.replies.0.to_string(),
                format!("{}（-{}）", one.replies.1, one.taken[0]),
                format!("{}（-{}）", one.overturned, one.taken[1]),
                format!("{}（-{}）", one.stale, one.taken[2]),
                format!("-{}", one.taken[3] + one.taken[4]),
            ]
        }));
        blocks.push(table("考核得分", &rows, &[50, 16, 18, 20, 18, 18, 16]));
        Ok((title, Manuscript { blocks }))
    }

    /// The work paper as a file: Word or PDF as asked, a workbook where nothing is. Gives its title too.
    ///
    /// # Errors
    /// As [`Services::work_paper`].
    pub async fn work_paper_file(
        &self,
        now: Timestamp,
        actor: &Actor,
        year: i16,
        as_what: Option<Offered>,
    ) -> Result<(String, Vec<u8>), Fault> {
        let (title, manuscript) = self.work_paper(now, actor, year).await?;
        let bytes = if let Some(offered) = as_what {
            self.set_manuscript(manuscript, title.clone(), Some(year), offered).await?
        } else {
            let set = move || gongkai_typeset::xlsx(&manuscript, "底稿");
            tokio::task::spawn_blocking(set)
                .await
                .map_err(|error| Fault::Failed(error.to_string()))?
                .map_err(|error| Fault::Failed(error.to_string()))?
        };
        Ok((title, bytes))
    }
}
