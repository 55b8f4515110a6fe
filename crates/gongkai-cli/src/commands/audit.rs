//! The audit chain and what it proves: verifying it whole, and an exported item by itself.

use std::path::Path;

use serde_json::json;

use super::platform::{must_exist, with};
use crate::args::{AuditCommand, PlaceArgs, TextOrJson};
use crate::output;
use crate::{DONE, FOUND};

/// Follows the audit chain.
pub(crate) fn audit(command: &AuditCommand) -> Result<u8, String> {
    let (place, expect, format) = match command {
        AuditCommand::Item { file, data, database } => {
            let chain = (data.is_some() || database.is_some()).then(|| PlaceArgs {
                data: data.clone().unwrap_or_else(|| "./data".into()),
                database: database.clone(),
            });
            return audit_item(file, chain.as_ref());
        }
        AuditCommand::Verify { place, expect, format } => (place, expect, format),
    };
    must_exist(place)?;
    let head = expect.as_deref().map(read_head).transpose()?;
    let verdict = with(place, false, async |services| services.verify_audit(head.as_ref()).await)?;
    if *format == TextOrJson::Json {
        super::show_json(&json!({ "records": verdict.records, "head": verdict.head, "broken": verdict.broken }));
    } else {
        match &verdict.broken {
            None => {
                output::show(&format!("审计链完整：{}条记录首尾相连。末条散列值 {}", verdict.records, verdict.head));
            }
            Some(why) => output::show(&format!("审计链不完整：{why}（前{}条完整）", verdict.records)),
        }
    }
    Ok(if verdict.broken.is_none() { DONE } else { FOUND })
}

/// A head as the operator noted it.
fn read_head(text: &str) -> Result<(u64, String), String> {
    let told = || format!("链头“{text}”读不懂，写成 记录数:散列值，例如 120:{}", "0".repeat(8) + "…");
    let (number, hash) = text.split_once(':').ok_or_else(told)?;
    let number = number.trim().parse().map_err(|_error| told())?;
    let hash = hash.trim().to_ascii_lowercase();
    if hash.len() == 64 && hash.chars().all(|c| c.is_ascii_hexdigit()) { Ok((number, hash)) } else { Err(told()) }
}

/// Checks an exported item by itself, and against the chain of a platform where one is given.
fn audit_item(file: &Path, chain: Option<&PlaceArgs>) -> Result<u8, String> {
    const MOST: u64 = 64 << 20;
    let told = |why: String| format!("读不出“{}”：{why}", file.display());
    let size = std::fs::metadata(file).map_err(|error| told(error.to_string()))?.len();
    if size > MOST {
        return Err(told("文件超过64 MB，不像是一条信息".to_owned()));
    }
    let bytes = std::fs::read(file).map_err(|error| told(error.to_string()))?;
    let item: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|_error| told("不是JSON。从 /api/v1/items/… 导出".to_owned()))?;
    let mut verdict = gongkai_service::platform::check_item(&item);
    if let Some(place) = chain {
        must_exist(place)?;
        let (records, subject) = (verdict.records.clone(), verdict.subject.clone());
        let strange = with(place, false, async |services| {
            let mut strange = Vec::new();
            for (sequence, hash) in &records {
                if services.audit_hash(*sequence).await.ok().as_ref() != Some(hash) {
                    strange.push(format!("审计记录{sequence}不在平台的审计链里：证明是编造的"));
                }
            }
            // What was exported earlier lacks what was signed later; what is older than its last record must all be there.
            let last = records.last().map_or(0, |(sequence, _)| *sequence);
            for sequence in services.proof_numbers(&subject).await? {
                if sequence < last && !records.iter().any(|(known, _)| *known == sequence) {
                    strange.push(format!("平台的审计链里有这个版本的记录{sequence}，证明里没有：证明被删减"));
                }
            }
            Ok(strange)
        })?;
        verdict.wrong.extend(strange);
    }
    for why in &verdict.wrong {
        output::show(&format!("问题　{why}"));
    }
    let role =
        |code: &String| gongkai_model::officer::Role::from_code(code).map_or("", gongkai_model::officer::Role::label);
    let signed: Vec<&str> = verdict.signed.iter().map(role).collect();
    output::show(&format!("签署这份内容的有：{}", if signed.is_empty() { "无".to_owned() } else { signed.join("、") }));
    if let Some((sequence, hash)) = &verdict.published {
        let what = if verdict.imported { "导入" } else { "发布" };
        output::show(&format!("{what}记录是审计链第{sequence}条，散列值 {hash}"));
    }
    if verdict.imported {
        output::show("这条信息在使用本系统以前已经公开，没有逐级签署的记录");
    }
    if verdict.wrong.is_empty() && chain.is_some() {
        output::show("内容与签署时一致，证明里的记录都在平台的审计链里");
    } else if verdict.wrong.is_empty() {
        output::show(
            "文件前后一致。要确认证明不是编造的，用 --data 与平台的审计链核对，或比对平台公布的 /api/v1/audit/记录号",
        );
    }
    Ok(if verdict.wrong.is_empty() { DONE } else { FOUND })
}
