//! How far a report is: being written, under review, signed, public.

use gongkai_model::publication::State;
use gongkai_store::AnnualReport;

use super::text::Kept;
use crate::platform::Fault;
use crate::platform::services::Services;

/// How far a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportStage {
    /// Figures follow the work, the text is written.
    Working,
    /// Reviewers read it.
    InReview,
    /// Every step has signed.
    Signed,
    /// It is public.
    Published,
    /// It was taken down.
    Withdrawn,
}

impl ReportStage {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Working => "编制中",
            Self::InReview => "审核中",
            Self::Signed => "已签发，待发布",
            Self::Published => "已公开",
            Self::Withdrawn => "已撤下",
        }
    }

    fn of(state: &State) -> Self {
        match state {
            State::Draft | State::Discarded | State::Closed => Self::Working,
            State::InReview { .. } => Self::InReview,
            State::Approved { .. } => Self::Signed,
            State::Published { .. } | State::Superseded => Self::Published,
            State::Withdrawn { .. } => Self::Withdrawn,
        }
    }

    /// Whether it is signed: what reviewers read may still be given back.
    pub(super) fn is_signed(self) -> bool {
        matches!(self, Self::Signed | Self::Published | Self::Withdrawn)
    }

    /// Whether what was fixed stands as reported.
    pub(super) fn stands(self) -> bool {
        self != Self::Working
    }
}

impl Services {
    /// How far a report is, with its edition.
    pub(super) async fn stage_of(&self, report: &AnnualReport) -> Result<(ReportStage, Option<State>), Fault> {
        let Some((_, edition)) = report.edition else { return Ok((ReportStage::Working, None)) };
        let state = self.store.edition(edition).await?.map(|record| record.edition.state);
        Ok((state.as_ref().map_or(ReportStage::Working, ReportStage::of), state))
    }

    /// What a report keeps of its figures and text, where that stands as reported.
    pub(super) async fn kept_of(&self, report: &AnnualReport) -> Result<Option<Kept>, Fault> {
        let Some(kept) = Kept::read(&report.reported)? else { return Ok(None) };
        let (stage, _) = self.stage_of(report).await?;
        Ok(stage.stands().then_some(kept))
    }
}
