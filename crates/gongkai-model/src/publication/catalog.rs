//! 法定主动公开内容 as a tree: the items of articles 20 and 21 of the 条例, and the columns of the platform beside them.
//!
//! A leaf has a code such as `A01-2`; codes never change their meaning. What an agency has no business with carries a dated
//! note in its settings instead of items.

/// A branch of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    /// `A01`.
    pub code: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// The provision it follows.
    pub basis: &'static str,
    /// Whether only some agencies have it.
    pub optional: bool,
    /// The leaves.
    pub leaves: &'static [Leaf],
}

/// A leaf: what an item is filed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// `A01-2`.
    pub code: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// After how many days without a new item the column counts as not kept up; none where nothing regular is expected.
    /// 动态要闻 two weeks, 政策文件、通知公告、政策解读、数据发布 six months (检查指标).
    pub fresh_days: Option<u16>,
}

const fn leaf(code: &'static str, label: &'static str) -> Leaf {
    Leaf { code, label, fresh_days: None }
}

const fn kept(code: &'static str, label: &'static str, days: u16) -> Leaf {
    Leaf { code, label, fresh_days: Some(days) }
}

const fn branch(code: &'static str, label: &'static str, basis: &'static str, leaves: &'static [Leaf]) -> Branch {
    Branch { code, label, basis, optional: false, leaves }
}

const fn optional(code: &'static str, label: &'static str, basis: &'static str, leaves: &'static [Leaf]) -> Branch {
    Branch { code, label, basis, optional: true, leaves }
}

/// The leaf of the agency's own and higher rules on disclosure (政府信息公开制度).
pub const RULES: &str = "Z01-1";
/// The leaf of annual reports (政府信息公开年报).
pub const ANNUAL_REPORTS: &str = "Z02-1";
/// The leaf of explanations of policies (政策解读).
pub const EXPLANATIONS: &str = "A01-3";

/// One of the twenty-six domains of 基层政务公开: an agency turns on those that it works in.
const fn domain(code: &'static str, label: &'static str, leaves: &'static [Leaf]) -> Branch {
    optional(code, label, "国办发〔2019〕54号", leaves)
}

/// The branches, in official order.
pub const BRANCHES: &[Branch] = &[
    branch(
        "A01",
        "行政法规、规章和规范性文件",
        "条例第二十条第一项",
        &[
            leaf("A01-1", "规章"),
            kept("A01-2", "行政规范性文件", 183),
            kept("A01-3", "政策解读", 183),
            kept("A01-4", "其他文件", 183),
        ],
    ),
    branch(
        "A02",
        "机关职能与机构",
        "条例第二十条第二项",
        &[leaf("A02-1", "机构职能"), leaf("A02-2", "领导信息"), leaf("A02-3", "内设机构"), leaf("A02-4", "直属单位")],
    ),
    branch(
        "A03",
        "规划",
        "条例第二十条第三项",
        &[leaf("A03-1", "国民经济和社会发展规划"), leaf("A03-2", "专项规划"), leaf("A03-3", "区域规划")],
    ),
    branch("A04", "统计信息", "条例第二十条第四项", &[leaf("A04-1", "统计公报"), kept("A04-2", "数据发布", 183)]),
    branch(
        "A05",
        "行政许可和其他对外管理服务",
        "条例第二十条第五项",
        &[leaf("A05-1", "事项清单"), leaf("A05-2", "办事指南"), leaf("A05-3", "办理结果")],
    ),
    branch(
        "A06",
        "行政处罚和行政强制",
        "条例第二十条第六项",
        &[leaf("A06-1", "依据、条件和程序"), leaf("A06-2", "裁量基准"), leaf("A06-3", "处罚决定")],
    ),
    branch(
        "A07",
        "财政预算、决算",
        "条例第二十条第七项",
        &[leaf("A07-1", "部门预算"), leaf("A07-2", "部门决算"), leaf("A07-3", "“三公”经费")],
    ),
    branch("A08", "行政事业性收费", "条例第二十条第八项", &[leaf("A08-1", "收费目录及依据、标准")]),
    branch(
        "A09",
        "政府集中采购",
        "条例第二十条第九项",
        &[leaf("A09-1", "采购意向"), leaf("A09-2", "采购公告"), leaf("A09-3", "采购结果和合同")],
    ),
    branch("A10", "重大建设项目", "条例第二十条第十项", &[leaf("A10-1", "批准和实施情况")]),
    branch(
        "A11",
        "民生政策与措施",
        "条例第二十条第十一项",
        &[leaf("A11-1", "乡村振兴与救助"), leaf("A11-2", "教育和医疗"), leaf("A11-3", "社会保障和就业")],
    ),
    branch(
        "A12",
        "突发公共事件",
        "条例第二十条第十二项",
        &[leaf("A12-1", "应急预案"), leaf("A12-2", "预警信息"), leaf("A12-3", "应对情况")],
    ),
    branch(
        "A13",
        "监督检查",
        "条例第二十条第十三项",
        &[leaf("A13-1", "环境保护和公共卫生"), leaf("A13-2", "安全生产"), leaf("A13-3", "食品药品和产品质量")],
    ),
    branch("A14", "公务员招考", "条例第二十条第十四项", &[leaf("A14-1", "招考职位和录用结果")]),
    branch(
        "A15",
        "其他依法公开的信息",
        "条例第二十条第十五项",
        &[
            leaf("A15-1", "审计结果公告"),
            leaf("A15-2", "审计整改情况"),
            leaf("A15-3", "建议提案答复"),
            leaf("A15-4", "双随机检查"),
            leaf("A15-5", "法治政府建设"),
            leaf("A15-6", "审计工作报告"),
            kept("A15-7", "通知公告", 183),
        ],
    ),
    optional(
        "B01",
        "市、县级政府及部门事项",
        "条例第二十一条第一款",
        &[
            leaf("B01-1", "市政建设"),
            leaf("B01-2", "公共服务和公益事业"),
            leaf("B01-3", "土地征收和房屋征收"),
            leaf("B01-4", "治安管理"),
            leaf("B01-5", "社会救助"),
        ],
    ),
    optional(
        "B02",
        "乡镇事项",
        "条例第二十一条第二款",
        &[
            leaf("B02-1", "农业农村政策落实"),
            leaf("B02-2", "农田水利工程"),
            leaf("B02-3", "土地承包经营权流转"),
            leaf("B02-4", "宅基地使用审核"),
            leaf("B02-5", "征收补偿和救助"),
            leaf("B02-6", "筹资筹劳"),
        ],
    ),
    domain("C01", "国土空间规划", &[leaf("C01-1", "国土空间规划")]),
    domain("C02", "重大建设项目", &[leaf("C02-1", "重大建设项目")]),
    domain("C03", "公共资源交易", &[leaf("C03-1", "公共资源交易")]),
    domain("C04", "财政预决算", &[leaf("C04-1", "财政预决算")]),
    domain("C05", "安全生产", &[leaf("C05-1", "安全生产")]),
    domain("C06", "税收管理", &[leaf("C06-1", "税收管理")]),
    domain("C07", "征地补偿", &[leaf("C07-1", "征地补偿")]),
    domain("C08", "国有土地上房屋征收与补偿", &[leaf("C08-1", "国有土地上房屋征收与补偿")]),
    domain("C09", "保障性住房", &[leaf("C09-1", "保障性住房")]),
    domain("C10", "农村危房改造", &[leaf("C10-1", "农村危房改造")]),
    domain("C11", "生态环境", &[leaf("C11-1", "生态环境")]),
    domain("C12", "公共文化服务", &[leaf("C12-1", "公共文化服务")]),
    domain("C13", "公共法律服务", &[leaf("C13-1", "公共法律服务")]),
    domain("C14", "乡村振兴", &[leaf("C14-1", "乡村振兴")]),
    domain("C15", "救灾", &[leaf("C15-1", "救灾")]),
    domain("C16", "食品药品监管", &[leaf("C16-1", "食品药品监管")]),
    domain("C17", "城市综合执法", &[leaf("C17-1", "城市综合执法")]),
    domain("C18", "就业", &[leaf("C18-1", "就业")]),
    domain("C19", "社会保险", &[leaf("C19-1", "社会保险")]),
    domain("C20", "社会救助", &[leaf("C20-1", "社会救助")]),
    domain("C21", "养老服务", &[leaf("C21-1", "养老服务")]),
    domain("C22", "户籍管理", &[leaf("C22-1", "户籍管理")]),
    domain("C23", "涉农补贴", &[leaf("C23-1", "涉农补贴")]),
    domain("C24", "义务教育", &[leaf("C24-1", "义务教育")]),
    domain("C25", "医疗卫生", &[leaf("C25-1", "医疗卫生")]),
    domain("C26", "市政服务", &[leaf("C26-1", "市政服务")]),
    branch("Z01", "政府信息公开制度", "条例第十二条", &[leaf("Z01-1", "公开制度")]),
    branch("Z02", "政府信息公开年报", "条例第四十九条", &[leaf("Z02-1", "年度报告")]),
];

/// The branch and the leaf of a code.
pub fn find(code: &str) -> Option<(&'static Branch, &'static Leaf)> {
    BRANCHES.iter().find_map(|branch| branch.leaves.iter().find(|leaf| leaf.code == code).map(|leaf| (branch, leaf)))
}

/// The branches that stand under 法定主动公开内容: all but the columns of their own.
pub fn statutory() -> impl Iterator<Item = &'static Branch> {
    BRANCHES.iter().filter(|branch| !branch.code.starts_with('Z'))
}

/// 主题分类: the twenty-two classes.
pub const THEMES: [&str; 22] = [
    "国务院组织机构",
    "综合政务",
    "国民经济管理、国有资产监管",
    "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利",
    "工业、交通",
    "商贸、海关、旅游",
    "市场监管、安全生产监管",
    "城乡建设、环境保护",
    "科技、教育",
    "文化、广电、新闻出版",
    "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察",
    "公安、安全、司法",
    "民政、扶贫、救灾",
    "民族、宗教",
    "对外事务",
    "港澳台侨工作",
    "国防",
    "其他",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_standard_catalogue_has_twenty_six_domains_which_an_agency_turns_on() {
        let domains: Vec<_> = BRANCHES.iter().filter(|branch| branch.code.starts_with('C')).collect();
        assert_eq!((domains.len(), domains.iter().all(|branch| branch.optional)), (26, true));
    }

    #[test]
    fn article_20_has_fifteen_branches_and_every_code_is_its_own() {
        let statutory: Vec<_> = BRANCHES.iter().filter(|branch| branch.code.starts_with('A')).collect();
        assert_eq!(statutory.len(), 15);
        let codes: BTreeSet<&str> = BRANCHES.iter().flat_map(|branch| branch.leaves).map(|leaf| leaf.code).collect();
        assert_eq!(codes.len(), BRANCHES.iter().map(|branch| branch.leaves.len()).sum::<usize>());
        for branch in BRANCHES {
            assert!(branch.leaves.iter().all(|leaf| leaf.code.starts_with(branch.code)), "{}", branch.code);
        }
        for code in [RULES, ANNUAL_REPORTS, EXPLANATIONS] {
            assert!(find(code).is_some());
        }
    }
}
