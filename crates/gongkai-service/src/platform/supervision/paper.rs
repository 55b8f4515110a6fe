//! The work paper of a year: who reported, sums over the years, agencies that stand out, texts that are alike, scores.

mod findings;

use std::collections::BTreeMap;

use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_report::render::{applications_table, proactive_table, proceedings_table};
use gongkai_store::{KeyFigures, ReceiptState};
use jiff::Timestamp;

use super::statistics::{Compared, Outlier, Share, outliers};
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

/// How many there are, and what they took off.
fn lost(many: i64, off: i64) -> String {
    if off == 0 { many.to_string() } else { format!("{many}（扣{off}）") }
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
            "机关{}个：{}。报送期限{}，法定期限{}。",
            reporting.rows.len(),
            counts.join("、"),
            reporting.due.0,
            reporting.due.1
        ))));
        let receipts = self.store.receipts_counting(year).await?;
        let mut told: BTreeMap<AgencyId, Vec<String>> = BTreeMap::new();
        for (agency, number, reason) in self.store.reasons_given_back(year).await? {
            told.entry(agency).or_default().push(format!("第{number}次退回：{reason}"));
        }
        let mut rows = vec![["机关", "情况", "收到", "错误", "警告", "说明"].map(str::to_owned).to_vec()];
        rows.extend(reporting.rows.iter().map(|one| {
            let line = one.line.as_ref();
            let came = line.map(|line| match line.number {
                1 => line.arrived_on.to_string(),
                number => format!("{}（第{number}次）", line.arrived_on),
            });
            let back = told.get(&one.agency).map(|reasons| reasons.join("；"));
            let late = one.unlawful.then(|| "超过法定期限".to_owned());
            let unsent = one.unsent.then(|| "公开的更正没有报送".to_owned());
            let exempt = (!one.exempt.is_empty()).then(|| one.exempt.clone());
            let said: Vec<String> = [exempt, late, back, unsent].into_iter().flatten().collect();
            vec![
                one.name.clone(),
                one.standing.label().to_owned(),
                came.unwrap_or_default(),
                line.map(|line| format!("{}（未认定{}）", line.errors, line.open_errors)).unwrap_or_default(),
                line.map(|line| line.warnings.to_string()).unwrap_or_default(),
                said.join("；"),
            ]
        }));
        blocks.push(table("各机关报送情况", &rows, &[40, 20, 30, 22, 12, 36]));
        blocks.push(Block::Heading(1, text("二、核对的发现和认定")));
        blocks.extend(self.paper_findings(year, &receipts).await?);
        blocks.push(Block::Heading(1, text("三、数据汇总")));
        let sum = self.sum_of_reports(actor, year).await?;
        let wanting = sum.summed.wanting();
        let whole =
            if wanting.is_empty() { "没有缺报、空白。".to_owned() } else { wanting.join("；") + "。" };
        blocks.push(Block::Paragraph(text(format!("汇总{}份报告。{whole}", sum.summed.reports))));
        blocks.extend([proactive_table(&sum.report), applications_table(&sum.report), proceedings_table(&sum.report)]);
        blocks.push(Block::Heading(1, text("四、各年合计")));
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
        blocks.push(Block::Heading(1, text("五、各机关的比例")));
        let mut head = vec!["机关".to_owned()];
        head.extend(Compared::ALL.iter().map(|one| one.label().split('（').next().unwrap_or_default().to_owned()));
        let mut rows = vec![head];
        rows.extend(reporting.rows.iter().filter_map(|one| {
            let line = one.line.as_ref()?;
            let mut row = vec![one.name.clone()];
            row.extend(Compared::ALL.iter().map(|by| by.of(&line.key).map_or("—".to_owned(), Share::percent)));
            Some(row)
        }));
        blocks.push(table("各机关的比例", &rows, &[46, 19, 19, 19, 19, 19, 19]));
        blocks.push(Block::Heading(1, text("六、明显不同的机关")));
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
        blocks.push(Block::Heading(1, text("七、第五部分文字相同的机关")));
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
        blocks.push(Block::Heading(1, text("八、考核得分")));
        let mut rows =
            vec![["机关", "得分", "按期答复", "逾期答复", "被纠正", "栏目", "报告"].map(str::to_owned).to_vec()];
        rows.extend(scores.iter().map(|one| {
            vec![
                one.name.clone(),
                if one.is_measured { one.points.to_string() } else { "不评".to_owned() },
                one.replies.0.to_string(),
                lost(one.replies.1, one.taken[0]),
                lost(one.overturned, one.taken[1]),
                lost(one.stale, one.taken[2]),
                lost(i64::from(one.report_late) + one.report_errors, one.taken[3] + one.taken[4]),
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
