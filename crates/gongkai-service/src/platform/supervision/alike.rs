//! Texts that agencies share: sentences of section five that several have, whatever names and numbers they put into them (年报格式2021: 内容雷同).

use std::collections::BTreeMap;

use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;

use crate::platform::Fault;
use crate::platform::services::{Actor, Services};

/// The shortest sentence that two texts can share by more than chance, in characters that are left.
const SENTENCE: usize = 12;
/// How many sentences are told.
const TOLD: usize = 100;
/// How many agencies are named for a sentence.
const NAMED: usize = 20;

/// A sentence that several agencies have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// As the first of them writes it.
    pub sentence: String,
    /// Whether all write it word for word; else names or numbers differ.
    pub is_same: bool,
    /// How many agencies have it.
    pub agencies: usize,
    /// The names of the first of them.
    pub names: Vec<String>,
}

/// What is left of a sentence without the agency's name, numbers and marks.
fn bare(sentence: &str, name: &str) -> String {
    let without = if name.is_empty() { sentence.to_owned() } else { sentence.replace(name, "") };
    without
        .chars()
        .filter(|c| c.is_alphanumeric() && !c.is_ascii_digit() && !('０'..='９').contains(c))
        .filter(|c| !"一二三四五六七八九十百千万两零〇".contains(*c))
        .collect()
}

/// The sentences that several have, those that most have first; and how many there are in all.
fn shared(texts: &[(AgencyId, &str, &str)]) -> (Vec<(String, bool, Vec<AgencyId>)>, usize) {
    let mut by_sentence: BTreeMap<String, (String, bool, Vec<AgencyId>)> = BTreeMap::new();
    for (agency, name, text) in texts {
        for sentence in text.split(['。', '；', '\n']).map(str::trim) {
            let key = bare(sentence, name);
            if key.chars().count() < SENTENCE {
                continue;
            }
            let (first, same, agencies) =
                by_sentence.entry(key).or_insert_with(|| (sentence.to_owned(), true, Vec::new()));
            if agencies.last() != Some(agency) {
                agencies.push(*agency);
            }
            *same &= first == sentence;
        }
    }
    let mut out: Vec<_> = by_sentence.into_values().filter(|(_, _, agencies)| agencies.len() > 1).collect();
    out.sort_by(|a, b| b.2.len().cmp(&a.2.len()).then_with(|| a.0.cmp(&b.0)));
    let all = out.len();
    out.truncate(TOLD);
    (out, all)
}

impl Services {
    /// The sentences of section five that several agencies have, those that most have first, and how many such sentences there are in all.
    ///
    /// # Errors
    /// The person does not supervise; a report cannot be read.
    pub async fn alike(&self, actor: &Actor, year: i16) -> Result<(Vec<Alike>, usize), Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let mut texts: Vec<(AgencyId, String)> = Vec::new();
        for (id, agency, text) in self.store.receipt_problems(year).await? {
            let text = if let Some(text) = text {
                text
            } else {
                // Received before the text was kept beside the figures.
                let Some(receipt) = self.store.receipt(id).await? else { continue };
                self.report_of_receipt(&receipt).await?.section_text(5).to_owned()
            };
            texts.push((agency, text));
        }
        let directory = self.directory();
        let named: Vec<(AgencyId, &str, &str)> =
            texts.iter().map(|(agency, text)| (*agency, directory.name(*agency), text.as_str())).collect();
        let (found, all) = shared(&named);
        let out = found
            .into_iter()
            .map(|(sentence, is_same, agencies)| Alike {
                sentence,
                is_same,
                agencies: agencies.len(),
                names: agencies.iter().take(NAMED).map(|id| directory.name(*id).to_owned()).collect(),
            })
            .collect();
        Ok((out, all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_do_not_hide_a_shared_sentence() {
        let (one, two, three) = (
            AgencyId(uuid::Uuid::from_u128(1)),
            AgencyId(uuid::Uuid::from_u128(2)),
            AgencyId(uuid::Uuid::from_u128(3)),
        );
        let texts = [
            (
                one,
                "甲局",
                "存在的主要问题：甲局的解读形式比较单一，多以文字为主。全年组织培训3次，参加人员120人次。短句。短句",
            ),
            (
                two,
                "乙局",
                "存在的主要问题：乙局的解读形式比较单一，多以文字为主。全年组织培训两次，参加人员80人次。短句",
            ),
            (three, "丙局", "全年组织培训3次，参加人员120人次；全年组织培训3次，参加人员120人次"),
        ];
        let (found, all) = shared(&texts);
        assert_eq!(all, 2);
        // Said twice by one, it counts once; what is left of 短句 says nothing.
        assert_eq!(found.iter().map(|(_, same, who)| (*same, who.len())).collect::<Vec<_>>(), [(false, 3), (false, 2)]);
        let long = "聚焦群众关心的热点难点问题，加强政策解读和回应关切";
        let (found, _) = shared(&[(one, "甲局", long), (two, "乙局", long)]);
        assert_eq!(found, [(long.to_owned(), true, vec![one, two])]);
        assert!(shared(&[(one, "甲局", long)]).0.is_empty());
    }
}
