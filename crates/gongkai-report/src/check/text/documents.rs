//! The text against table 2: R063, R064.

use gongkai_law::{CellRef, ProactiveField as F, ProactiveItem as I};

use super::{clause, differs, exact};
use crate::check::finding::Findings;
use crate::narrative::{FactKind as K, Subject};

pub(super) fn documents(subject: &Subject<'_>, out: &mut Findings) {
    let edition = subject.report.edition();
    for (kind, field) in
        [(K::NormativeIssued, F::Issued), (K::NormativeRepealed, F::Repealed), (K::NormativeInForce, F::InForce)]
    {
        let cell = CellRef::Proactive(I::NormativeDocuments, field);
        let cell = if field == F::Issued && subject.report.value(cell).is_none() {
            CellRef::Proactive(I::NormativeDocuments, F::Made)
        } else {
            cell
        };
        let Some(printed) = subject.report.value(cell) else { continue };
        let wrong = exact(subject, kind).find(|(fact, value)| *value != printed && !fact.scoped && fact.section <= 2);
        let right = exact(subject, kind).any(|(_, value)| value == printed);
        if let Some((fact, value)) = wrong.filter(|_| !right) {
            out.push(differs("R063", fact, value, vec![cell], Some(printed), "文字写", edition));
        }
    }
    for (kind, field) in [(K::Regulations, F::Issued), (K::RegulationsInForce, F::InForce)] {
        let cell = CellRef::Proactive(I::Regulations, field);
        if let Some(printed) = subject.report.value(cell)
            && let Some((fact, value)) = exact(subject, kind).find(|(fact, value)| *value != printed && !fact.scoped)
        {
            out.push(differs("R063", fact, value, vec![cell], Some(printed), "文字写", edition));
        }
    }
    for (kind, item) in [(K::Licences, I::Licences), (K::Penalties, I::Penalties), (K::Coercion, I::Coercion)] {
        let cell = CellRef::Proactive(item, F::Decisions);
        let Some(printed) = subject.report.value(cell) else { continue };
        // Items published are no decisions.
        let wrong = exact(subject, kind).find(|(fact, value)| {
            let clause = clause(subject, fact);
            *value != printed
                && !fact.scoped
                && ![
                    "公开", "发布", "公示", "信息", "公告", "清单", "目录", "事项", "归集", "报送", "累计", "同比",
                    "较", "抽查",
                ]
                .iter()
                .any(|word| clause.contains(word))
        });
        if let Some((fact, value)) = wrong {
            out.push(differs("R064", fact, value, vec![cell], Some(printed), "文字写", edition));
        }
    }
}
