//! From the tokens behind a label to the cells of a row.

use super::token::{Token, TokenKind};

/// What stands behind a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RowValues {
    /// One token for each column; `None` for a blank that the source does not mark.
    Cells(Vec<Option<usize>>),
    /// A single value where several belong: the total, perhaps.
    Single(usize),
    /// Nothing is printed behind the label.
    Nothing,
    /// Digits of several cells in one token.
    Glued(usize),
    /// Values that cannot be told apart.
    Unclear,
}

/// Assigns the tokens `from..to` to `count` columns.
///
/// `columns` gives the grid column of each value column where the header tells it.
pub(crate) fn row_values(
    tokens: &[Token],
    from: usize,
    to: usize,
    count: usize,
    columns: Option<&[usize]>,
) -> RowValues {
    let span: Vec<usize> = (from..to).collect();
    let kind = |at: &usize| tokens.get(*at).map(|token| token.kind);
    let numbers: Vec<usize> =
        span.iter().copied().filter(|at| matches!(kind(at), Some(TokenKind::Value | TokenKind::Glued))).collect();
    if let [only] = numbers.as_slice()
        && kind(only) == Some(TokenKind::Glued)
    {
        return if count == 1 { RowValues::Cells(vec![Some(*only)]) } else { RowValues::Glued(*only) };
    }
    let mut hard: Vec<usize> = span.iter().copied().filter(|at| kind(at) != Some(TokenKind::SoftBlank)).collect();
    if numbers.len() == count && count > 0 {
        // As many values as columns: blanks around them are padding.
        let first_count: Vec<Option<usize>> = hard.iter().take(count).map(|at| Some(*at)).collect();
        let blanks_first = hard.iter().take(count).filter(|at| kind(at) == Some(TokenKind::HardBlank)).count();
        if blanks_first == 0 {
            return RowValues::Cells(first_count);
        }
        return RowValues::Cells(numbers.into_iter().map(Some).collect());
    }
    // As many cells as columns: in order, unless a blank comes first that may belong to the label.
    if hard.len() == count && count > 1 && hard.first().is_some_and(|at| kind(at) != Some(TokenKind::HardBlank)) {
        return RowValues::Cells(hard.into_iter().map(Some).collect());
    }
    if let Some(columns) = columns
        && let Some(cells) = by_columns(tokens, &hard, columns)
    {
        return RowValues::Cells(cells);
    }
    while hard.len() > count && hard.last().is_some_and(|at| kind(at) == Some(TokenKind::HardBlank)) {
        hard.pop();
    }
    let leading = hard.iter().take_while(|at| kind(at) == Some(TokenKind::HardBlank)).count();
    if hard.len() > count {
        let drop = (hard.len() - count).min(leading);
        hard.drain(..drop);
    }
    if count == 1 {
        return match numbers.as_slice() {
            [] if hard.is_empty() => RowValues::Nothing,
            [] => RowValues::Cells(vec![hard.first().copied()]),
            [one] => RowValues::Cells(vec![Some(*one)]),
            _ => RowValues::Unclear,
        };
    }
    if hard.len() == count {
        return RowValues::Cells(hard.into_iter().map(Some).collect());
    }
    let soft = span.len() - hard.len();
    if soft > 0 && span.len() == count {
        return RowValues::Cells(span.into_iter().map(Some).collect());
    }
    match numbers.as_slice() {
        [] if hard.is_empty() => RowValues::Nothing,
        [] => RowValues::Cells(vec![None; count]),
        [one] => RowValues::Single(*one),
        _ => RowValues::Unclear,
    }
}

fn by_columns(tokens: &[Token], hard: &[usize], columns: &[usize]) -> Option<Vec<Option<usize>>> {
    let mut cells = vec![None; columns.len()];
    let mut placed = 0;
    for at in hard {
        let token = tokens.get(*at)?;
        let (_, column) = token.grid?;
        if token.kind == TokenKind::HardBlank {
            if let Some(slot) = columns.iter().position(|c| *c == column).and_then(|i| cells.get_mut(i)) {
                *slot = Some(*at);
            }
            continue;
        }
        // A value that stands under no heading would be lost: then the columns do not fit.
        let slot = columns.iter().position(|c| *c == column).and_then(|i| cells.get_mut(i))?;
        *slot = Some(*at);
        placed += 1;
    }
    (placed > 0 || hard.len() >= columns.len()).then_some(cells)
}

/// All ways to cut `digits` into `count` numbers without leading zeros for which `fits` holds; at most `most`.
pub(crate) fn cuts(digits: &str, count: usize, most: usize, fits: &dyn Fn(&[u64]) -> bool) -> Vec<Vec<u64>> {
    let digits: Vec<u64> = digits.chars().filter_map(|c| c.to_digit(10)).map(u64::from).collect();
    let mut found = Vec::new();
    if digits.len() < count || digits.len() > count * 6 {
        return found;
    }
    let mut budget = 200_000_u32;
    let mut search = Search { most, fits, found: &mut found, budget: &mut budget };
    search.cut(&digits, count, &mut Vec::with_capacity(count));
    found
}

struct Search<'a> {
    most: usize,
    fits: &'a dyn Fn(&[u64]) -> bool,
    found: &'a mut Vec<Vec<u64>>,
    budget: &'a mut u32,
}

impl Search<'_> {
    fn cut(&mut self, rest: &[u64], count: usize, taken: &mut Vec<u64>) {
        if self.found.len() >= self.most || *self.budget == 0 {
            return;
        }
        *self.budget -= 1;
        if count == 0 {
            if rest.is_empty() && (self.fits)(taken) {
                self.found.push(taken.clone());
            }
            return;
        }
        let longest = if rest.first() == Some(&0) { 1 } else { 6 };
        let mut number = 0_u64;
        for length in 1..=longest.min(rest.len()) {
            number = number * 10 + rest.get(length - 1).copied().unwrap_or(0);
            if rest.len() - length < count - 1 {
                break;
            }
            taken.push(number);
            self.cut(rest.get(length..).unwrap_or(&[]), count - 1, taken);
            taken.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_digits_are_cut_by_the_row_sum() {
        let fits = |n: &[u64]| n.iter().take(6).sum::<u64>() == *n.last().unwrap();
        assert_eq!(cuts("0000000", 7, 9, &fits), vec![vec![0; 7]]);
        assert_eq!(cuts("4100005", 7, 9, &fits), vec![vec![4, 1, 0, 0, 0, 0, 5]]);
        assert!(cuts("123", 7, 9, &fits).is_empty());
        // 11+1, 1+11 and 1+1+10 all make 12: the row alone cannot tell.
        assert_eq!(cuts("111000012", 7, 9, &fits).len(), 3);
    }
}
