//! The description of the interface (OpenAPI 3.1), made from the table of addresses.

use gongkai_model::publication::{Attribute, Channel, Concern, Genre, Ground, SecrecyResult, Validity, catalog};
use serde_json::{Map, Value, json};

use crate::routes::{Access, ROUTES};

/// What an operation does, and the schema of what is sent to it.
fn about(method: &str, path: &str) -> (&'static str, Option<&'static str>) {
    match (method, path) {
        ("GET", "/api/v1/items") => ("已公开的信息，一次500条，next 给出下一页的 after", None),
        ("GET", "/api/v1/items/{id}") => ("一条已公开的信息和它的审核记录", None),
        ("GET", "/api/v1/search") => ("检索已公开的信息", None),
        ("GET", "/api/v1/audit/{sequence}") => ("审计链一条记录的散列值，供核对证明", None),
        ("GET", "/api/v1/editions") => ("本机关的稿件", None),
        ("POST", "/api/v1/editions") => ("建立草稿", Some("NewDraft")),
        ("GET", "/api/v1/editions/{id}") => ("一份稿件：内容、检查结果、签署", None),
        ("PUT", "/api/v1/editions/{id}") => ("保存草稿；version 不是最新时返回409", Some("SaveDraft")),
        ("POST", "/api/v1/editions/{id}/submit") => ("提交审核", Some("Submit")),
        ("POST", "/api/v1/editions/{id}/review") => ("签署或退回", Some("Review")),
        ("POST", "/api/v1/editions/{id}/publish") => ("立即发布或定时发布", Some("Publish")),
        ("POST", "/api/v1/editions/{id}/withdraw") => ("撤下", Some("Reason")),
        ("POST", "/api/v1/editions/{id}/recall") => ("收回修改，写明理由", Some("Reason")),
        ("POST", "/api/v1/editions/{id}/renew") => ("在已公开的信息上建立新版本的草稿", None),
        ("POST", "/api/v1/editions/{id}/discard") => ("放弃草稿", None),
        ("POST", "/api/v1/editions/{id}/findings") => {
            ("对一处检查结果写处理意见；disposition 为空时撤回意见", Some("Settle"))
        }
        ("POST", "/api/v1/editions/{id}/files") => ("添加附件：请求的内容就是文件，文件名写在 name", Some("File")),
        ("DELETE", "/api/v1/editions/{id}/files/{file}") => ("移除附件", None),
        ("GET", "/api/v1/editions/{id}/files/{file}") => ("稿件的一个文件，原样", None),
        ("POST", "/api/v1/editions/{id}/files/{file}/clean") => ("把附件换成去掉隐藏内容的清洁副本", None),
        ("POST", "/api/v1/editions/{id}/files/{file}/clear") => ("清除暂停稿件的一个文件，写明理由", Some("Reason")),
        ("POST", "/api/v1/editions/{id}/mask") => ("遮蔽正文里的一处号码；version 不是最新时返回409", Some("Mask")),
        ("POST", "/api/v1/editions/{id}/ask") => ("请科室负责人、保密审查员核对检查结果", None),
        ("POST", "/api/v1/editions/{id}/confirm") => ("记录复核：仍然适用，写明下次复核的日期", Some("Confirm")),
        ("POST", "/api/v1/editions/{id}/release") => ("核实不涉密，解除暂停，写明理由", Some("Reason")),
        ("POST", "/api/v1/editions/{id}/destroy") => ("核实涉密，清除内容，写明理由", Some("Reason")),
        ("POST", "/api/v1/editions/{id}/unschedule") => ("取消定时发布", None),
        ("GET", "/api/v1/ledger") => ("年度报告表二的台账，一年的全部记录", None),
        ("POST", "/api/v1/ledger") => {
            ("登记表二的数，全部成功或者全部不登记；同样的数再次登记没有作用", Some("Ledger"))
        }
        ("GET", "/api/v1/reports/{year}") => ("一年的三张表，现在的数和每个数的来源", None),
        ("GET", "/api/v1/applications") => ("本机关的申请，不含申请人信息，最新的在前", None),
        ("POST", "/api/v1/applications") => ("登记当面、邮寄、传真、电子邮件收到的申请；给出查询码", Some("Intake")),
        ("GET", "/api/v1/applications/{id}") => ("一件申请：申请内容、步骤、期限逐日说明、文书；打开会记入审计", None),
        ("POST", "/api/v1/applications/{id}/steps") => {
            ("登记一个步骤，法律不允许的返回409；version 不是最新时返回409", Some("Step"))
        }
        ("POST", "/api/v1/editions/{id}/check") => ("发布后核查", Some("Check")),
        _ => ("", None),
    }
}

/// What is sent to the ledger.
fn ledger() -> Value {
    let entry = json!({ "type": "object", "additionalProperties": false, "required": ["item", "field", "value", "source"], "properties": {
        "section": { "type": "string", "description": "科室的代码；空着是全机关" },
        "month": { "type": ["integer", "null"], "minimum": 1, "maximum": 12 },
        "item": { "type": "string", "description": "表二的行，例如 penalties" },
        "field": { "type": "string", "description": "表二的列，例如 decisions" },
        "value": { "type": "string", "description": "数，写成文字，例如 12 或 103.3879" },
        "source": { "type": "string", "description": "出处" } } });
    json!({ "type": "object", "additionalProperties": false, "required": ["year", "entries"], "properties": {
        "year": { "type": "integer", "minimum": 2019 },
        "entries": { "type": "array", "minItems": 1, "maxItems": 1000, "items": entry } } })
}

fn parameters(method: &str, path: &str) -> Vec<Value> {
    let query = |name: &str, what: &str| json!({ "name": name, "in": "query", "required": false, "description": what, "schema": { "type": "string" } });
    let mut out: Vec<Value> = Vec::new();
    if path.contains("{id}") {
        out.push(
            json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } }),
        );
    }
    match path {
        "/api/v1/audit/{sequence}" => out.push(
            json!({ "name": "sequence", "in": "path", "required": true, "schema": { "type": "integer", "minimum": 1 } }),
        ),
        "/api/v1/items" => out.extend([query("agency", "机构代码"), query("after", "上一页给出的 next")]),
        "/api/v1/search" => out.extend([
            query("q", "词语，以空格分开"),
            query("agency", "机构代码"),
            query("node", "目录分类编号"),
            query("theme", "主题分类"),
            query("genre", "体裁"),
            query("validity", "有效性"),
            query("from", "起始日期"),
            query("to", "截止日期"),
            query("sort", "date 按日期"),
            query("page", "页码"),
        ]),
        "/api/v1/editions/{id}/files" => out.push(
            json!({ "name": "name", "in": "query", "required": true, "description": "文件名", "schema": { "type": "string" } }),
        ),
        "/api/v1/editions/{id}/files/{file}" | "/api/v1/editions/{id}/files/{file}/clean" | "/api/v1/editions/{id}/files/{file}/clear" => out.push(
            json!({ "name": "file", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } }),
        ),
        "/api/v1/ledger" if method == "GET" => out.push(query("year", "年度")),
        "/api/v1/reports/{year}" => out.push(
            json!({ "name": "year", "in": "path", "required": true, "schema": { "type": "integer", "minimum": 2019 } }),
        ),
        "/api/v1/applications" if method == "GET" => {
            out.extend([query("state", "状态的代码"), query("after", "上一页的 next")]);
        }
        "/api/v1/editions" if method == "GET" => {
            out.extend([query("state", &format!("状态：{}", super::office::STATES.join("、"))), query("after", "上一页的 next")]);
        }
        _ => {}
    }
    out
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let mut draft = Map::new();
    for name in [
        "title",
        "doc_no",
        "formed_on",
        "theme",
        "genre",
        "catalog_node",
        "attribute",
        "attribute_reason",
        "validity",
        "summary",
        "keywords",
        "change_note",
        "review_by",
        "effective_on",
        "repealed_on",
        "explains",
        "ground",
        "channels",
        "counts_from",
        "body",
    ] {
        draft.insert(name.to_owned(), text.clone());
    }
    let leaves: Vec<&str> = catalog::BRANCHES.iter().flat_map(|branch| branch.leaves).map(|leaf| leaf.code).collect();
    for (name, allowed) in [
        ("genre", codes(Genre::ALL, Genre::code)),
        ("attribute", codes(Attribute::ALL, Attribute::code)),
        ("ground", codes(Ground::ALL, Ground::code)),
        ("validity", codes(Validity::ALL, Validity::code)),
        ("catalog_node", leaves),
    ] {
        draft.insert(name.to_owned(), json!({ "type": "string", "enum": allowed }));
    }
    let channels = codes(Channel::ALL, Channel::code).join("、");
    draft.insert("channels".to_owned(), json!({ "type": "string", "description": format!("以分号分开：{channels}") }));
    let themes = catalog::THEMES.join("、");
    draft.insert(
        "theme".to_owned(),
        json!({ "type": "string", "description": format!("一级为：{themes}；下级用反斜线接在后面") }),
    );
    json!({
        "Draft": { "type": "object", "additionalProperties": false, "properties": draft },
        "NewDraft": { "type": "object", "additionalProperties": false, "required": ["draft"], "properties": {
            "publication": { "type": "string", "format": "uuid", "description": "自定的标识；重复发送只建立一份" },
            "draft": { "$ref": "#/components/schemas/Draft" } } },
        "SaveDraft": { "type": "object", "additionalProperties": false, "required": ["version", "draft"], "properties": {
            "version": { "type": "integer" }, "draft": { "$ref": "#/components/schemas/Draft" } } },
        "Submit": { "type": "object", "additionalProperties": false, "required": ["version"], "properties": {
            "version": { "type": "integer" }, "urgent": { "type": "string", "description": "紧急发布的理由" } } },
        "Review": { "type": "object", "additionalProperties": false, "required": ["verdict", "content"], "properties": {
            "verdict": { "type": "string", "enum": ["passed", "returned"] }, "comment": text,
            "result": { "type": "string", "enum": codes(SecrecyResult::ALL, SecrecyResult::code), "description": "保密审查的结论，只在这一步填写" },
            "basis": { "type": "string", "description": "结论的依据；可公开以外必填" },
            "concerns": { "type": "array", "items": { "type": "string", "enum": codes(Concern::ALL, Concern::code) }, "description": "保密审查必填：涉及的事项；逐项核对均不涉及的写空的列表" },
            "content": { "type": "string", "description": "所看内容的散列值（SM3）" } } },
        "Publish": { "type": "object", "additionalProperties": false, "properties": {
            "publish_at": { "type": "string", "description": "北京时间，如 2026-01-09T08:30；不晚于最迟公开日；空的立即发布" } } },
        "File": { "type": "string", "contentMediaType": "application/octet-stream" },
        "Settle": { "type": "object", "additionalProperties": false, "required": ["fingerprint"], "properties": {
            "fingerprint": text, "disposition": { "type": "string", "enum": ["", "false_positive", "lawful_with_basis"] }, "reason": text } },
        "Mask": { "type": "object", "additionalProperties": false, "required": ["version", "fingerprint"], "properties": {
            "version": { "type": "integer" }, "fingerprint": text } },
        "Confirm": { "type": "object", "additionalProperties": false, "properties": {
            "review_by": { "type": "string", "description": "下次复核的日期；空的不再复核" } } },
        "Check": { "type": "object", "additionalProperties": false, "required": ["right"], "properties": {
            "right": { "type": "boolean", "description": "页面与审定的文本一致" }, "note": text } },
        "Reason": { "type": "object", "additionalProperties": false, "required": ["reason"], "properties": { "reason": text } },
        "Items": { "type": "object", "required": ["schema", "items", "next"], "properties": { "schema": text,
            "items": { "type": "array", "items": { "type": "object", "additionalProperties": text } },
            "next": { "type": "string", "description": "下一页的 after；空的是最后一页" } } },
        "Item": { "type": "object", "required": ["id", "index_no", "title", "text", "content_sm3", "proof"], "properties": {
            "id": text, "index_no": text, "title": text, "doc_no": { "type": ["string", "null"] }, "issuing_organ": text, "formed_on": text,
            "published_on": text, "catalog_node": text, "text": { "type": "string", "description": "带标记的正文" },
            "attachments": { "type": "array", "items": { "type": "object" } },
            "content_fields": { "type": "array", "items": text, "description": "签署绑定的各项内容，依次计算散列值" },
            "content_sm3": text, "proof": { "type": "array", "items": { "type": "object" }, "description": "审计记录，用 gongkai audit item 核对" } } },
        "Found": { "type": "object", "required": ["total", "more", "page", "pages", "items"], "properties": {
            "total": { "type": "integer", "description": "至多数到500" }, "more": { "type": "boolean", "description": "是否还有更多，应缩小范围" }, "page": { "type": "integer" }, "pages": { "type": "integer" },
            "items": { "type": "array", "items": { "type": "object" } } } },
        "AuditHash": { "type": "object", "required": ["sequence", "hash"], "properties": { "sequence": { "type": "integer" }, "hash": text } },
        "Editions": { "type": "object", "required": ["items"], "properties": {
            "items": { "type": "array", "items": { "type": "object" } }, "next": { "type": "string", "description": "下一页的 after；空的是最后一页" } } },
        "Edition": { "type": "object", "required": ["id", "version", "state"], "properties": {
            "id": text, "publication": text, "version": { "type": "integer" }, "state": text, "content": text,
            "kept_apart": { "type": "boolean", "description": "带有国家秘密标志，已暂停" },
            "may": { "type": "object", "description": "令牌的主人现在能办的事" },
            "findings": { "type": "array", "items": { "type": "object" } }, "signatures": { "type": "array", "items": { "type": "object" } } } },
        "Ledger": ledger(),
        "Intake": { "type": "object", "additionalProperties": false, "required": ["channel", "on", "form"], "properties": {
            "channel": { "type": "string", "enum": ["in_person", "oral", "mail_signed", "mail_ordinary", "fax", "email"] },
            "on": { "type": "string", "format": "date", "description": "提交、签收或者到达的日期" },
            "form": { "type": "object", "description": "申请书的内容：kind、name、id_number、phone、title、carrier、route 等" } } },
        "Step": { "type": "object", "additionalProperties": false, "required": ["version", "kind", "on"], "properties": {
            "version": { "type": "integer" }, "on": { "type": "string", "format": "date" },
            "kind": { "type": "string", "enum": ["confirmed", "correction_notified", "corrected", "correction_lapsed", "consultation_opened",
                "consultation_received", "consultation_closed", "extended", "fee_notified", "fee_paid", "fee_lapsed", "reason_requested",
                "reason_received", "delayed", "withdrawn", "reopened"] },
            "until": { "type": "string", "format": "date", "description": "补正期限、函定期限、延迟到的日期、重新答复的期限" },
            "consultation": { "type": "integer", "description": "征求意见的编号" }, "days": { "type": "integer", "description": "延期的工作日数" },
            "word": { "type": "string", "description": "征求谁、征求的结果、延期由谁同意" },
            "justified": { "type": "boolean", "description": "逾期补正有正当理由" }, "note": text } },
        "Applications": { "type": "object", "required": ["items", "next"], "properties": {
            "items": { "type": "array", "items": { "type": "object" } }, "next": text } },
        "Application": { "type": "object", "required": ["id", "version", "state"], "properties": {
            "id": text, "version": { "type": "integer" }, "state": text, "due_on": { "type": ["string", "null"] },
            "steps": { "type": "array", "items": { "type": "object" } }, "days": { "type": "array", "items": { "type": "object" } } } },
        "Error": { "type": "object", "properties": { "error": { "type": "object", "properties": {
            "message": text, "fields": { "type": "array", "items": { "type": "object", "properties": { "field": text, "message": text } } } } } } },
    })
}

/// The status of success.
fn done(method: &str, path: &str) -> &'static str {
    let makes = method == "POST"
        && (path == "/api/v1/editions"
            || path == "/api/v1/applications"
            || path.ends_with("/files")
            || path.ends_with("/renew"));
    if makes { "201" } else { "200" }
}

/// The shape of an answer.
fn answer(method: &str, path: &str) -> &'static str {
    match path {
        "/api/v1/editions/{id}/files/{file}" if method == "GET" => "File",
        "/api/v1/items" => "Items",
        "/api/v1/items/{id}" => "Item",
        "/api/v1/search" => "Found",
        "/api/v1/audit/{sequence}" => "AuditHash",
        "/api/v1/editions" if method == "GET" => "Editions",
        "/api/v1/applications" if method == "GET" => "Applications",
        "/api/v1/applications" | "/api/v1/applications/{id}" | "/api/v1/applications/{id}/steps" => "Application",
        _ => "Edition",
    }
}

/// The document.
pub(crate) fn document() -> Value {
    let mut paths = Map::new();
    for route in ROUTES.iter().filter(|route| route.path.starts_with("/api/v1")) {
        let (summary, body) = about(route.method, route.path);
        let refused = json!({ "description": "没有办成", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } } });
        let given = match answer(route.method, route.path) {
            "File" => json!({ "application/octet-stream": { "schema": { "$ref": "#/components/schemas/File" } } }),
            name => json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } }),
        };
        let mut operation = json!({
            "summary": summary,
            "parameters": parameters(route.method, route.path),
            "responses": {
                (done(route.method, route.path)): { "description": "办成", "content": given },
                "default": refused,
            },
        });
        if let Some(name) = body {
            let media = if name == "File" { "application/octet-stream" } else { "application/json" };
            operation["requestBody"] = json!({ "required": true, "content": { media: { "schema": { "$ref": format!("#/components/schemas/{name}") } } } });
        }
        if let Access::Token(scope) = route.access {
            operation["security"] = json!([{ "token": [] }]);
            operation["description"] = json!(format!("令牌须有“{}”（{}）权限", scope.label(), scope.code()));
        }
        let entry = paths.entry(route.path.to_owned()).or_insert_with(|| json!({}));
        entry[route.method.to_ascii_lowercase()] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "公开（Gongkai）", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" } },
        "paths": paths,
        "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } }, "schemas": schemas() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_the_interface_is_described() {
        for route in ROUTES.iter().filter(|route| route.path.starts_with("/api/v1")) {
            let (summary, body) = about(route.method, route.path);
            assert!(!summary.is_empty(), "{} {}", route.method, route.path);
            assert!(body.is_none_or(|name| schemas().get(name).is_some()), "{}", route.path);
        }
    }
}
