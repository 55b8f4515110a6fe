//! An article of an instrument, cited to its paragraph (款) and item (项).

use std::fmt;

use crate::Instrument;

/// A provision as letters, refusals and explanations cite it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Article {
    /// The instrument.
    pub instrument: Instrument,
    /// 条; 0 where the instrument has none or is cited as a whole.
    pub number: u16,
    /// 款; 0 where the article has one or none is meant.
    pub paragraph: u8,
    /// 项; 0 where none is meant.
    pub item: u8,
}

impl Article {
    /// 第`number`条 of an instrument.
    pub const fn of(instrument: Instrument, number: u16) -> Self {
        Self { instrument, number, paragraph: 0, item: 0 }
    }

    /// 第`number`条 of the Regulation.
    pub const fn regulation(number: u16) -> Self {
        Self::of(Instrument::Regulation, number)
    }

    /// The same with a 款.
    #[must_use]
    pub const fn paragraph(self, paragraph: u8) -> Self {
        Self { paragraph, ..self }
    }

    /// The same with a 项.
    #[must_use]
    pub const fn item(self, item: u8) -> Self {
        Self { item, ..self }
    }

    /// Without the instrument: `第三十六条第五项`.
    pub fn bare(self) -> String {
        // An instrument without numbered articles is cited by its items, or as a whole.
        let mut out = if self.number == 0 { String::new() } else { format!("第{}条", numeral(self.number)) };
        if self.paragraph > 0 {
            out.push_str(&format!("第{}款", numeral(u16::from(self.paragraph))));
        }
        if self.item > 0 {
            out.push_str(&format!("第{}项", numeral(u16::from(self.item))));
        }
        out
    }

    /// As a letter cites it: `《中华人民共和国政府信息公开条例》第三十六条第五项`.
    pub fn full(self) -> String {
        format!("{}{}", self.instrument.full_name(), self.bare())
    }
}

impl fmt::Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.instrument.short_name(), self.bare())
    }
}

/// Several articles of one letter: the instrument is named where it changes.
pub fn cite(articles: &[Article]) -> String {
    let mut out = String::new();
    let mut last: Option<Instrument> = None;
    for article in articles {
        if !out.is_empty() {
            out.push('、');
        }
        if last != Some(article.instrument) {
            out.push_str(article.instrument.full_name());
        }
        out.push_str(&article.bare());
        last = Some(article.instrument);
    }
    out
}

/// A number below 1,000 in Chinese numerals: `二十`, `一百零一`.
pub fn numeral(number: u16) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |n: u16| DIGITS.get(usize::from(n)).copied().unwrap_or('〇');
    let (hundreds, tens, ones) = (number / 100 % 10, number / 10 % 10, number % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push(digit(hundreds));
        out.push('百');
    }
    if tens > 0 {
        if !(tens == 1 && hundreds == 0) {
            out.push(digit(tens));
        }
        out.push('十');
    } else if hundreds > 0 && ones > 0 {
        out.push('零');
    }
    if ones > 0 || number == 0 {
        out.push(digit(ones));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_cited_to_paragraph_and_item() {
        assert_eq!(Article::regulation(36).item(5).full(), "《中华人民共和国政府信息公开条例》第三十六条第五项");
        assert_eq!(Article::regulation(33).paragraph(2).to_string(), "《政府信息公开条例》第三十三条第二款");
        assert_eq!(Article::of(Instrument::CivilCode, 201).bare(), "第二百零一条");
        assert_eq!([10, 11, 20, 100, 110].map(numeral), ["十", "十一", "二十", "一百", "一百一十"]);
        let notice = Article::of(Instrument::ReorganisationInterpretation, 0).item(4);
        assert_eq!(
            cite(&[notice, Article::of(Instrument::ArchivesLaw, 0)]),
            "国办公开办函〔2019〕14号第四项、《中华人民共和国档案法》"
        );
        assert_eq!(
            cite(&[Article::regulation(15), Article::regulation(32), Article::of(Instrument::ReconsiderationLaw, 23)]),
            "《中华人民共和国政府信息公开条例》第十五条、第三十二条、《中华人民共和国行政复议法》第二十三条"
        );
    }
}
