//! Who applies (条例 第二十九条第一项): name, proof of identity, how to reach.

use crate::publication::check::{is_credit_code, is_identity, is_old_identity};
use gongkai_law::ApplicantColumn;

use crate::codes::codes;

codes! {
    /// 证件名称.
    IdDocument {
        /// 居民身份证.
        ResidentId = "resident_id", "居民身份证";
        /// 护照.
        Passport = "passport", "护照";
        /// 港澳居民来往内地通行证.
        HongKongMacao = "hong_kong_macao", "港澳居民来往内地通行证";
        /// 台湾居民来往大陆通行证.
        Taiwan = "taiwan", "台湾居民来往大陆通行证";
        /// 外国人永久居留身份证.
        PermanentResident = "permanent_resident", "外国人永久居留身份证";
        /// 统一社会信用代码, of an organisation.
        CreditCode = "credit_code", "统一社会信用代码";
        /// Any other.
        Other = "other", "其他证件";
    }
}

/// Who acts for the applicant, with a written authority.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agent {
    /// 姓名.
    pub name: String,
    /// 证件号码.
    pub id_number: String,
    /// 联系电话.
    pub phone: String,
}

/// Who applies. All of it is personal data but [`Applicant::kind`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// The column of table 3 it is counted in: never [`ApplicantColumn::Total`].
    pub kind: ApplicantColumn,
    /// 姓名 or 名称.
    pub name: String,
    /// 证件名称.
    pub id_document: Option<IdDocument>,
    /// 证件号码 or 统一社会信用代码.
    pub id_number: String,
    /// 法定代表人, of an organisation.
    pub legal_representative: String,
    /// 联系人, of an organisation.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
    /// 通信地址.
    pub address: String,
    /// 邮政编码.
    pub postcode: String,
    /// 电子邮件.
    pub email: String,
    /// Who acts for the applicant.
    pub agent: Option<Agent>,
    /// Help with reading or writing is wanted (条例 第四十三条).
    pub needs_assistance: bool,
}

impl Applicant {
    /// An applicant of a kind of whom nothing is known yet.
    pub fn new(kind: ApplicantColumn) -> Self {
        Self {
            kind,
            name: String::new(),
            id_document: None,
            id_number: String::new(),
            legal_representative: String::new(),
            contact: String::new(),
            phone: String::new(),
            address: String::new(),
            postcode: String::new(),
            email: String::new(),
            agent: None,
            needs_assistance: false,
        }
    }

    /// Whether it is a person and no organisation.
    pub fn is_person(&self) -> bool {
        self.kind == ApplicantColumn::NaturalPerson
    }

    /// What 条例 第二十九条第一项 asks for and is not there: field and sentence. An application is received all the same; what is
    /// missing is asked for once, within seven working days (第三十条).
    pub fn missing(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        let person = self.is_person();
        if self.name.trim().is_empty() {
            out.push(("name", if person { "请填写姓名" } else { "请填写单位名称" }.to_owned()));
        }
        if self.identity().is_none() {
            out.push((
                "id_number",
                if person {
                    "请填写证件号码，作为身份证明"
                } else {
                    "请填写统一社会信用代码，作为身份证明"
                }
                .to_owned(),
            ));
        }
        if [&self.phone, &self.address, &self.email].iter().all(|way| way.trim().is_empty()) {
            out.push(("phone", "请至少填写一种联系方式：电话、通信地址或者电子邮件".to_owned()));
        }
        if let Some(agent) = &self.agent
            && (agent.name.trim().is_empty() || agent.id_number.trim().is_empty())
        {
            out.push(("agent_name", "请填写代理人的姓名和证件号码，并附授权委托书".to_owned()));
        }
        out
    }

    /// What was written and cannot be right: the number of a paper, a telephone. Asked of those who apply by themselves; what came on paper
    /// is registered as it came.
    pub fn unlike(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
        let short = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).count() < 5;
        let number = plain(&self.id_number).to_uppercase();
        let fallback = if self.is_person() { IdDocument::ResidentId } else { IdDocument::CreditCode };
        let wrong = match self.id_document.unwrap_or(fallback) {
            _ if number.is_empty() => None,
            IdDocument::ResidentId if !is_identity(&number) && !is_old_identity(&number) => {
                Some("居民身份证号码不对：应为18位，请核对；用别的证件的，先选证件名称")
            }
            IdDocument::CreditCode if !is_credit_code(&number) => {
                Some("统一社会信用代码不对：应为18位，请核对；用别的证件的，先选证件名称")
            }
            IdDocument::ResidentId | IdDocument::CreditCode => None,
            IdDocument::Passport
            | IdDocument::HongKongMacao
            | IdDocument::Taiwan
            | IdDocument::PermanentResident
            | IdDocument::Other => short(&number).then_some("证件号码太短，请核对"),
        };
        out.extend(wrong.map(|words| ("id_number", words.to_owned())));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        if !self.phone.trim().is_empty() && digits(&self.phone) < 7 {
            out.push(("phone", "联系电话不对，请核对；座机写上区号".to_owned()));
        }
        if let Some(agent) = &self.agent {
            if !agent.id_number.trim().is_empty() && short(&agent.id_number) {
                out.push(("agent_id_number", "代理人的证件号码太短，请核对".to_owned()));
            }
            if !agent.phone.trim().is_empty() && digits(&agent.phone) < 7 {
                out.push(("agent_phone", "代理人的联系电话不对，请核对".to_owned()));
            }
        }
        out
    }

    /// By what the same applicant is known again: the number of the paper without spaces, in capitals. Two papers of different
    /// kinds are two applicants.
    pub fn identity(&self) -> Option<String> {
        let plain: String =
            self.id_number.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect();
        let kind =
            self.id_document.unwrap_or(if self.is_person() { IdDocument::ResidentId } else { IdDocument::CreditCode });
        (!plain.is_empty()).then(|| format!("{}:{plain}", kind.code()))
    }

    /// The name as lists show it: the first character, and how long it is.
    pub fn masked_name(&self) -> String {
        let mut chars = self.name.trim().chars();
        let Some(first) = chars.next() else { return "（未填写）".to_owned() };
        let rest = chars.count();
        if self.is_person() { format!("{first}{}", "＊".repeat(rest.min(3))) } else { self.name.trim().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Applicant {
        Applicant {
            name: "张示例".to_owned(),
            id_number: "11010519491231002x".to_owned(),
            phone: "13800138000".to_owned(),
            ..Applicant::new(ApplicantColumn::NaturalPerson)
        }
    }

    #[test]
    fn article_29_name_identity_and_a_way_to_reach() {
        assert_eq!(person().missing(), vec![]);
        let fields = |one: &Applicant| one.missing().into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        assert_eq!(fields(&Applicant::new(ApplicantColumn::NaturalPerson)), ["name", "id_number", "phone"]);
        let by_mail = Applicant { phone: String::new(), address: "示例路1号".to_owned(), ..person() };
        assert_eq!(by_mail.missing(), vec![], "any way will do");
        let agent = Applicant { agent: Some(Agent::default()), ..person() };
        assert_eq!(fields(&agent), ["agent_name"]);
        // Nothing asks for a purpose: 第二十七条.
    }

    #[test]
    fn the_same_paper_is_the_same_applicant() {
        let spaced = Applicant { id_number: "110105 19491231 002X".to_owned(), ..person() };
        assert_eq!(spaced.identity(), person().identity());
        let other = Applicant { id_document: Some(IdDocument::Passport), ..person() };
        assert_ne!(other.identity(), person().identity());
        assert_eq!(Applicant { id_number: " - ".to_owned(), ..person() }.identity(), None);
    }

    #[test]
    fn lists_show_no_full_name_of_a_person() {
        assert_eq!(person().masked_name(), "张＊＊");
        let company = Applicant { name: "示例公司".to_owned(), ..Applicant::new(ApplicantColumn::Business) };
        assert_eq!(company.masked_name(), "示例公司");
    }
}
