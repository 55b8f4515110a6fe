//! The form of an application (条例 第二十九条), as it is typed and as it is sealed. No purpose is asked (第二十七条).

use gongkai_model::application::{Agent, Applicant, ApplicantColumn, Carrier, IdDocument, Route, Wanted};
use gongkai_model::publication::check;

/// What an application says. Blank is not given.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApplicationForm {
    /// The code of the column of table 3.
    pub kind: String,
    /// 姓名 or 名称.
    pub name: String,
    /// The code of 证件名称.
    pub id_document: String,
    /// 证件号码 or 统一社会信用代码.
    pub id_number: String,
    /// 法定代表人.
    pub legal_representative: String,
    /// 联系人.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
    /// 通信地址.
    pub address: String,
    /// 邮政编码.
    pub postcode: String,
    /// 电子邮件.
    pub email: String,
    /// The name of who acts for the applicant.
    pub agent_name: String,
    /// 证件号码 of that person.
    pub agent_id_number: String,
    /// 联系电话 of that person.
    pub agent_phone: String,
    /// Help with reading or writing is wanted (第四十三条).
    pub needs_assistance: bool,
    /// 名称 of what is wanted.
    pub title: String,
    /// 文号.
    pub doc_no: String,
    /// 其他特征性描述.
    pub description: String,
    /// The code of 载体.
    pub carrier: String,
    /// The code of 获取方式.
    pub route: String,
}

/// The most characters of a field, and of the description.
const LINE: usize = 200;
const TEXT: usize = 3_000;

/// What is said where no kind of applicant is chosen.
const NO_KIND: &str = "请选择申请人是个人还是单位；单位请选性质";

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

impl ApplicationForm {
    /// The form without what cannot be seen, each line one line.
    pub(super) fn tidy(&self) -> Self {
        let seen = |text: &str| -> String {
            text.replace("\r\n", "\n")
                .chars()
                .filter(|c| *c == '\n' || !c.is_control())
                .collect::<String>()
                .trim()
                .to_owned()
        };
        Self {
            kind: self.kind.clone(),
            name: one_line(&self.name),
            id_document: self.id_document.clone(),
            id_number: one_line(&self.id_number),
            legal_representative: one_line(&self.legal_representative),
            contact: one_line(&self.contact),
            phone: one_line(&self.phone),
            address: one_line(&self.address),
            postcode: one_line(&self.postcode),
            email: one_line(&self.email),
            agent_name: one_line(&self.agent_name),
            agent_id_number: one_line(&self.agent_id_number),
            agent_phone: one_line(&self.agent_phone),
            needs_assistance: self.needs_assistance,
            title: one_line(&self.title),
            doc_no: one_line(&self.doc_no),
            description: seen(&self.description),
            carrier: self.carrier.clone(),
            route: self.route.clone(),
        }
    }

    /// Who applies and what is wanted.
    ///
    /// # Errors
    /// Fields whose shape is wrong; what is merely missing is no error here.
    pub(super) fn read(&self) -> Result<(Applicant, Wanted), Vec<(String, String)>> {
        let mut wrong: Vec<(String, String)> = Vec::new();
        let mut chosen = |field: &str, code: &str, known: bool, message: &str| {
            if !code.is_empty() && !known {
                wrong.push((field.to_owned(), message.to_owned()));
            }
        };
        let kind = ApplicantColumn::KINDS.into_iter().find(|kind| kind.code() == self.kind);
        let id_document = IdDocument::from_code(&self.id_document);
        let (carrier, route) = (Carrier::from_code(&self.carrier), Route::from_code(&self.route));
        chosen("id_document", &self.id_document, id_document.is_some(), "请选择证件名称");
        chosen("carrier", &self.carrier, carrier.is_some(), "请选择载体");
        chosen("route", &self.route, route.is_some(), "请选择获取方式");
        for (field, text, most) in [
            ("name", &self.name, LINE),
            ("id_number", &self.id_number, 40),
            ("legal_representative", &self.legal_representative, LINE),
            ("contact", &self.contact, LINE),
            ("phone", &self.phone, 40),
            ("address", &self.address, LINE),
            ("postcode", &self.postcode, 20),
            ("email", &self.email, LINE),
            ("agent_name", &self.agent_name, LINE),
            ("agent_id_number", &self.agent_id_number, 40),
            ("agent_phone", &self.agent_phone, 40),
            ("title", &self.title, LINE),
            ("doc_no", &self.doc_no, LINE),
            ("description", &self.description, TEXT),
        ] {
            if text.chars().count() > most {
                wrong.push((field.to_owned(), format!("不超过{most}字")));
            }
        }
        let Some(kind) = kind else {
            wrong.push(("kind".to_owned(), NO_KIND.to_owned()));
            return Err(wrong);
        };
        if !self.email.is_empty() && !is_mail(&self.email) {
            wrong.push(("email".to_owned(), "电子邮件写成 name@example.cn 的样子".to_owned()));
        }
        let is_postcode = |text: &str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !self.postcode.is_empty() && !is_postcode(&self.postcode) {
            wrong.push(("postcode".to_owned(), "邮政编码是6位数字".to_owned()));
        }
        let named = [&self.agent_name, &self.agent_id_number, &self.agent_phone].iter().any(|text| !text.is_empty());
        let applicant = Applicant {
            name: self.name.clone(),
            id_document,
            id_number: self.id_number.clone(),
            legal_representative: self.legal_representative.clone(),
            contact: self.contact.clone(),
            phone: self.phone.clone(),
            address: self.address.clone(),
            postcode: self.postcode.clone(),
            email: self.email.clone(),
            agent: named.then(|| Agent {
                name: self.agent_name.clone(),
                id_number: self.agent_id_number.clone(),
                phone: self.agent_phone.clone(),
            }),
            needs_assistance: self.needs_assistance,
            ..Applicant::new(kind)
        };
        let wanted = Wanted {
            title: self.title.clone(),
            doc_no: self.doc_no.clone(),
            description: self.description.clone(),
            carrier,
            route,
        };
        if !wanted.fits() {
            wrong.push(("route".to_owned(), "纸质的不能网上取得，电子的不能当场抄录：请改载体或者获取方式".to_owned()));
        }
        if wrong.is_empty() { Ok((applicant, wanted)) } else { Err(wrong) }
    }

    /// The name as lists show it.
    pub(in crate::platform) fn masked_name(&self) -> String {
        let kind = ApplicantColumn::KINDS.into_iter().find(|kind| kind.code() == self.kind);
        Applicant { name: self.name.clone(), ..Applicant::new(kind.unwrap_or(ApplicantColumn::NaturalPerson)) }
            .masked_name()
    }

    /// 载体 in words.
    pub fn carrier_label(&self) -> &'static str {
        Carrier::from_code(&self.carrier).map_or("没有写载体", Carrier::label)
    }

    /// 获取方式 in words.
    pub fn route_label(&self) -> &'static str {
        Route::from_code(&self.route).map_or("没有写获取方式", Route::label)
    }

    /// Whether somebody acts for the applicant.
    pub fn has_agent(&self) -> bool {
        [&self.agent_name, &self.agent_id_number, &self.agent_phone].iter().any(|text| !text.trim().is_empty())
    }

    /// What is wrong with it or missing in it: field and sentence.
    pub fn problems(&self) -> Vec<(String, String)> {
        let form = self.tidy();
        if !ApplicantColumn::KINDS.iter().any(|kind| kind.code() == form.kind) {
            // The other questions are asked all the same.
            let person = ApplicantColumn::NaturalPerson.code().to_owned();
            let mut all = Self { kind: person, ..form }.problems();
            all.push(("kind".to_owned(), NO_KIND.to_owned()));
            return all;
        }
        match form.read() {
            Ok((applicant, wanted)) => {
                let by_route = match wanted.route {
                    Some(Route::Email) if applicant.email.is_empty() => {
                        Some(("email", "选电子邮件获取的，请填写电子邮箱".to_owned()))
                    }
                    Some(Route::Mail) if applicant.address.is_empty() => {
                        Some(("address", "选邮寄获取的，请填写通信地址".to_owned()))
                    }
                    _ => None,
                };
                let all =
                    applicant.missing().into_iter().chain(applicant.unlike()).chain(wanted.missing()).chain(by_route);
                all.map(|(field, message)| (field.to_owned(), message)).collect()
            }
            Err(wrong) => wrong,
        }
    }

    /// What is wanted, in a line.
    pub fn wanted_line(&self) -> String {
        Wanted {
            title: self.title.clone(),
            doc_no: self.doc_no.clone(),
            description: self.description.clone(),
            ..Wanted::default()
        }
        .line()
    }

    /// By what the same wanted information is known again: the number of a document, or else its title without the words that
    /// every request has. None where neither says anything.
    pub(in crate::platform) fn subject_key(&self) -> Option<String> {
        let plain =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let number = plain(&self.doc_no);
        if number.chars().count() >= 4 {
            return Some(crate::platform::secret::hash(&format!("no:{number}")));
        }
        let mut title = plain(&self.title);
        for word in ["申请公开", "请求公开", "政府信息", "关于", "全文", "复印件", "文件", "信息", "的"]
        {
            title = title.replace(word, "");
        }
        (title.chars().count() >= 3).then(|| crate::platform::secret::hash(&format!("title:{title}")))
    }

    /// What lists show of what is wanted, with the own name of the applicant masked.
    pub(in crate::platform) fn shown(&self) -> String {
        let wanted = Wanted {
            title: self.title.clone(),
            doc_no: self.doc_no.clone(),
            description: self.description.clone(),
            ..Wanted::default()
        };
        let name = self.name.trim();
        // The applicant's own name stands masked there as it does beside it.
        let masked =
            |line: String| if name.chars().count() < 2 { line } else { line.replace(name, &self.masked_name()) };
        Self::subject(&masked(wanted.line()))
    }

    /// What lists show of what is wanted: a line without the numbers of persons.
    fn subject(line: &str) -> String {
        let line: String = line.chars().take(80).collect();
        if line.trim().is_empty() {
            return "（没有写所需信息）".to_owned();
        }
        let hits = check::scan_text(&line, &check::Settings::default());
        if hits.iter().any(check::Hit::blocks) {
            "（描述里有个人信息，打开后查看）".to_owned()
        } else {
            line
        }
    }
}

/// Whether a text looks like an address of electronic mail.
pub(in crate::platform) fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '@' | ',' | ';' | '<' | '>'))
    };
    plain(name) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ApplicationForm {
        ApplicationForm {
            kind: "natural_person".to_owned(),
            name: "张示例".to_owned(),
            id_number: "11010519491231002X".to_owned(),
            email: "zhang@example.cn".to_owned(),
            title: "2025年部门预算".to_owned(),
            carrier: "electronic".to_owned(),
            route: "email".to_owned(),
            ..ApplicationForm::default()
        }
    }

    #[test]
    fn a_form_is_read_and_its_shape_looked_at() {
        let (applicant, wanted) = form().read().unwrap();
        assert!(applicant.missing().is_empty() && wanted.missing().is_empty());
        let fields = |form: &ApplicationForm| -> Vec<String> {
            form.read().err().unwrap_or_default().into_iter().map(|(field, _)| field).collect()
        };
        assert_eq!(fields(&ApplicationForm { kind: "total".to_owned(), ..form() }), ["kind"]);
        assert_eq!(fields(&ApplicationForm { email: "zhang".to_owned(), ..form() }), ["email"]);
        assert_eq!(fields(&ApplicationForm { carrier: "paper".to_owned(), ..form() }), ["route"]);
        assert_eq!(fields(&ApplicationForm { description: "长".repeat(3_001), ..form() }), ["description"]);
        let typed = ApplicationForm { name: " 张\u{0}示\n例 ".to_owned(), ..form() };
        assert_eq!(typed.tidy().name, "张 示 例");
        let asks = |title: &str, doc_no: &str| {
            ApplicationForm { title: title.to_owned(), doc_no: doc_no.to_owned(), ..form() }.subject_key()
        };
        assert_eq!(asks("申请公开《2025年部门预算》", ""), asks("2025年部门预算的信息", ""));
        assert_eq!(asks("甲", "示财〔2025〕3号"), asks("乙", "示财[2025]3号"));
        assert_ne!(asks("2025年部门预算", ""), asks("2024年部门预算", ""));
        assert_eq!(asks("", ""), None);
        assert!(!ApplicationForm::subject("张某（11010519491231002X）的档案").contains("1949"));
        let own = ApplicationForm { title: "张示例的拆迁补偿协议".to_owned(), ..form() };
        assert_eq!(own.shown(), "张＊＊的拆迁补偿协议");
    }
}
