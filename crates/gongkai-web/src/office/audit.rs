//! The audit chain, for the auditor.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::audit::Record;
use gongkai_service::platform::{AuditVerdict, Viewer, written_moment};
use serde::Deserialize;

use super::frame::Frame;
use crate::failure::Failure;
use crate::state::Web;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    before: String,
    subject: String,
    verify: String,
}

#[derive(Template)]
#[template(path = "office/audit.html")]
struct AuditPage {
    frame: Frame,
    lines: Vec<(Record, String, String, &'static str)>,
    subject: String,
    next: u64,
    verdict: Option<AuditVerdict>,
}

/// What an act is called.
fn label(act: &str) -> &'static str {
    match act {
        "platform.set_up" => "首次设置",
        "unit.create" => "添加机构",
        "unit.rename" => "机构更名",
        "unit.rename_cancel" => "取消待生效的更名",
        "unit.reopen" => "取消撤销机构",
        "unit.close" => "撤销机构",
        "unit.settings" => "修改机关设置",
        "site.settings" => "修改网站设置",
        "officer.create" => "添加账号",
        "officer.must_change" => "要求更改密码",
        "officer.sign_out" => "退出",
        "edition.release" => "解除暂停",
        "edition.destroy" => "清除涉密内容",
        "edition.confirm" => "复核维持不变",
        "edition.unschedule" => "取消定时",
        "finding.ask" => "请求核对检查结果",
        "officer.change" => "修改姓名、职务、科室",
        "officer.roles" => "修改角色",
        "officer.substitute" => "设置代理",
        "officer.reset" => "重置密码",
        "officer.disable" => "停用账号",
        "officer.enable" => "启用账号",
        "officer.password" => "更改密码",
        "officer.totp_on" => "启用两步验证",
        "officer.totp_off" => "停用两步验证",
        "officer.sign_in" => "登录",
        "officer.locked" => "账号锁定",
        "officer.sessions_ended" => "退出其他登录",
        "token.create" => "建立令牌",
        "token.revoke" => "作废令牌",
        "guide.save" => "修改公开指南",
        "edition.create" => "建立草稿",
        "edition.save" => "保存草稿",
        "edition.attach" => "上传附件",
        "edition.detach" => "移除附件",
        "edition.discard" => "放弃草稿",
        "edition.submit" => "提交审核",
        "edition.review" => "审核签署",
        "edition.schedule" => "设置定时发布",
        "edition.publish" => "发布",
        "edition.supersede" => "被新版本代替",
        "edition.renew" => "建立新版本",
        "edition.withdraw" => "撤下",
        "edition.inspect" => "发布后核查",
        "edition.clean" => "换成清洁副本",
        "finding.settle" => "处理检查问题",
        "finding.reopen" => "撤回处理意见",
        "publication.import" => "导入信息",
        _ => "其他",
    }
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let before = asked.before.parse().ok();
    let subject = (!asked.subject.is_empty()).then_some(asked.subject.as_str());
    let records = web.services.audit_page(&viewer.actor, before, subject).await?;
    let names = web.services.officer_names().await?;
    let verdict = if asked.verify.is_empty() { None } else { Some(web.services.verify_audit(None).await?) };
    let next = if records.len() == 100 { records.last().map_or(0, |record| record.sequence) } else { 0 };
    let lines = records
        .into_iter()
        .map(|record| {
            let who = match record.actor.as_str() {
                "system" => "系统".to_owned(),
                "operator" => "命令行".to_owned(),
                id => id.parse().ok().and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| id.to_owned()),
            };
            let label = label(&record.act);
            (record.clone(), written_moment(record.at), who, label)
        })
        .collect();
    let page = AuditPage { frame: Frame::new(&web, &viewer, "audit"), lines, subject: asked.subject, next, verdict };
    Ok(Html(page.render()?).into_response())
}
