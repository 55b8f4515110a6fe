//! Who is asked about an application: third parties, co-makers, other organs (条例 第三十二至三十四条). Their names are sealed; the
//! applicant never learns who they are, nor they who applies.

use gongkai_model::application::clock::{Answer, ConsultationId, ConsultationKind};
use gongkai_model::ids::ApplicationId;
use gongkai_store::ConsultationRecord;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::platform::Fault;
use crate::platform::vault::Vault;

/// Somebody who is asked, as it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// 名称.
    pub name: String,
    /// 地址.
    pub address: String,
    /// 联系人 and 电话.
    pub contact: String,
    /// What was answered, in words.
    pub answered: String,
    /// The part that may be disclosed, where the answer is for a part.
    pub agreed_part: String,
}

/// Somebody who is asked, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyView {
    /// The row.
    pub id: Uuid,
    /// The number within the application.
    pub number: u16,
    /// Which of the three.
    pub kind: ConsultationKind,
    /// Who.
    pub party: Party,
}

/// The kinds with their codes and names.
pub const KINDS: [(ConsultationKind, &str, &str); 3] = [
    (ConsultationKind::ThirdParty, "third_party", "第三方"),
    (ConsultationKind::JointMaker, "joint_maker", "共同制作机关"),
    (ConsultationKind::OtherOrgan, "other_organ", "其他机关"),
];

/// The answers with their codes and names.
pub const ANSWERS: [(Answer, &str, &str); 4] = [
    (Answer::Agreed, "agreed", "同意公开"),
    (Answer::Objected, "objected", "不同意公开（含部分不同意）"),
    (Answer::Silent, "silent", "逾期未答复"),
    (Answer::Cancelled, "cancelled", "撤回征求意见"),
];

/// What a kind is called.
pub(super) fn kind_label(kind: ConsultationKind) -> &'static str {
    KINDS.iter().find(|(one, ..)| *one == kind).map_or("", |(.., label)| label)
}

/// What silence means for who was asked.
pub(super) fn silence(kind: ConsultationKind) -> &'static str {
    match kind {
        ConsultationKind::ThirdParty => "没有答复不等于同意，由本机关依照条例决定是否公开（条例第三十二条）",
        ConsultationKind::JointMaker => "没有答复视为同意公开（条例第三十四条）",
        ConsultationKind::OtherOrgan => "没有答复由本机关自行决定",
    }
}

impl PartyView {
    pub(super) fn of(vault: &Vault, record: &ConsultationRecord) -> Result<Self, Fault> {
        let kind = KINDS.iter().find(|(_, code, _)| *code == record.kind).map(|(kind, ..)| *kind);
        let text = vault.unseal(record.id, &record.sealed)?;
        Ok(Self {
            id: record.id,
            number: record.number,
            kind: kind.ok_or_else(|| Fault::Failed(format!("不认识的征求意见：{}", record.kind)))?,
            party: serde_json::from_str(&text).map_err(|error| Fault::Failed(error.to_string()))?,
        })
    }

    /// The number as the clock knows it.
    pub fn clock_id(&self) -> ConsultationId {
        ConsultationId(self.number)
    }

    /// What the kind is called.
    pub fn label(&self) -> &'static str {
        kind_label(self.kind)
    }

    /// What silence means.
    pub fn silence(&self) -> &'static str {
        silence(self.kind)
    }

    /// The row, sealed.
    pub(super) fn record(&self, vault: &Vault, application: ApplicationId) -> Result<ConsultationRecord, Fault> {
        let plain = serde_json::to_string(&self.party).map_err(|error| Fault::Failed(error.to_string()))?;
        let code = KINDS.iter().find(|(one, ..)| *one == self.kind).map_or("", |(_, code, _)| code);
        Ok(ConsultationRecord {
            id: self.id,
            application,
            number: self.number,
            kind: code.to_owned(),
            sealed: vault.seal(self.id, &plain)?,
        })
    }
}
