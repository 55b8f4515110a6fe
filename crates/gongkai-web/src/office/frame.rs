//! What stands around every page of the office, and forms with what went wrong.

use axum::response::{IntoResponse, Redirect, Response};
use gongkai_model::officer::Role;
use gongkai_service::platform::{Fault, Viewer};

use crate::assets;
use crate::state::Web;

/// The frame of an office page.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) agency: String,
    pub(crate) agency_code: String,
    pub(crate) name: String,
    pub(crate) csrf: String,
    pub(crate) version: &'static str,
    pub(crate) place: &'static str,
    pub(crate) drafter: bool,
    pub(crate) administrator: bool,
    pub(crate) supervisor: bool,
    pub(crate) auditor: bool,
    /// Whether the person handles applications.
    pub(crate) handler: bool,
    /// Whether the person sees where applications stand.
    pub(crate) overseer: bool,
    pub(crate) roles: String,
    /// A sentence on what was just done.
    pub(crate) done: String,
    /// Whether that sentence tells of something that did not go its usual way.
    pub(crate) grave: bool,
}

impl Frame {
    pub(crate) fn new(web: &Web, viewer: &Viewer, place: &'static str) -> Self {
        let directory = web.services.directory();
        let holds = |role: Role| viewer.actor.holds(role);
        let own = directory.get(viewer.actor.agency());
        Self {
            agency: own.map(|one| one.name.clone()).unwrap_or_default(),
            agency_code: own.map(|one| one.code.clone()).unwrap_or_default(),
            name: viewer.actor.officer.name.clone(),
            csrf: viewer.csrf.clone(),
            version: assets::VERSION,
            place,
            drafter: holds(Role::Drafter),
            administrator: holds(Role::Administrator),
            supervisor: holds(Role::Supervisor),
            auditor: holds(Role::Auditor),
            overseer: holds(Role::DivisionLeader) || holds(Role::Principal),
            handler: holds(Role::DisclosureOfficer) || holds(Role::DisclosureOfficeHead),
            roles: viewer.actor.officer.roles().iter().map(|role| role.label()).collect::<Vec<_>>().join("、"),
            done: String::new(),
            grave: false,
        }
    }

    /// With the sentence of a code that a redirect carries.
    pub(crate) fn done(mut self, code: &str) -> Self {
        self.grave = matches!(code, "stopped" | "kept_apart" | "none_chosen");
        self.done = match code {
            "created" => "已建立草稿。核对下面的内容，再提交审核",
            "saved" | "person" => "已保存",
            "attached" => "附件已上传",
            "cleaned" => "附件已上传，文件属性里的作者和单位已去掉",
            "detached" => "附件已移除",
            "none_chosen" => "没有选中稿件：先勾选要发布的，再按“发布选中的稿件”",
            "stopped" => "没有进入办理：稿件带有国家秘密标志，已暂停，保密审查员已收到提醒。立即停止传阅，涉密文件不得在本系统处理",
            "kept_apart" => "已办理。稿件带有国家秘密标志，现在只有起草人和保密审查员能打开",
            "submitted" => "已提交审核",
            "passed" => "已签署",
            "referred" => "已记录报请确定，等待答复后再签署结论",
            "recalled" | "letter_recalled" => "已收回，可以修改",
            "proposed" => "指南已提交审核，审核完成后公开",
            "substitute_ended" => "代理已结束",
            "returned" => "已退回起草人",
            "settled" => "已记录处理意见",
            "reopened" => "已撤回处理意见",
            "published" => "已发布，公众现在可以看到",
            "scheduled" => "已设置定时发布",
            "inspected" => "已记录核查结果",
            "copied" => "已换成清洁副本：请打开核对内容和样子，再提交审核",
            "withdrawn" => "已撤下，原处显示撤下的说明",
            "renewed" => "已建立新版本的草稿，公开的仍是原来的版本",
            "discarded" => "草稿已放弃",
            "settings" => "设置已保存",
            "calendar" => "放假安排已更新，期限已经重新计算，经办人收到了变动的提醒",
            "roles" => "角色已更新",
            "disabled" => "账号已停用",
            "enabled" => "账号已启用",
            "substituted" => "代理已设置",
            "unit" => "机构已添加",
            "must_change" => "下次登录时须更改密码，现有的登录已退出",
            "released" => "已解除暂停，可以继续办理",
            "file_cleared" => "文件已清除；核实其余内容以后，解除暂停",
            "destroyed" => "内容已清除",
            "confirmed" => "复核已记录",
            "unscheduled" => "已取消定时",
            "asked" => "已请科室负责人、保密审查员核对",
            "masked" => "已遮蔽，核对正文后再提交",
            "rename_cancelled" => "待生效的更名已取消",
            "unit_reopened" => "撤销已取消",
            "renamed" => "更名已记录",
            "closed" => "撤销已记录",
            "password" => "密码已更改，其他地方的登录已退出",
            "totp_on" => "两步验证已启用",
            "totp_off" => "两步验证已停用",
            "sessions" => "其他地方的登录已退出",
            "revoked" => "令牌已作废",
            "erased" => "个人信息已清除",
            "figure" => "已登记，年度报告的数随之变动",
            "figure_known" => "同样的数已经登记过，没有重复登记",
            "figure_void" => "已作废，年度报告的数随之变动",
            "adjusted" => "调整已登记，原来计算的数保留",
            "unadjusted" => "调整已撤销",
            "explained" => "说明已记录，随报告一起报送",
            "correcting" => "已建立更正版本：核对数据和文字，再送审",
            "report_submitted" => "已报送主管部门",
            "report_filed" => "已登记，核对的结果在下面",
            "verdict" => "认定已记录，数据和文字不变时一直有效",
            "report_accepted" => "已审定",
            "exempt" => "已登记，报送情况和汇总随之变动",
            "report_returned" => "已退回，机关收到了提醒",
            "dispute" => "已登记",
            "reassessed" => "评估已记录",
            "step" => "已登记，期限已经重新计算",
            "answered" => "征求意见的结果已登记，期限已经重新计算",
            "assigned" => "已交办",
            "noted" => "已记录",
            "seen" => "已标记为看过",
            "letter_submitted" => "已提交审核签发",
            "letter_void" => "文书已作废",
            "served" => "送达已登记，期限已经按它变动",
            _ => "",
        }
        .to_owned();
        self
    }

    /// Whether a place is the one of this page.
    pub(crate) fn is(&self, place: &str) -> bool {
        self.place == place
    }
}

/// What went wrong with a form: a sentence for each, with the field it belongs to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Problems(pub(crate) Vec<(String, String)>);

impl Problems {
    /// Of a fault that the person can mend on the same page; `Err` for any other.
    pub(crate) fn of(fault: Fault) -> Result<Self, Fault> {
        match fault {
            Fault::Invalid(list) => Ok(Self(list)),
            Fault::Refused(_) | Fault::Conflict | Fault::TooOften(_) => {
                Ok(Self(vec![(String::new(), fault.to_string())]))
            }
            other => Err(other),
        }
    }

    /// Whether there is none.
    pub(crate) fn none(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence of a field; empty where it is in order.
    pub(crate) fn at(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, message)| message.as_str())
    }
}

/// To another page, with a sentence on what was done.
pub(crate) fn go(path: &str, done: &str) -> Response {
    Redirect::to(&format!("{path}?done={done}")).into_response()
}

/// The code of a redirect.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    pub(crate) done: String,
}
