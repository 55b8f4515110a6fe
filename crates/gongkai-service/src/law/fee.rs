//! The processing fee, with the calculation written out.

use gongkai_law::{Fee, FeeError};
use serde_json::{Value, json};

/// By piece or by page, never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeQuestion {
    /// The N-th applications of one applicant in a calendar month.
    Nth(Vec<u64>),
    /// So many pages of one application.
    Pages(u64),
}

fn fees(question: &FeeQuestion) -> Result<Vec<Fee>, FeeError> {
    match question {
        FeeQuestion::Nth(list) => list.iter().map(|nth| Fee::of_piece(*nth)).collect(),
        FeeQuestion::Pages(pages) => Ok(vec![Fee::of_pages(*pages)?]),
    }
}

/// `{ "yuan", "calculation", "basis" }`.
///
/// # Errors
/// A count no fee can be told for.
pub fn fee_json(question: &FeeQuestion) -> Result<Value, String> {
    let fees = fees(question).map_err(|error| error.to_string())?;
    let total: u64 = fees.iter().map(|fee| fee.yuan.0).sum();
    let calculation: Vec<String> = fees.iter().map(Fee::written_out).collect();
    let basis = fees.first().map(|fee| fee.article.to_string());
    Ok(json!({ "yuan": total, "calculation": calculation, "basis": basis }))
}

/// The same in words.
///
/// # Errors
/// A count no fee can be told for.
pub fn fee_text(question: &FeeQuestion) -> Result<String, String> {
    let fees = fees(question).map_err(|error| error.to_string())?;
    let total: u64 = fees.iter().map(|fee| fee.yuan.0).sum();
    let mut out: Vec<String> = fees.iter().map(Fee::written_out).collect();
    if fees.len() > 1 {
        out.push(format!("共计{total}元"));
    }
    if let Some(fee) = fees.first() {
        out.push(format!(
            "依据：{}。是否收费、按件还是按量，由行政机关决定，同一申请不能两种都收（第三条）",
            fee.article
        ));
    }
    Ok(out.join("\n"))
}
