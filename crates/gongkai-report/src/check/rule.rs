//! The rules as data: id, level, editions, what must hold, and where it comes from.

use gongkai_law::{Edition, Instrument};

use crate::report::{FormKind, Level};

/// Which reports a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every report.
    All,
    /// Reports with statutory tables (both editions).
    Tables,
    /// Reports of one edition.
    Only(Edition),
    /// Several reports together.
    Set,
}

/// A rule of the checker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its id, e.g. `R071`.
    pub id: &'static str,
    /// Its usual level.
    pub level: Level,
    /// Which reports it speaks of.
    pub scope: Scope,
    /// What must hold.
    pub title: &'static str,
    /// The instrument and article it follows from; `None` for plain arithmetic and language.
    pub basis: Option<(Instrument, &'static str)>,
    /// The number of the same check in the statutory list of consistency checks (K1 to K18); empty if none.
    pub also: &'static str,
}

impl Rule {
    /// Whether the rule speaks of reports of this form.
    pub fn binds(&self, form: FormKind) -> bool {
        match self.scope {
            All | Set => true,
            Tables => form != FormKind::Older,
            Scope::Only(edition) => matches!(form, FormKind::Unknown) || form == FormKind::Edition(edition),
        }
    }

    /// What the rule follows from, for a report of this form: the form notice is that of the report's edition.
    /// Empty for plain arithmetic and language, and for a form notice that did not bind the report yet.
    pub fn law(&self, form: FormKind) -> String {
        let Some((instrument, article)) = self.basis else { return String::new() };
        let instrument = match (instrument, form) {
            (Instrument::Form2021, FormKind::Edition(Edition::F2019)) => Instrument::Form2019,
            (Instrument::Form2021 | Instrument::Form2019, FormKind::Older) => return String::new(),
            _ => instrument,
        };
        format!("{}{article}", instrument.short_name())
    }
}

const fn new(
    id: &'static str,
    level: Level,
    scope: Scope,
    title: &'static str,
    basis: Option<(Instrument, &'static str)>,
    also: &'static str,
) -> Rule {
    Rule { id, level, scope, title, basis, also }
}

const OLD: Scope = Scope::Only(Edition::F2019);
const NEW: Scope = Scope::Only(Edition::F2021);
use Instrument as I;
use Level::{Error, Notice, Warning};
use Scope::{All, Set, Tables};

/// Every rule, in order of its id.
#[rustfmt::skip]
pub const RULES: [Rule; 109] = [
    new("R001", Error, All, "六个部分齐全，各出现一次，次序为一至六", Some((I::Form2021, "")), ""),
    new("R002", Warning, All, "各部分标题与规定格式一致", Some((I::Form2021, "")), ""),
    new("R003", Error, All, "表格格式与报告年度相符（2019、2020年用2019年格式，2021年起用2021年格式）", Some((I::Form2021, "")), ""),
    new("R004", Error, Tables, "全文用同一格式，表二各部分与表三（六）其他处理一致", Some((I::Form2021, "")), ""),
    new("R005", Error, Tables, "三张表在相应标题之下", Some((I::Form2021, "")), ""),
    new("R006", Error, Tables, "表中各行齐全，各出现一次", Some((I::Form2021, "")), ""),
    new("R007", Notice, Tables, "没有规定格式以外的行或表", Some((I::Form2021, "")), ""),
    new("R008", Notice, All, "表在自己的标题之下", Some((I::Form2021, "")), ""),
    new("R009", Warning, All, "一份文件只有一份报告，同一张表只有一张", Some((I::Form2021, "")), ""),
    new("R010", Warning, All, "第五、第六部分有实际内容", Some((I::Regulation, "第五十条")), ""),
    new("R011", Warning, NEW, "第一部分写明五个方面，编号不重复，内容不空", Some((I::Form2021, "")), "K14"),
    new("R012", Warning, All, "引言所说的部分数与列出的、实有的一致", Some((I::Form2021, "")), ""),
    new("R013", Notice, All, "层次序号写法统一", Some((I::Form2021, "")), ""),
    new("R014", Error, All, "文件是年度报告，不是通知、模板、解读或制度", Some((I::Regulation, "第五十条")), ""),
    new("R015", Notice, Tables, "行名与规定格式一致", Some((I::Form2021, "")), ""),
    new("R016", Warning, All, "新格式报告中没有旧格式的章节", Some((I::Form2021, "")), ""),
    new("R020", Error, All, "标题有机关全称、年度和“政府信息公开工作年度报告”", Some((I::Form2021, "")), ""),
    new("R021", Error, All, "标题、统计期限和正文的年度一致", Some((I::Form2021, "")), "K12"),
    new("R022", Notice, All, "标题用语与规定格式一致", Some((I::Form2021, "")), ""),
    new("R023", Error, All, "统计期限为报告年度1月1日至12月31日", Some((I::Form2021, "")), ""),
    new("R024", Warning, All, "写明统计期限", Some((I::Form2021, "")), ""),
    new("R025", Warning, All, "在法定期限内公布（部门1月31日前，政府3月31日前），且不早于年度结束", Some((I::Regulation, "第四十九条")), ""),
    new("R026", Warning, All, "落款日期在报告年度的次年", Some((I::Regulation, "第四十九条")), ""),
    new("R027", Warning, All, "第五部分不把报告年度当作将来", Some((I::Regulation, "第五十条")), ""),
    new("R028", Warning, All, "第一部分的数据属于报告年度", Some((I::Regulation, "第五十条")), ""),
    new("R029", Error, All, "文中没有别的机关或上级的工作", Some((I::Regulation, "第五十条")), ""),
    new("R030", Warning, All, "机关名称和自称前后一致", Some((I::Form2021, "")), ""),
    new("R031", Notice, All, "有联系地址和电话", Some((I::Form2021, "")), ""),
    new("R032", Notice, All, "电话、邮箱、邮编写法正确", Some((I::Form2021, "")), ""),
    new("R033", Warning, All, "网址完整，不是占位文字", Some((I::Form2021, "")), ""),
    new("R034", Error, All, "没有模板残留文字", Some((I::Form2021, "")), ""),
    new("R035", Notice, All, "数据范围写明，文字与表格一致", Some((I::FillingNotes, "")), ""),
    new("R040", Error, All, "引用现行条例的国务院令号（2019年起为第711号）", Some((I::Regulation, "")), ""),
    new("R041", Warning, NEW, "引用现行的年度报告格式文件", Some((I::Form2021, "")), ""),
    new("R042", Error, All, "文件标题与文号对应", Some((I::Form2021, "")), ""),
    new("R043", Notice, All, "国办公开办函文号写法正确、完整", Some((I::Form2021, "")), ""),
    new("R044", Notice, All, "引用条款正确（年报内容在第五十条，第二十条分项不分款）", Some((I::Regulation, "第五十条")), ""),
    new("R045", Warning, All, "一个文号只对应一个标题", Some((I::Form2021, "")), ""),
    new("R050", Error, Tables, "表二各数为不小于零的整数，收费可有小数", Some((I::Form2021, "")), "K5"),
    new("R051", Notice, Tables, "单元格内只填数字", Some((I::Form2021, "")), ""),
    new("R052", Warning, Tables, "没有数据的填0，不留空，不用“/”“—”", Some((I::Form2021, "")), "K6"),
    new("R053", Error, Tables, "只有有权机关填报规章", Some((I::Regulation, "第二十条")), ""),
    new("R054", Error, NEW, "现行有效＝上年现行有效＋本年制发－本年废止", Some((I::Form2021, "")), "K9"),
    new("R055", Error, NEW, "现行有效不少于本年制发减本年废止", Some((I::Form2021, "")), ""),
    new("R056", Error, OLD, "对外公开总数不少于本年新公开，新制作的有公开", Some((I::Form2019, "")), ""),
    new("R057", Warning, OLD, "上一年项目数加增减不小于零，正负号只在“本年增/减”", Some((I::Form2019, "")), ""),
    new("R058", Warning, OLD, "上一年项目数等于上年的项目数加增减", Some((I::Form2019, "")), "K10"),
    new("R059", Warning, NEW, "收费金额以万元填写", Some((I::Form2021, "")), ""),
    new("R060", Warning, OLD, "采购项目数与金额同时为零或同时不为零，写明单位", Some((I::Form2019, "")), ""),
    new("R061", Notice, Tables, "行政许可、处罚、强制与上年相比没有异常变动", Some((I::Form2021, "")), ""),
    new("R062", Notice, Tables, "有相应职权的机关才有行政许可、处罚、强制", Some((I::Regulation, "第二十条")), ""),
    new("R063", Warning, Tables, "文字中的规章、规范性文件数与表二一致", Some((I::Form2021, "")), "K11"),
    new("R064", Notice, Tables, "文字中的许可、处罚、强制数与表二一致", Some((I::Form2021, "")), "K11"),
    new("R065", Notice, NEW, "废止规章后现行有效数相应减少", Some((I::Form2021, "")), ""),
    new("R070", Error, Tables, "每列：第一项加第二项等于第三项总计加第四项", Some((I::Form2021, "")), "K1"),
    new("R071", Error, Tables, "每列：各办理结果之和等于（七）总计", Some((I::Form2021, "")), "K2"),
    new("R072", Error, Tables, "每行：六类申请人之和等于总计", Some((I::Form2021, "")), "K3"),
    new("R073", Error, Tables, "表三各数为不小于零的整数", Some((I::Form2021, "")), "K5"),
    new("R074", Warning, Tables, "表三没有空白", Some((I::Form2021, "")), "K6"),
    new("R075", Error, Tables, "有分项数据时总计不为零、不空白", Some((I::Form2021, "")), ""),
    new("R076", Error, Tables, "上年结转等于上年报告的结转下年度", Some((I::Form2021, "")), "K7"),
    new("R077", Notice, Tables, "结转下年度的比例不过高，与文字所说办结情况相符", Some((I::Regulation, "第三十三条")), ""),
    new("R078", Error, All, "文字说没有收到申请时表三为零，反之亦然", Some((I::Form2021, "")), "K11"),
    new("R079", Error, Tables, "文字中收到的申请数与表三一致", Some((I::Form2021, "")), "K11"),
    new("R080", Error, Tables, "文字中上年结转、答复、结转下年度数与表三一致", Some((I::Form2021, "")), "K11"),
    new("R081", Warning, Tables, "文字中各类办理结果数与表三一致", Some((I::Form2021, "")), "K11"),
    new("R082", Warning, Tables, "文字中自然人、法人申请数与表三一致", Some((I::Form2021, "")), "K11"),
    new("R083", Notice, Tables, "乡镇、街道少有属于国家秘密或“三安全一稳定”的情形", Some((I::Regulation, "第十四条")), ""),
    new("R084", Notice, NEW, "（六）3.其他不超过总计的两成", Some((I::Form2021, "")), "K18"),
    new("R085", Warning, NEW, "有逾期未缴费的，第六部分说明收费情况", Some((I::FeeMeasures, "")), ""),
    new("R086", Notice, Tables, "只有一件申请时没有重复申请或大量反复申请", Some((I::Regulation, "第三十五条")), ""),
    new("R087", Warning, Tables, "没有申请的申请人类别没有予以公开", Some((I::Form2021, "")), ""),
    new("R088", Notice, OLD, "2019年格式的（六）其他处理为一行", Some((I::Form2019, "")), ""),
    new("R090", Error, Tables, "表四每组：维持、纠正、其他、尚未审结之和等于总计", Some((I::Form2021, "")), "K4"),
    new("R091", Error, Tables, "表四有分项数据时总计不为零、不空白", Some((I::Form2021, "")), "K4"),
    new("R092", Error, Tables, "表四有15个不小于零的整数", Some((I::Form2021, "")), "K5"),
    new("R093", Warning, Tables, "文字中的复议、诉讼数与表四一致", Some((I::Form2021, "")), "K11"),
    new("R094", Error, Tables, "文字说均获维持时没有其他结果", Some((I::Form2021, "")), "K11"),
    new("R095", Error, Tables, "文字说没有复议、诉讼时表四为零，反之亦然", Some((I::Form2021, "")), "K11"),
    new("R096", Warning, Tables, "文字中的复议、诉讼结果与表四一致", Some((I::Form2021, "")), "K11"),
    new("R097", Notice, Tables, "有复议、诉讼的，本年或上年有申请", Some((I::Form2021, "")), "K17"),
    new("R098", Notice, Tables, "被纠正的比例不过高", Some((I::Regulation, "第五十一条")), ""),
    new("R099", Notice, Tables, "上年尚未审结的在本年有结果", Some((I::Form2021, "")), ""),
    new("R110", Error, All, "文字中分项之和不超过总数", None, ""),
    new("R111", Warning, All, "文字中列全的分项之和等于总数", None, ""),
    new("R112", Notice, All, "各渠道之和与总数相符", None, ""),
    new("R113", Error, All, "文字中收到加结转等于答复加结转下年", None, ""),
    new("R114", Warning, All, "申请总数与按渠道、申请人、结果的分计相符", None, ""),
    new("R115", Warning, All, "百分比与数字相符", None, ""),
    new("R116", Warning, All, "同比与上年数字相符", None, ""),
    new("R117", Error, All, "同一事实前后数字一致", None, ""),
    new("R118", Notice, All, "数字有单位，单位有数字", None, ""),
    new("R119", Notice, All, "累计数不小于当年数，不小于上年累计数", None, ""),
    new("R120", Warning, NEW, "第六部分说明信息处理费收取情况", Some((I::FeeMeasures, "")), "K15"),
    new("R121", Error, NEW, "信息处理费分项之和等于总额", Some((I::FeeMeasures, "")), ""),
    new("R122", Notice, All, "第一部分有具体数据", Some((I::Regulation, "第五十条")), ""),
    new("R130", Error, All, "固定用语没有颠倒或残缺", None, ""),
    new("R131", Notice, All, "没有重字和常见错字", None, ""),
    new("R132", Notice, All, "引号、括号成对，标点正确", None, ""),
    new("R133", Warning, All, "没有外来文字、屏蔽符号、残留标签", None, ""),
    new("R134", Notice, All, "繁体、注音、部首字符已按通用字比对", None, ""),
    new("R135", Warning, All, "日期没有丢失字符", None, ""),
    new("R136", Notice, All, "没有个人信息和涉密标志", Some((I::PersonalInformationLaw, "")), "K16"),
    new("R137", Warning, All, "与上年或其他机关的文字不雷同", Some((I::Form2021, "")), "K13"),
    new("R138", Notice, All, "业务数据不混作信息公开数据", Some((I::Regulation, "第五十条")), ""),
    new("R140", Warning, Set, "不同机关的报告文字不相同，没有重复的报告", Some((I::Form2021, "")), ""),
    new("R141", Notice, Set, "历年报告齐全", Some((I::Regulation, "第四十九条")), ""),
    new("R142", Notice, Set, "政府汇总数不小于所属机关之和", Some((I::Regulation, "第四十九条")), ""),
    new("R143", Notice, Set, "没有明显偏离同类机关的数据", Some((I::Form2021, "")), "K18"),
];

/// The rule with this id; `None` if there is none.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.id.cmp(id)).ok().and_then(|at| RULES.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_109_rules_in_order() {
        assert_eq!(RULES.len(), 109);
        assert!(RULES.is_sorted_by(|a, b| a.id < b.id));
    }

    #[test]
    fn the_form_notice_is_that_of_the_edition() {
        let law = |id: &str, form| rule(id).map(|rule| rule.law(form)).unwrap_or_default();
        assert!(law("R070", FormKind::Edition(Edition::F2019)).contains("〔2019〕60号"));
        assert!(law("R070", FormKind::Edition(Edition::F2021)).contains("〔2021〕30号"));
        assert_eq!(law("R070", FormKind::Older), "");
        assert!(law("R025", FormKind::Older).contains("条例"), "the term of article 49 binds every report");
        assert_eq!(law("R110", FormKind::Unknown), "");
    }

    #[test]
    fn every_statutory_check_has_a_rule() {
        // K8 compares with cases of the ledger and K13 to K18 stand beside others of this list.
        for number in (1..=18).filter(|number| *number != 8) {
            let id = format!("K{number}");
            assert!(RULES.iter().any(|rule| rule.also == id), "{id}");
        }
    }
}
