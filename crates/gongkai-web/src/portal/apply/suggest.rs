//! What is already public and looks like what is asked for: people write sentences, titles hold words.

use std::cmp::Reverse;

use gongkai_model::ids::PublicationId;
use gongkai_service::platform::{ApplicationForm, ItemSummary, SearchInput};

use crate::state::Web;

/// How many are shown.
const SHOWN: usize = 5;
/// How many searches one form may cost.
const SEARCHES: usize = 12;

/// Words that say nothing of what is wanted.
const STOCK: [&str; 29] = [
    "我想要",
    "我想",
    "我要",
    "请求",
    "提供",
    "依法",
    "申请",
    "公开",
    "获取",
    "查询",
    "查阅",
    "复制",
    "有关",
    "关于",
    "相关",
    "本人",
    "贵局",
    "贵委",
    "贵单位",
    "全部",
    "所有",
    "政府信息",
    "信息",
    "材料",
    "资料",
    "表格",
    "情况",
    "文件",
    "的",
];

/// The words of a sentence without those that say nothing, and the years in it.
fn pieces(text: &str, organ: &str) -> (Vec<String>, Vec<String>) {
    let mut plain = text.replace(organ, " ");
    for word in STOCK {
        plain = plain.replace(word, " ");
    }
    let (mut words, mut years): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut word = String::new();
    let mut chars = plain.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() && word.is_empty() {
            let mut number = String::from(c);
            while let Some(next) = chars.next_if(char::is_ascii_digit) {
                number.push(next);
            }
            if number.len() == 4 && chars.next_if_eq(&'年').is_some() {
                chars.next_if_eq(&'度');
                years.push(number);
            } else {
                word = number;
            }
        } else if c.is_alphanumeric() {
            if c.is_ascii_digit() && word.chars().last().is_some_and(|last| !last.is_ascii_alphanumeric()) {
                words.push(std::mem::take(&mut word));
            }
            word.push(c);
        } else {
            words.push(std::mem::take(&mut word));
        }
    }
    words.push(word);
    words.retain(|word| word.chars().count() >= 2);
    (words, years)
}

/// The runs of some length of a word; the word itself where it is no longer.
fn runs(word: &str, length: usize) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() <= length {
        vec![word.to_owned()]
    } else {
        chars.windows(length).map(|run| run.iter().collect()).collect()
    }
}

/// Those found, each with how much of the question it holds.
#[derive(Default)]
struct Weighed(Vec<(usize, ItemSummary)>);

impl Weighed {
    fn add(&mut self, weight: usize, items: Vec<ItemSummary>) {
        for item in items {
            let id: PublicationId = item.row.publication;
            match self.0.iter_mut().find(|(_, known)| known.row.publication == id) {
                Some((sum, _)) => *sum += weight,
                None => self.0.push((weight, item)),
            }
        }
    }
}

/// What is already public and looks like what is asked for: the whole first, then by words and their parts; the own organ before others, the
/// year that was named before other years. A help: the form goes on without it.
pub(super) async fn looked_for(web: &Web, code: &str, organ: &str, form: &ApplicationForm) -> Vec<ItemSummary> {
    let mut found = Weighed::default();
    let mut left = SEARCHES;
    let mut ask = async |q: &str, agency: &str| -> Vec<ItemSummary> {
        if left == 0 || q.trim().is_empty() {
            return Vec::new();
        }
        left -= 1;
        let input = SearchInput { q: q.to_owned(), agency: agency.to_owned(), page: 1, ..SearchInput::default() };
        web.services.search(&input).await.map(|page| page.items).unwrap_or_default()
    };
    let title: String = form.title.chars().take(60).collect();
    for q in [form.doc_no.as_str(), title.as_str()].into_iter().filter(|q| q.chars().count() >= 2) {
        for agency in [code, ""] {
            found.add(if agency.is_empty() { 50 } else { 100 }, ask(q, agency).await);
        }
    }
    let (words, years) = pieces(&title, organ);
    if found.0.is_empty() {
        found.add(20, ask(&words.join(" "), "").await);
    }
    // Runs of four first: shorter ones only where those find nothing.
    for length in [4, 3] {
        if !found.0.is_empty() {
            break;
        }
        for word in &words {
            // A run over a joint of the sentence is chance.
            for run in
                runs(word, length).into_iter().filter(|run| !run.contains(['和', '与', '及', '或', '在', '对', '为']))
            {
                let weight = run.chars().count();
                found.add(weight, ask(&run, "").await);
            }
        }
    }
    // A part that is less than half of a word is chance.
    let least = words.iter().map(|word| word.chars().count().div_ceil(2)).min().unwrap_or(1);
    let mut all = found.0;
    all.retain(|(weight, _)| *weight >= least.min(4));
    all.sort_by_key(|(weight, item)| {
        let own = usize::from(item.agency_code == code);
        let year = usize::from(years.iter().any(|year| item.row.title.contains(year.as_str())));
        Reverse((*weight, year, own))
    });
    all.into_iter().take(SHOWN).map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_into_what_it_asks_for() {
        let of = |text: &str| pieces(text, "示例区审计局");
        assert_eq!(of("我想要2025年部门预算"), (vec!["部门预算".to_owned()], vec!["2025".to_owned()]));
        assert_eq!(of("示例区审计局2025年度部门决算表格"), (vec!["部门决算".to_owned()], vec!["2025".to_owned()]));
        assert_eq!(of("双随机检查").0, ["双随机检查"]);
        assert_eq!(runs("双随机检查", 3), ["双随机", "随机检", "机检查"]);
        assert_eq!(of("申请公开有关材料").0, Vec::<String>::new());
    }
}
