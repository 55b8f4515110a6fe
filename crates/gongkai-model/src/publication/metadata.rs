//! The elements of an item of information (目录指引): what every publication carries.

use jiff::civil::Date;

use crate::Refusal;
use crate::codes::codes;

codes! {
    /// 公开属性.
    Attribute {
        /// Published by the agency itself.
        Proactive = "proactive", "主动公开";
        /// Given to those who apply.
        OnRequest = "on_request", "依申请公开";
        /// Not disclosed.
        Withheld = "withheld", "不予公开";
    }
}

codes! {
    /// 体裁分类: the fifteen kinds of official documents, and others.
    Genre {
        /// 决议.
        Resolution = "resolution", "决议";
        /// 决定.
        Decision = "decision", "决定";
        /// 命令（令）.
        Order = "order", "命令（令）";
        /// 公报.
        Gazette = "gazette", "公报";
        /// 公告.
        Proclamation = "proclamation", "公告";
        /// 通告.
        PublicNotice = "public_notice", "通告";
        /// 意见.
        Opinions = "opinions", "意见";
        /// 通知.
        Notice = "notice", "通知";
        /// 通报.
        Circular = "circular", "通报";
        /// 报告.
        Report = "report", "报告";
        /// 请示.
        RequestForInstructions = "request_for_instructions", "请示";
        /// 批复.
        Approval = "approval", "批复";
        /// 议案.
        Bill = "bill", "议案";
        /// 函.
        Letter = "letter", "函";
        /// 纪要.
        Minutes = "minutes", "纪要";
        /// 其他.
        Other = "other", "其他";
    }
}

codes! {
    /// 有效性 of a normative document.
    Validity {
        /// 有效.
        InForce = "in_force", "有效";
        /// 失效.
        Lapsed = "lapsed", "失效";
        /// 废止.
        Repealed = "repealed", "废止";
        /// 已修改.
        Amended = "amended", "已修改";
    }
}

codes! {
    /// Why something is not published by the agency itself: the grounds of the 条例. A national secret is no ground here,
    /// because a secret document is never entered in this system.
    Ground {
        /// 第十四条: 法律、行政法规禁止公开.
        ForbiddenByLaw = "prohibited_by_law", "法律、行政法规禁止公开（条例第十四条）";
        /// 第十四条: 三安全一稳定.
        ThreeSecurities = "endangers_security_stability", "公开后可能危及国家安全、公共安全、经济安全、社会稳定（条例第十四条）";
        /// 第十五条: 商业秘密、个人隐私.
        ThirdParty = "third_party_rights", "涉及商业秘密、个人隐私等，会对第三方合法权益造成损害（条例第十五条）";
        /// 第十六条第一款: 内部事务信息.
        Internal = "internal_affairs", "人事管理、后勤管理、内部工作流程等内部事务信息（条例第十六条第一款）";
        /// 第十六条第二款: 过程性信息.
        Process = "process_info", "讨论记录、过程稿、磋商信函、请示报告等过程性信息（条例第十六条第二款）";
        /// 第十六条第二款: 行政执法案卷信息.
        CaseFile = "enforcement_file", "行政执法案卷信息（条例第十六条第二款）";
        /// 第十九条: not for everybody to know; given to those who apply.
        NotForAll = "not_for_all", "不属于需要公众广泛知晓或者参与的信息，依申请提供（条例第十三条、第十九条）";
    }
}

codes! {
    /// 公开渠道: where an item is to appear beside this platform.
    Channel {
        /// 政府网站.
        Website = "website", "政府网站";
        /// 政府公报.
        Gazette = "gazette", "政府公报";
        /// 政务微信.
        WeChat = "wechat", "政务微信";
        /// 政务微博.
        Weibo = "weibo", "政务微博";
        /// Other 政务新媒体.
        NewMedia = "new_media", "其他政务新媒体";
        /// 发布会、听证会.
        Briefing = "briefing", "发布会、听证会";
        /// 广播电视.
        Broadcast = "broadcast", "广播电视";
        /// 纸质媒体.
        Press = "press", "纸质媒体";
        /// 公开查阅点.
        ReadingPoint = "reading_point", "公开查阅点";
        /// 政务服务中心.
        ServiceCentre = "service_centre", "政务服务中心";
        /// 公示栏.
        NoticeBoard = "notice_board", "社区、村公示栏";
    }
}

impl Channel {
    /// The channel that a word of an older list means.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim() {
            "网站" | "政府网站" | "门户网站" => Some(Self::Website),
            "微信" | "微信公众号" => Some(Self::WeChat),
            "微博" => Some(Self::Weibo),
            "公报" => Some(Self::Gazette),
            word => Self::ALL.iter().copied().find(|one| one.label() == word).or_else(|| Self::from_code(word)),
        }
    }
}

impl Ground {
    /// Whether the ground can carry an attribute: what is forbidden cannot be given to those who apply either.
    pub fn fits(self, attribute: Attribute) -> bool {
        match attribute {
            Attribute::Proactive => false,
            Attribute::OnRequest => matches!(self, Self::NotForAll | Self::ThirdParty),
            Attribute::Withheld => self != Self::NotForAll,
        }
    }
}

impl Genre {
    /// The attribute that is suggested to the drafter; the signer decides.
    pub fn suggested(self) -> Attribute {
        match self {
            Self::RequestForInstructions | Self::Letter | Self::Report => Attribute::Withheld,
            Self::Minutes => Attribute::OnRequest,
            Self::Resolution
            | Self::Decision
            | Self::Order
            | Self::Gazette
            | Self::Proclamation
            | Self::PublicNotice
            | Self::Opinions
            | Self::Notice
            | Self::Circular
            | Self::Approval
            | Self::Bill
            | Self::Other => Attribute::Proactive,
        }
    }
}

/// Stands where the day is not known yet: nothing was formed on it, and no draft with it may be submitted.
pub const UNKNOWN_DAY: Date = Date::constant(1, 1, 1);

/// What an edition says of itself beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// 标题, the main title only.
    pub title: String,
    /// 发文字号, where the document has one.
    pub doc_no: Option<String>,
    /// 成文日期.
    pub formed_on: Date,
    /// 主题分类.
    pub theme: String,
    /// 体裁分类.
    pub genre: Genre,
    /// 组配分类: the leaf of the catalogue.
    pub catalog_node: String,
    /// 公开属性.
    pub attribute: Attribute,
    /// Why it is not published by the agency itself; compulsory for the other two attributes.
    pub attribute_reason: String,
    /// On which ground of the 条例; for the same two.
    pub ground: Option<Ground>,
    /// 有效性, for normative documents.
    pub validity: Option<Validity>,
    /// 内容概述, at most three hundred characters.
    pub summary: String,
    /// 关键词, separated by spaces.
    pub keywords: String,
}

impl Metadata {
    /// What is wrong with it, a field and a sentence each; empty where it may be reviewed.
    pub fn problems(&self, today: Date) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        let length = self.title.trim().chars().count();
        if length == 0 {
            out.push(("title", "请填写标题".to_owned()));
        } else if length > 120 {
            out.push(("title", format!("标题有{length}字，请控制在120字以内，副题写在正文里")));
        }
        if self.formed_on == UNKNOWN_DAY {
            out.push(("formed_on", "请填写成文日期".to_owned()));
        }
        if self.formed_on > today {
            out.push(("formed_on", format!("成文日期{}还没有到，请核对", self.formed_on)));
        }
        if let Some(number) = &self.doc_no
            && let Err(refusal) = tidy_doc_no(number)
        {
            out.push(("doc_no", refusal.to_string()));
        }
        if super::catalog::find(&self.catalog_node).is_none() {
            out.push(("catalog_node", "请选择目录分类".to_owned()));
        }
        if !super::catalog::THEMES.contains(&self.theme.split('\\').next().unwrap_or("")) {
            out.push(("theme", "请选择主题分类".to_owned()));
        }
        if self.attribute == Attribute::Proactive && self.summary.trim().is_empty() {
            // 条例 第十二条: a catalogue holds index, name, overview, day.
            out.push(("summary", "请用一两句话写内容概述（目录里要有，条例第十二条）".to_owned()));
        }
        if self.summary.chars().count() > 300 {
            out.push(("summary", "内容概述不超过300字".to_owned()));
        }
        if self.validity.is_none() && self.attribute == Attribute::Proactive && is_normative(&self.catalog_node) {
            out.push(("validity", "规范性文件请选择有效性".to_owned()));
        }
        if self.attribute != Attribute::Proactive && self.attribute_reason.trim().is_empty() {
            out.push(("attribute_reason", format!("属性为“{}”的，请写明理由", self.attribute.label())));
        }
        if self.attribute != Attribute::Proactive {
            match self.ground {
                None => out.push(("ground", format!("属性为“{}”的，请选择依据的条款", self.attribute.label()))),
                Some(ground) if !ground.fits(self.attribute) => {
                    out.push(("ground", format!("“{}”与属性“{}”不符", ground.label(), self.attribute.label())));
                }
                // 条例 第十四条: a law or an administrative regulation forbids; a rule of a department or an office does not.
                Some(Ground::ForbiddenByLaw) if !cites_law(&self.attribute_reason) => out.push((
                    "attribute_reason",
                    "写明禁止公开的法律或行政法规和条文，例如《……法》第几条；规章和内部规定不能作依据（条例第十四条）"
                        .to_owned(),
                )),
                Some(_) if (1..4).contains(&self.attribute_reason.trim().chars().count()) => {
                    out.push(("attribute_reason", "理由太短，写明为什么不主动公开".to_owned()));
                }
                Some(_) => {}
            }
        }
        out
    }
}

/// Whether a text names a law or an administrative regulation: 《……法》, 《……条例》.
fn cites_law(text: &str) -> bool {
    let named = text.split('《').skip(1).filter_map(|rest| rest.split_once('》')).map(|(name, _)| name.trim());
    named.into_iter().any(|name| ["法", "条例", "法典"].iter().any(|end| name.ends_with(end)))
}

/// Whether a leaf holds rules that are in force or not: regulations and 规范性文件 (条例 第二十条第一项).
fn is_normative(node: &str) -> bool {
    matches!(node, "A01-1" | "A01-2")
}

/// A document number as it is written today: `[2026]`, `（2026）` and the like become `〔2026〕`, spaces and zeros before a serial
/// go (GB/T 9704—2012, 7.2.5). Orders and announcements with a serial alone stand too: `第12号`, `2026年第3号（总第15号）`.
///
/// # Errors
/// The year or the serial is missing.
pub fn tidy_doc_no(text: &str) -> Result<String, Refusal> {
    let fault = || {
        let wrong = format!("文号“{text}”写法不规范");
        Refusal::new(wrong, "写成“示政发〔2026〕12号”的样子，年份用六角括号；令和公告可以写“第12号”“2026年第3号”")
    };
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = |text: &str| !text.is_empty() && text.len() <= 5 && text.chars().all(|c| c.is_ascii_digit());
    let opened = |at: char| matches!(at, '〔' | '[' | '［' | '(' | '（' | '【' | '﹝');
    let closed = |at: char| matches!(at, '〕' | ']' | '］' | ')' | '）' | '】' | '﹞');
    if let Some((head, rest)) = plain.split_once(opened)
        && let Some((year, rest)) = rest.split_once(closed)
        && year.len() == 4
        && digits(year)
    {
        let serial = rest.trim_start_matches('第').strip_suffix('号').ok_or_else(fault)?;
        if head.is_empty() || !digits(serial) || serial.trim_start_matches('0').is_empty() {
            return Err(fault());
        }
        return Ok(format!("{head}〔{year}〕{}号", serial.trim_start_matches('0')));
    }
    // 令 and 公告: a serial without the year in brackets.
    let (_, serial) = plain.split_once('第').ok_or_else(fault)?;
    let serial = serial.split_once('号').map(|(serial, _)| serial).ok_or_else(fault)?;
    if digits(serial) && !serial.starts_with('0') { Ok(plain) } else { Err(fault()) }
}

/// 索引号: the code of the agency, the year, and a serial of five digits per agency and year.
pub fn index_no(agency_code: &str, year: i16, serial: u32) -> String {
    format!("{agency_code}/{year}-{serial:05}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_numbers_have_twenty_characters_with_a_classic_code() {
        let number = index_no("000014349", 2017, 110);
        assert_eq!(number, "000014349/2017-00110");
        assert_eq!(number.len(), 20);
    }

    #[test]
    fn document_numbers_have_hexagonal_brackets() {
        for right in ["示政发〔2026〕12号", "国办公开办函〔2021〕30号", "第12号", "2026年第3号（总第15号）"]
        {
            assert_eq!(tidy_doc_no(right).unwrap(), right);
        }
        for old in ["示政发[2026]12号", "示政发（2026）012号", "示政发 〔2026〕 第12号", "示政发【2026】12号"]
        {
            assert_eq!(tidy_doc_no(old).unwrap(), "示政发〔2026〕12号");
        }
        for wrong in
            ["示政发〔26〕12号", "示政发〔2026〕0号", "〔2026〕1号", "示政发2026", "示政发〔2026〕", "第号", ""]
        {
            assert!(tidy_doc_no(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn article_19_what_is_not_published_needs_a_reason() {
        let day = jiff::civil::date(2026, 3, 2);
        let mut metadata = Metadata {
            title: "关于示例的通知".to_owned(),
            doc_no: None,
            formed_on: day,
            theme: "综合政务".to_owned(),
            genre: Genre::Notice,
            catalog_node: "A01-2".to_owned(),
            attribute: Attribute::Proactive,
            attribute_reason: String::new(),
            ground: None,
            validity: Some(Validity::InForce),
            summary: "示例事项的安排。".to_owned(),
            keywords: String::new(),
        };
        assert_eq!(metadata.problems(day), vec![]);
        let without = Metadata { summary: " ".to_owned(), ..metadata.clone() };
        assert_eq!(without.problems(day)[0].0, "summary", "article 12: a catalogue has an overview");
        metadata.attribute = Attribute::Withheld;
        assert_eq!(metadata.problems(day).len(), 2);
        metadata.attribute_reason = "征求意见中的过程稿".to_owned();
        metadata.ground = Some(Ground::NotForAll);
        assert_eq!(metadata.problems(day).len(), 1, "articles 13 and 19: a ground that carries another attribute");
        metadata.ground = Some(Ground::Process);
        assert_eq!(metadata.problems(day), vec![]);
        metadata.ground = Some(Ground::ForbiddenByLaw);
        for (reason, right) in
            [("按照《某某局管理规定》不公开", false), ("《统计法》第二十八条", true), ("内部", false)]
        {
            reason.clone_into(&mut metadata.attribute_reason);
            assert_eq!(metadata.problems(day).is_empty(), right, "article 14: {reason}");
        }
    }
}
