//! Sentences as careful officers write them: none of them may draw an error or a warning, most not even a notice.

use gongkai_report::check::{Finding, check};
use gongkai_report::{Level, Report, Subject};
use gongkai_testkit::sample_report;

fn add(report: &mut Report, section: u8, text: &str) {
    if section == 0 {
        report.preamble.push_str(text);
    } else if let Some(found) = report.sections.iter_mut().find(|found| found.number == section) {
        found.text.push('\n');
        found.text.push_str(text);
    }
}

/// What the checker says of the sample with one more sentence, beyond what it says without it.
fn says(section: u8, text: &str, agency: Option<&str>) -> Vec<Finding> {
    let mut plain = sample_report();
    if let Some(agency) = agency {
        plain.agency = Some(agency.to_owned());
        plain.title = plain.title.map(|title| title.replace("示例市示例局", agency));
        plain.preamble = plain.preamble.replace("示例市示例局", agency);
        plain.closing = plain.closing.replace("示例市示例局", agency);
    }
    let before = check(&Subject::new(&plain), None);
    add(&mut plain, section, text);
    check(&Subject::new(&plain), None)
        .into_iter()
        .filter(|finding| !before.iter().any(|other| other.rule == finding.rule))
        .collect()
}

#[test]
fn correct_sentences_draw_nothing() {
    let mut silly = Vec::new();
    for (section, text) in [
        // Dates, documents and law.
        (0, "《中华人民共和国政府信息公开条例》（2007年4月5日国务院令第492号公布，2019年4月3日国务院令第711号修订）。"),
        (1, "依法公开《行政许可法》第二十条第一款规定的评价结果。"),
        (1, "依照《预算法》第十四条公开预算，内容包括《会计法》第四十九条规定的事项。"),
        (1, "认真落实《全省政务公开工作要点》《关于加强全省政务公开工作的意见》。"),
        (1, "落实《关于推进全国政务公开标准化的指导意见》（国办发〔2019〕54号）。"),
        (1, "按照《国务院关于加强数字政府建设的指导意见》（国发〔2022〕14号）要求推进平台建设。"),
        // Phrases and doubled characters that are right.
        (1, "坚持以公开为常态、不公开为例外，严格落实先审查、后公开制度。"),
        (1, "及时公开失信信息、征信信息和农民工工作信息。"),
        (1, "公布疫情情况、舆情情况和职工工作动态。"),
        (1, "进一步增进了了解，主动公开开展情况良好。"),
        (1, "经局局务会审议，局局长签发。"),
        (1, "做到涉密信息不公开、公开信息不涉密。"),
        (1, "以习近平新时代中国特色社会主义思想为指导，全面推进政务公开。"),
        // Counts that are not those of the tables.
        (1, "发布社会救助信息35件。"),
        (1, "公开行政许可信息26条、行政处罚信息14条。"),
        (1, "梳理行政许可事项35项，编制清单并公开。"),
        (1, "办理人大代表建议13件、政协提案8件，均已办结并公开答复。"),
        (1, "12345热线受理群众诉求1260件，办结率100%。"),
        (1, "审核公文160件，其中主动公开82件、依申请公开30件、不予公开48件。"),
        (1, "全年召开新闻发布会4场，回应关切16次。"),
        (1, "组织业务培训2次，参训50余人次。"),
        (1, "局网站全年访问量12万余次，政务微信关注人数2.3万人。"),
        (1, "截至2023年底，公众号关注人数3526人，累计发布信息560条。"),
        (1, "2022年以来累计公开规划信息35条。"),
        (1, "较2022年增加12条。"),
        (1, "清理历史规范性文件，共梳理1998年以来文件326件，宣布失效12件。"),
        (1, "收到行政复议申请5件均为行政处罚类，与信息公开无关。"),
        (1, "答复率100%，按时办结率100%。"),
        (1, "公开财政预决算2份、三公经费预算1份。"),
        (1, "制作图解3个、短视频5条、问答8期。"),
        (1, "局主要负责人听取政务公开工作汇报2次，分管领导召开专题会议3次。"),
        (1, "在政府网站公开政府信息45条，在微信公众号转载国家和省市政策67条次。"),
        (1, "依托示例市政府门户网站（www.example.gov.cn）公开信息。"),
        // Problems and plans.
        (5, "2023年存在的问题：一是公开的深度不够；二是解读形式单一。2024年，我局将丰富解读形式。"),
        (5, "针对2022年存在的更新不及时问题，2023年已建立台账逐月检查。"),
        (5, "下一步，将加强学习培训，提高公开质量。"),
        (5, "对照全省政务公开第三方评估反馈的问题逐项整改。"),
        // Fees and other matters.
        (6, "本年度未收取政府信息公开信息处理费。"),
        (6, "2023年发出收费通知0件，收取信息处理费0元。"),
        (6, "信息处理费收取情况：无。"),
        (6, "按照《政府信息公开信息处理费管理办法》，本机关2023年没有产生信息处理费。"),
        (6, "本单位未发生依申请公开收费。"),
        (6, "发出收费通知1件，总金额40元，实际收取信息处理费40元。"),
        (6, "落实上级年度政务公开工作要点情况：公开重点领域信息26条。"),
        // Contact.
        (0, "联系地址：示例市示例路1号，邮编：300000，电话：022-12345678。"),
        (0, "如有疑问，请与示例市示例局办公室联系，电子邮箱：sljbgs@example.gov.cn。"),
    ] {
        let found: Vec<String> = says(section, text, None)
            .iter()
            .map(|finding| format!("[{}] {} {}", finding.level.label(), finding.rule, finding.message))
            .collect();
        if !found.is_empty() {
            silly.push(format!("第{section}部分 {text}\n    → {}", found.join("；")));
        }
    }
    assert!(silly.is_empty(), "{}", silly.join("\n"));
}

#[test]
fn what_is_odd_for_one_agency_is_right_for_another() {
    for (agency, text) in [
        ("示例市体育局", "打造全民健身体育平台，上线体育网站服务专区。"),
        ("示例市民政局", "公开福利彩票平台建设情况，按月公示彩票公益金使用情况。"),
        ("示例市文化和旅游局", "依法公布娱乐场所名录和互联网上网服务场所名录。"),
        ("示例市国家保密局", "开展国家秘密定密管理培训2次。"),
        ("示例市人民政府", "我市各级行政机关积极推进政务公开。"),
        ("示例县示例镇人民政府", "我镇召开政务公开推进会2次。"),
    ] {
        let found: Vec<Finding> =
            says(1, text, Some(agency)).into_iter().filter(|finding| finding.level >= Level::Warning).collect();
        assert!(found.is_empty(), "{agency} {text}: {found:?}");
    }
}

#[test]
fn slips_of_the_same_kind_are_found() {
    let mut missed = Vec::new();
    for (rule, section, text) in [
        ("R040", 1, "依据《政府信息公开条例》（国务院令第492号）开展工作。"),
        ("R044", 1, "公开《中华人民共和国政府信息公开条例》第二十条第（一）款规定的信息。"),
        ("R029", 1, "进一步推动全省政府信息公开工作。"),
        ("R130", 1, "坚持公开为常态、公开为例外。"),
        ("R130", 1, "落实先公开、后审查制度。"),
        ("R131", 1, "及时公开失信信息，发布政府信信息。"),
        ("R133", 1, "娱乐平台注册送彩金。"),
        ("R136", 1, "答复了申请人张三提出的申请。"),
        ("R136", 1, "证件为护照号E12345678。"),
        ("R136", 6, "收费账户为银行卡号6222020000000000018。"),
        ("R136", 1, "请发送至123456789@qq.com。"),
        ("R138", 1, "全年救助困难群众1200人次。"),
        ("R064", 1, "全年作出行政许可999件。"),
        ("R064", 1, "办理行政处罚案件999件。"),
        ("R030", 0, "请与示例市示范例局联系。"),
        ("R033", 1, "示例局网站（www.abc.gov.cn）、示例市人民政府网站（www.abc.gov.cn）同步公开。"),
    ] {
        if !says(section, text, None).iter().any(|finding| finding.rule == rule) {
            missed.push(format!("{rule} {text}"));
        }
    }
    let mut report = sample_report();
    if let Some(six) = report.sections.iter_mut().find(|section| section.number == 6) {
        six.text = "本年度按规定收取了政府信息公开信息处理费。".to_owned();
    }
    if !check(&Subject::new(&report), None).iter().any(|finding| finding.rule == "R120") {
        missed.push("R120 收取而没有写明件数和金额".to_owned());
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
