//! The invented texts of the demonstration.

use jiff::civil::Date;

use super::agency::days_before;

/// A publication of the demonstration and how far it has come.
pub(super) struct Piece {
    pub(super) title: String,
    pub(super) doc_no: String,
    pub(super) formed_on: Date,
    pub(super) theme: &'static str,
    pub(super) genre: &'static str,
    pub(super) node: &'static str,
    pub(super) attribute: &'static str,
    pub(super) attribute_reason: &'static str,
    pub(super) validity: &'static str,
    pub(super) summary: String,
    pub(super) body: String,
    /// 0 draft, 1–3 that many signatures, 4 published.
    pub(super) steps: usize,
    pub(super) returned: bool,
    pub(super) withdrawn: Option<&'static str>,
    /// The channels beside the website.
    pub(super) channels: &'static str,
    /// How many hours later than usual it is published.
    pub(super) later: i64,
    /// A workbook beside the text: its name, and its table as marked text.
    pub(super) attachment: Option<(&'static str, &'static str)>,
}

pub(super) fn piece(title: String, formed_on: Date, node: &'static str, genre: &'static str, body: String) -> Piece {
    Piece {
        title,
        doc_no: String::new(),
        formed_on,
        theme: "财政、金融、审计",
        genre,
        node,
        attribute: "proactive",
        attribute_reason: "",
        validity: "",
        summary: String::new(),
        body,
        steps: 4,
        returned: false,
        withdrawn: None,
        channels: "",
        later: 0,
        attachment: None,
    }
}

pub(super) fn written(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// The texts of an agency, the oldest first, none on a day to come.
pub(super) fn pieces(name: &str, prefix: &str, today: Date) -> Vec<Piece> {
    let mut out = standing(name, today);
    out.extend(super::columns::kept_up(name, prefix, today));
    match prefix {
        "sj" => out.extend(audit(name, today)),
        "cz" => out.extend(finance(name, today)),
        "zf" => out.extend(government(today)),
        _ => out.extend(education(name, today)),
    }
    out.extend(monthly(name, today));
    out.extend(under_way(name, today));
    out.sort_by_key(|one| one.formed_on);
    // A list beside the text of the second item.
    if let Some(one) = out.get_mut(1).filter(|one| one.steps == 4) {
        one.attachment = Some((
            "附件：事项清单.xlsx",
            "| 序号 | 事项 | 办理科室 | 公开时间 |\n|---|---|---|---|\n| 1 | 事项甲 | 办公室 | 每月上旬 |\n| 2 | 事项乙 | 综合科 | 每季度 |\n| 3 | 事项丙 | 法规科 | 每年三月 |\n",
        ));
    }
    out
}

/// What every agency has.
fn standing(name: &str, today: Date) -> Vec<Piece> {
    let day = |days| days_before(today, days);
    let last = today.year() - 1;
    let mut rules = piece(
        format!("{name}政府信息公开工作规定"),
        day(318),
        "Z01-1",
        "notice",
        format!(
            "各科室：\n# 一、总则\n为了做好政府信息公开工作，根据《中华人民共和国政府信息公开条例》，制定本规定。\n# 二、先审后发\n公开的信息经承办人起草、科室复审、保密审查、分管领导终审后发布。每一步由不同的人签署，内容改动后重新签署。\n# 三、期限\n属于主动公开范围的信息，自形成或者变更之日起20个工作日内公开。\n# 四、定期评估\n每年对不予公开的信息评估一次，可以公开的及时公开。\n[右]{name}\n[右]{}",
            written(day(318))
        ),
    );
    rules.theme = "综合政务";
    rules.summary = "本机关公开信息的范围、审核程序、期限和定期评估办法。".to_owned();
    let mut duties = piece(
        format!("{name}机构职能"),
        day(325),
        "A02-1",
        "other",
        format!(
            "{name}的主要职责、办公地址和联系方式如下。\n# 主要职责\n贯彻执行国家法律法规和方针政策，承担职责范围内的监督管理和服务工作。\n# 办公信息\n| 事项 | 内容 |\n|---|---|\n| 办公地址 | 示例区示例路1号 |\n| 办公时间 | 工作日 8:30—12:00，14:00—18:00 |\n| 联系电话 | 000-00000000 |\n"
        ),
    );
    duties.theme = "综合政务";
    let mut leaders = piece(format!("{name}领导信息"), day(325), "A02-2", "other", "| 姓名 | 职务 | 分工 |\n|---|---|---|\n| 林某某 | 局长 | 主持全面工作 |\n| 陈某某 | 副局长 | 分管办公室、政务公开 |\n".to_owned());
    leaders.theme = "综合政务";
    let mut offices = piece(format!("{name}内设机构"), day(325), "A02-3", "other", "| 科室 | 职责 |\n|---|---|\n| 办公室 | 文电、会务、机要、档案、政务公开 |\n| 综合科 | 综合协调、统计、考核 |\n| 法规科 | 规范性文件审核、复议应诉 |\n".to_owned());
    offices.theme = "综合政务";
    let budget = piece(
        format!("{name}{}年部门预算", today.year()),
        day(270),
        "A07-1",
        "other",
        format!(
            "# 一、基本情况\n{name}{}年收支预算总额1256.40万元。\n# 二、支出构成\n| 项目 | 金额（万元） |\n|---|---|\n| 基本支出 | 986.15 |\n| 项目支出 | 270.25 |\n| 合计 | 1256.40 |\n",
            today.year()
        ),
    );
    let accounts = piece(
        format!("{name}{last}年部门决算"),
        day(95),
        "A07-2",
        "other",
        format!(
            "# 一、收支情况\n{last}年收入决算1189.32万元，支出决算1189.32万元。\n# 二、“三公”经费\n| 项目 | 预算（万元） | 决算（万元） |\n|---|---|---|\n| 公务用车运行维护费 | 6.00 | 5.21 |\n| 公务接待费 | 0.80 | 0.00 |\n"
        ),
    );
    vec![duties, leaders, offices, rules, budget, accounts]
}

fn audit(name: &str, today: Date) -> Vec<Piece> {
    let day = |days| days_before(today, days);
    let year = today.year();
    let mut result = piece(
        format!("关于{}年度区级预算执行和其他财政收支审计结果的公告", year - 1),
        day(62),
        "A15-1",
        "proclamation",
        format!(
            "根据《中华人民共和国审计法》的规定，{name}对{}年度区级预算执行和其他财政收支情况进行了审计。现将审计结果公告如下。\n# 一、审计评价\n审计结果表明，区级预算执行总体平稳，财政收支管理进一步规范。\n# 二、审计发现的主要问题\n部分单位预算编制不够细化，个别项目资金结转时间较长。\n| 问题类别 | 涉及单位（个） | 金额（万元） |\n|---|---|---|\n| 预算编制不细化 | 4 | 312.60 |\n| 资金结转时间较长 | 2 | 85.40 |\n| 政府采购程序不规范 | 1 | 17.93 |\n\n# 三、整改情况\n有关单位正在整改，整改结果由各单位另行公布。\n[右]{name}\n[右]{}",
            year - 1,
            written(day(62))
        ),
    );
    result.doc_no = format!("示审公告〔{year}〕3号");
    result.summary = "区级预算执行和其他财政收支审计的评价、主要问题和整改要求。".to_owned();
    let mut rule = piece(
        format!("{name}关于印发内部审计工作规定的通知"),
        day(140),
        "A01-2",
        "notice",
        format!(
            "各镇、街道，区级各部门：\n现将《示例区内部审计工作规定》印发给你们，请遵照执行。\n# 第一章 总则\n为了加强内部审计工作，制定本规定。\n# 第二章 机构和人员\n单位应当明确承担内部审计职责的机构，配备与工作相适应的人员。\n# 第三章 附则\n本规定自印发之日起施行，有效期五年。\n[右]{name}\n[右]{}",
            written(day(140))
        ),
    );
    rule.doc_no = format!("示审发〔{year}〕12号");
    rule.validity = "in_force";
    let mut reform = piece(
        format!("{}年度区级预算执行审计查出问题整改情况", year - 1),
        day(20),
        "A15-2",
        "report",
        "截至目前，审计查出的7个问题已整改6个，正在整改1个。已上缴财政资金17.93万元，修订制度3项。".to_owned(),
    );
    reform.summary = "审计查出问题的整改进展。".to_owned();
    let mut wrong = piece(
        "区级部门办公用房维修项目审计结果".to_owned(),
        day(120),
        "A15-1",
        "proclamation",
        "审计了区级部门办公用房维修项目，造价核减8.60万元。".to_owned(),
    );
    wrong.withdrawn = Some("第二部分的金额有误，核实后重新发布");
    vec![result, rule, reform, wrong]
}

fn finance(name: &str, today: Date) -> Vec<Piece> {
    let day = |days| days_before(today, days);
    let year = today.year();
    let mut charges = piece("示例区行政事业性收费目录".to_owned(), day(200), "A08-1", "other", "| 部门 | 项目 | 依据 |\n|---|---|---|\n| 住建 | 城镇垃圾处理费 | 省财政、物价部门文件 |\n| 自然资源 | 不动产登记费 | 国家发展改革委、财政部文件 |\n".to_owned());
    charges.summary = "现行收费项目、部门和依据。".to_owned();
    let mut plan = piece(format!("{name}{year}年政府采购意向"), day(250), "A09-1", "other", "| 采购项目 | 预算（万元） | 预计时间 |\n|---|---|---|\n| 财政业务系统运行维护 | 36.00 | 三季度 |\n| 绩效评价服务 | 28.00 | 二季度 |\n".to_owned());
    plan.theme = "财政、金融、审计";
    let mut rule = piece(
        format!("{name}关于加强区级预算绩效管理的通知"),
        day(110),
        "A01-2",
        "notice",
        format!(
            "区级各部门：\n为了提高财政资金使用效益，现就加强区级预算绩效管理通知如下。\n# 一、目标管理\n编制预算时同步申报绩效目标。\n# 二、结果应用\n绩效评价结果作为以后年度安排预算的依据。\n[右]{name}\n[右]{}",
            written(day(110))
        ),
    );
    rule.doc_no = format!("示财发〔{year}〕21号");
    rule.validity = "in_force";
    vec![charges, plan, rule]
}

fn education(name: &str, today: Date) -> Vec<Piece> {
    let day = |days| days_before(today, days);
    let year = today.year();
    let mut enrol = piece(
        format!("示例区{year}年义务教育阶段招生入学工作意见"),
        day(170),
        "A11-2",
        "opinions",
        format!(
            "各中小学校：\n# 一、招生范围\n公办学校按划定的服务区招生，免试就近入学。\n# 二、报名时间\n| 学段 | 报名 | 公布结果 |\n|---|---|---|\n| 小学 | 6月10日至20日 | 7月5日 |\n| 初中 | 6月12日至22日 | 7月8日 |\n\n# 三、咨询\n电话 000-00000000。\n[右]{name}\n[右]{}",
            written(day(170))
        ),
    );
    enrol.theme = "科技、教育";
    enrol.doc_no = format!("示教发〔{year}〕15号");
    enrol.summary = "招生范围、报名时间和公布结果的时间。".to_owned();
    let mut schools = piece("示例区普惠性幼儿园名单".to_owned(), day(85), "A11-2", "proclamation", "| 名称 | 地址 | 办园性质 |\n|---|---|---|\n| 示例区第一幼儿园 | 示例路3号 | 公办 |\n| 示例区向阳幼儿园 | 向阳街8号 | 民办普惠 |\n".to_owned());
    schools.theme = "科技、教育";
    vec![enrol, schools]
}

/// Something every fortnight over the year, so that lists have pages.
fn monthly(name: &str, today: Date) -> Vec<Piece> {
    const NOTICES: [&str; 4] = ["办理事项网上预约", "公开征集意见建议", "调整窗口服务时间", "电子证照使用"];
    const ADVICE: [&str; 3] = ["加强普法宣传", "优化办事流程", "完善便民设施"];
    let pick = |list: &[&'static str], at: i64| -> &'static str {
        list.get(usize::try_from(at).unwrap_or(0) % list.len()).copied().unwrap_or("")
    };
    (0..26_i64)
        .map(|at| {
            let day = days_before(today, 12 * at + 4);
            let (year, month) = (day.year(), day.month());
            let (title, node, genre, body) = match at % 3 {
                0 => (
                    format!("{name}{year}年{month}月“双随机、一公开”检查结果公示"),
                    "A15-4",
                    "proclamation",
                    format!("按照年度抽查计划，{name}随机抽取检查对象和检查人员开展检查，现公示结果。\n| 检查对象 | 检查事项 | 结果 |\n|---|---|---|\n| 示例区甲单位 | 制度落实 | 未发现问题 |\n| 示例区乙单位 | 档案管理 | 已责令改正 |\n\n对结果有异议的，可以自公示之日起十个工作日内提出。\n[右]{name}\n[右]{}", written(day)),
                ),
                1 => (
                    format!("{name}关于{}的通告（{year}年第{}号）", pick(&NOTICES, at), 27 - at),
                    "A15-7",
                    "public_notice",
                    format!("为了方便群众办事，现将有关事项通告如下。\n# 一、办理方式\n可以到窗口办理，也可以在网上预约。\n# 二、咨询电话\n000-00000000。\n[右]{name}\n[右]{}", written(day)),
                ),
                _ => (
                    format!("{name}对区人大会议关于{}的建议的答复（第{}号）", pick(&ADVICE, at), 100 + at),
                    "A15-3",
                    "other",
                    format!("代表您好：\n您提出的建议收悉，现答复如下。\n# 一、已经做的工作\n制定了工作方案，明确了责任科室和完成时间。\n# 二、下一步安排\n按季度检查进展，结果在政府信息公开平台公布。\n[右]{name}\n[右]{}", written(day)),
                ),
            };
            let mut one = piece(title, day, node, genre, body);
            one.theme = "综合政务";
            one.summary = match at % 3 {
                0 => "随机抽查的对象、事项和结果。",
                1 => "办理方式和咨询电话。",
                _ => "建议的办理情况和下一步安排。",
            }
            .to_owned();
            one
        })
        .collect()
}

/// What the government publishes for the whole district.
fn government(today: Date) -> Vec<Piece> {
    let day = |days| days_before(today, days);
    let mut regulation = piece(
        "中华人民共和国政府信息公开条例".to_owned(),
        day(310),
        "Z01-1",
        "other",
        "国务院令第711号修订，自2019年5月15日起施行。全文可以在国家法律法规数据库和中国政府网查阅。".to_owned(),
    );
    regulation.theme = "综合政务";
    regulation.summary = "政府信息公开工作的基本依据。".to_owned();
    let mut form = piece(
        "中华人民共和国政府信息公开工作年度报告格式".to_owned(),
        day(309),
        "Z01-1",
        "other",
        "国务院办公厅政府信息与政务公开办公室发布，文号国办公开办函〔2021〕30号。规定年度报告的六个部分和三张表。"
            .to_owned(),
    );
    form.theme = "综合政务";
    form.doc_no = "国办公开办函〔2021〕30号".to_owned();
    form.summary = "年度报告应当包含的内容和表格。".to_owned();
    vec![regulation, form]
}

/// What is under way now, at every stage.
fn under_way(name: &str, today: Date) -> Vec<Piece> {
    let day = |days| days_before(today, days);
    let of = |title: &str, days: i64, steps: usize| {
        let mut one = piece(
            title.to_owned(),
            day(days),
            "A15-7",
            "public_notice",
            format!(
                "现就有关事项通告如下。\n一、时间安排另行通知。\n二、联系电话 000-00000000。\n[右]{name}\n[右]{}",
                written(day(days))
            ),
        );
        one.steps = steps;
        one.theme = "综合政务";
        one
    };
    let draft = of("关于开展年度考核工作的通告", 3, 0);
    let mut stopped = of("关于拟发放生活补助人员的公示", 6, 0);
    stopped.body = "经审核，拟对下列人员发放生活补助，现予公示。\n| 姓名 | 身份证号 | 金额（元） |\n|---|---|---|\n| 张某某 | 11010519491231002X | 800 |\n\n公示期间如有异议，请与办公室联系。".to_owned();
    stopped.node = "A11-3";
    let submitted = of("关于调整办公时间的通告", 8, 0);
    let mut first = of("关于征集群众意见的通告", 5, 1);
    first.summary = "征集意见的范围、时间和方式。".to_owned();
    let second = of("关于公布便民服务事项的通告", 7, 2);
    let approved = of("关于公开办事流程的通告", 4, 3);
    let mut returned = of("关于公布决算补充情况的通告", 9, 2);
    returned.returned = true;
    let mut inner = of("关于调整内部值班安排的通知", 40, 3);
    inner.attribute = "withheld";
    inner.attribute_reason = "属于后勤管理等内部事务信息（条例第十六条第一款）";
    inner.genre = "notice";
    vec![draft, stopped, submitted, first, second, approved, returned, inner]
}
