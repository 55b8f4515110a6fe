//! The audit chain, for the auditor.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::audit::Record;
use gongkai_model::officer::Role;
use gongkai_model::publication::{SecrecyResult, check};
use gongkai_service::platform::{AuditQuestion, AuditVerdict, Viewer, written_moment};
use serde::Deserialize;

use super::frame::Frame;
use super::resume::encode;
use crate::failure::Failure;
use crate::state::Web;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    before: String,
    subject: String,
    actor: String,
    act: String,
    until: String,
    verify: String,
}

/// A record as the page shows it.
struct Line {
    record: Record,
    when: String,
    who: String,
    act: &'static str,
    /// What it is about, in words.
    about: String,
    /// What else is known: label and value.
    details: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "office/audit.html")]
struct AuditPage {
    frame: Frame,
    lines: Vec<Line>,
    asked: Asked,
    about: String,
    acts: &'static [(&'static str, &'static str)],
    people: Vec<(String, String)>,
    next: String,
    verdict: Option<AuditVerdict>,
}

/// The acts with what they are called.
const ACTS: &[(&str, &str)] = &[
    ("platform.set_up", "首次设置"),
    ("unit.create", "添加机构"),
    ("unit.rename", "机构更名"),
    ("unit.rename_cancel", "取消待生效的更名"),
    ("unit.reopen", "取消撤销机构"),
    ("unit.close", "撤销机构"),
    ("unit.settings", "修改机关设置"),
    ("site.settings", "修改网站设置"),
    ("officer.create", "添加账号"),
    ("officer.must_change", "要求更改密码"),
    ("officer.sign_out", "退出"),
    ("edition.release", "解除暂停"),
    ("edition.destroy", "清除涉密内容"),
    ("edition.clear_file", "清除涉密附件"),
    ("edition.confirm", "复核维持不变"),
    ("edition.unschedule", "取消定时"),
    ("finding.ask", "请求核对检查结果"),
    ("officer.change", "修改姓名、职务、科室"),
    ("officer.roles", "修改角色"),
    ("officer.substitute", "设置代理"),
    ("officer.reset", "重置密码"),
    ("officer.disable", "停用账号"),
    ("officer.enable", "启用账号"),
    ("officer.password", "更改密码"),
    ("officer.totp_on", "启用两步验证"),
    ("officer.totp_off", "停用两步验证"),
    ("officer.sign_in", "登录"),
    ("officer.locked", "账号锁定"),
    ("officer.sessions_ended", "退出其他登录"),
    ("token.create", "建立令牌"),
    ("token.revoke", "作废令牌"),
    ("guide.save", "修改公开指南"),
    ("edition.create", "建立草稿"),
    ("edition.save", "保存草稿"),
    ("edition.attach", "上传附件"),
    ("edition.detach", "移除附件"),
    ("edition.discard", "放弃草稿"),
    ("edition.submit", "提交审核"),
    ("edition.review", "审核签署"),
    ("edition.schedule", "设置定时发布"),
    ("edition.publish", "发布"),
    ("edition.supersede", "被新版本代替"),
    ("edition.renew", "建立新版本"),
    ("edition.withdraw", "撤下"),
    ("edition.inspect", "发布后核查"),
    ("edition.clean", "换成清洁副本"),
    ("finding.settle", "处理检查问题"),
    ("finding.reopen", "撤回处理意见"),
    ("publication.import", "导入信息"),
    ("guide.propose", "提交公开指南"),
    ("guide.sign", "签署公开指南"),
    ("guide.return", "退回公开指南"),
    ("guide.publish", "公开指南"),
    ("edition.recall", "收回修改"),
    ("edition.quarantine", "暂停：带国家秘密标志"),
    ("publication.import_file", "导入文件"),
    ("officer.substitute_end", "结束代理"),
    ("officer.mail", "设置提醒邮箱"),
    ("application.arrive", "申请到达"),
    ("application.open", "打开申请"),
    ("application.step", "申请的步骤"),
    ("application.sent", "申请人网上提交"),
    ("application.assign", "交办申请"),
    ("application.amend", "更正申请的登记"),
    ("application.unstep", "撤销登记错的步骤"),
    ("application.split", "拆分申请"),
    ("application.code", "重发查询码"),
    ("application.note", "申请的记录"),
    ("application.note.seen", "看过申请人的提交"),
    ("application.paper", "添加申请的文件"),
    ("application.paper.open", "打开申请的文件"),
    ("application.archive", "归档申请"),
    ("application.erase", "清除申请的个人信息"),
    ("application.export", "写出申请台账"),
    ("application.import_file", "导入申请台账"),
    ("letter.begin", "起草文书"),
    ("letter.save", "修改文书"),
    ("letter.attach", "添加文书附件"),
    ("letter.detach", "移除文书附件"),
    ("letter.submit", "提交文书"),
    ("letter.review", "审核文书"),
    ("letter.recall", "收回文书"),
    ("letter.void", "作废文书"),
    ("letter.serve", "送达文书"),
    ("dispute.note", "登记复议诉讼"),
    ("dispute.follow", "复议诉讼进展"),
    ("dispute.end", "复议诉讼审结"),
    ("dispute.import_file", "导入复议诉讼台账"),
    ("withheld.review", "评估不予公开的信息"),
];

/// What an act is called.
fn label(act: &str) -> &'static str {
    ACTS.iter().find(|(code, _)| *code == act).map_or("其他", |(_, label)| *label)
}

/// A line of a record's detail in words; none where it says nothing to a person.
fn told(line: &str) -> Option<(&'static str, String)> {
    let (name, value) = line.split_once('=')?;
    let short = || value.chars().take(12).collect::<String>();
    Some(match name {
        "role" => ("角色", Role::from_code(value)?.label().to_owned()),
        "roles" => (
            "角色",
            value.split_whitespace().filter_map(Role::from_code).map(Role::label).collect::<Vec<_>>().join("、"),
        ),
        "verdict" => (
            "结果",
            match value {
                "passed" => "同意",
                "returned" => "退回",
                "referred" => "报请确定",
                "right" => "一致",
                "wrong" => "不一致",
                "false_positive" => "误报",
                "lawful_with_basis" => "有依据公开",
                other => return Some(("结果", other.to_owned())),
            }
            .to_owned(),
        ),
        "secrecy" => ("结论", SecrecyResult::from_code(value)?.label().to_owned()),
        "detector" => ("检查", check::Detector::from_code(value)?.label().to_owned()),
        "content" | "hash" => ("内容", short()),
        "sha256" => ("文件", short()),
        "reason" => ("理由", value.to_owned()),
        "index" => ("索引号", value.to_owned()),
        "place" => ("位置", value.to_owned()),
        "code" => ("代码", value.to_owned()),
        "from" => ("从", value.to_owned()),
        "until" => ("到", value.to_owned()),
        "at" => ("时间", value.parse().map_or_else(|_odd| value.to_owned(), written_moment)),
        "on" | "closed_on" => ("日期", value.to_owned()),
        "added" => ("条数", value.to_owned()),
        "next" => ("下次复核", value.to_owned()),
        "by" if value == "link" => ("方式", "凭链接".to_owned()),
        "by" if value == "self" => ("方式", "本人".to_owned()),
        "round" => ("第几次提交", value.to_owned()),
        _ => return None,
    })
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let question = AuditQuestion {
        before: asked.before.parse().ok(),
        subject: some(&asked.subject),
        actor: some(&asked.actor),
        act: some(&asked.act),
        until: asked.until.parse().ok(),
    };
    let records = web.services.audit_page(&viewer.actor, &question).await?;
    let abouts = web.services.subject_names(&records).await?;
    let names = web.services.officer_names().await?;
    let verdict = if asked.verify.is_empty() { None } else { Some(web.services.verify_audit(None).await?) };
    let next = records.last().filter(|_| records.len() == 100).map_or_else(String::new, |record| {
        let fields =
            [("subject", &asked.subject), ("actor", &asked.actor), ("act", &asked.act), ("until", &asked.until)];
        let kept: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("before={}&{}", record.sequence, kept.join("&"))
    });
    let lines = records
        .into_iter()
        .map(|record| Line {
            when: written_moment(record.at),
            who: match record.actor.as_str() {
                "system" => "系统".to_owned(),
                "operator" => "命令行".to_owned(),
                id => id.parse().ok().and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| id.to_owned()),
            },
            act: label(&record.act),
            about: abouts.get(&record.subject).cloned().unwrap_or_else(|| record.subject.clone()),
            details: record.detail.lines().filter_map(told).collect(),
            record,
        })
        .collect();
    let about = abouts.get(&asked.subject).cloned().unwrap_or_else(|| asked.subject.clone());
    let people = if viewer.actor.over_all {
        names.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
    } else {
        web.services.colleagues(&viewer.actor).await?
    };
    let frame = Frame::new(&web, &viewer, "audit");
    let page = AuditPage { frame, lines, asked, about, acts: ACTS, people, next, verdict };
    Ok(Html(page.render()?).into_response())
}
