//! An edition as a row, and a row as an edition.

use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::officer::Role;
use gongkai_model::publication::{
    Attribute, Chain, Channel, Edition, Genre, Ground, Metadata, SecrecyOpinion, Signature, State, Validity, Verdict,
};
use sea_orm::ActiveValue::{NotSet, Set};

use super::{EditionRecord, Extras};
use crate::Error;
use crate::entity::publication::{edition, signature};
use crate::time::{day, maybe_day, maybe_moment, maybe_row_day, micros, moment, row_day};

pub(super) fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Returned => "returned",
        Verdict::Referred => "referred",
    }
}

pub(super) fn sign(row: signature::Model) -> Result<Signature, Error> {
    let broken = |what: &str| Error::Broken(what.to_owned());
    Ok(Signature {
        round: u32::try_from(row.round).map_err(|_negative| broken("round"))?,
        step: usize::try_from(row.step).map_err(|_negative| broken("step"))?,
        role: Role::from_code(&row.role).ok_or_else(|| broken(&row.role))?,
        officer: OfficerId(row.officer_id),
        standing_for: row.standing_for.map(OfficerId),
        at: moment(row.signed_at)?,
        verdict: match row.verdict.as_str() {
            "passed" => Verdict::Passed,
            "returned" => Verdict::Returned,
            "referred" => Verdict::Referred,
            other => return Err(broken(other)),
        },
        comment: row.comment,
        secrecy: if row.secrecy.is_empty() {
            None
        } else {
            let stored = SecrecyOpinion::stored(&row.secrecy, &row.basis, &row.concerns);
            Some(stored.ok_or_else(|| broken("secrecy"))?)
        },
        content: row.content,
    })
}

fn state(row: &edition::Model) -> Result<State, Error> {
    let broken = || Error::Broken(format!("edition {} {}", row.id, row.state));
    Ok(match row.state.as_str() {
        "draft" => State::Draft,
        "in_review" => State::InReview { step: usize::try_from(row.step).map_err(|_negative| broken())? },
        "approved" => State::Approved { publish_at: maybe_moment(row.publish_at)? },
        "published" => State::Published { at: moment(row.published_at.ok_or_else(broken)?)? },
        "superseded" => State::Superseded,
        "withdrawn" => {
            State::Withdrawn { at: moment(row.withdrawn_at.ok_or_else(broken)?)?, reason: row.withdrawn_reason.clone() }
        }
        "closed" => State::Closed,
        "discarded" => State::Discarded,
        _ => return Err(broken()),
    })
}

pub(super) fn record(row: edition::Model, signatures: Vec<Signature>) -> Result<EditionRecord, Error> {
    let broken = |what: &str| Error::Broken(format!("edition {}: {what}", row.id));
    let state = state(&row)?;
    let authors = row
        .authors
        .split_whitespace()
        .map(|id| id.parse().map_err(|_not_an_id| broken("authors")))
        .collect::<Result<Vec<OfficerId>, Error>>()?;
    Ok(EditionRecord {
        id: EditionId(row.id),
        publication: PublicationId(row.publication_id),
        agency: AgencyId(row.unit_id),
        section: row.section_id.map(AgencyId),
        number: row.number,
        edition: Edition {
            authors,
            chain: Chain::from_codes(&row.chain).map_err(|_refused| broken("chain"))?,
            content: row.content,
            round: u32::try_from(row.round).map_err(|_negative| Error::Broken("round".to_owned()))?,
            urgent: row.urgent_reason,
            signatures,
            state,
        },
        metadata: Metadata {
            title: row.title,
            doc_no: row.doc_no,
            formed_on: day(row.formed_on)?,
            theme: row.theme,
            genre: Genre::from_code(&row.genre).ok_or_else(|| Error::Broken(row.genre.clone()))?,
            catalog_node: row.catalog_node,
            attribute: Attribute::from_code(&row.attribute).ok_or_else(|| Error::Broken(row.attribute.clone()))?,
            attribute_reason: row.attribute_reason,
            ground: row.ground.as_deref().and_then(Ground::from_code),
            validity: row.validity.as_deref().and_then(Validity::from_code),
            summary: row.summary,
            keywords: row.keywords,
        },
        extras: Extras {
            change_note: row.change_note,
            review_by: maybe_day(row.review_by)?,
            effective_on: maybe_day(row.effective_on)?,
            repealed_on: maybe_day(row.repealed_on)?,
            channels: row.channels.split(';').filter_map(Channel::from_code).collect(),
            counts_from: maybe_day(row.counts_from)?,
            explains: row.explains.map(PublicationId),
        },
        secret_mark: row.secret_mark,
        help_wanted: row.help_wanted,
        withdrawn: maybe_moment(row.withdrawn_at)?.map(|at| (at, row.withdrawn_reason)),
        body: row.body,
        submitted_at: maybe_moment(row.submitted_at)?,
        updated_at: moment(row.updated_at)?,
        published_at: maybe_moment(row.published_at)?,
        version: row.version,
    })
}

pub(super) fn active(record: &EditionRecord) -> Result<edition::ActiveModel, Error> {
    let (edition, metadata, extras) = (&record.edition, &record.metadata, &record.extras);
    let step = match edition.state {
        State::InReview { step } => i32::try_from(step).map_err(|_wide| Error::Broken("step".to_owned()))?,
        State::Draft
        | State::Approved { .. }
        | State::Published { .. }
        | State::Superseded
        | State::Withdrawn { .. }
        | State::Closed
        | State::Discarded => -1,
    };
    let (withdrawn_at, withdrawn_reason) = match &edition.state {
        State::Withdrawn { at, reason } => (Some(micros(*at)), reason.clone()),
        State::InReview { .. }
        | State::Draft
        | State::Approved { .. }
        | State::Published { .. }
        | State::Superseded
        | State::Closed
        | State::Discarded => match &record.withdrawn {
            Some((at, reason)) => (Some(micros(*at)), reason.clone()),
            None => (None, String::new()),
        },
    };
    let publish_at = match edition.state {
        State::Approved { publish_at } => publish_at.map(micros),
        State::InReview { .. }
        | State::Draft
        | State::Published { .. }
        | State::Superseded
        | State::Withdrawn { .. }
        | State::Closed
        | State::Discarded => None,
    };
    Ok(edition::ActiveModel {
        id: NotSet,
        publication_id: Set(record.publication.0),
        unit_id: Set(record.agency.0),
        section_id: Set(record.section.map(|id| id.0)),
        number: Set(record.number),
        state: Set(edition.state.code().to_owned()),
        step: Set(step),
        publish_at: Set(publish_at),
        published_at: Set(record.published_at.map(micros)),
        withdrawn_at: Set(withdrawn_at),
        withdrawn_reason: Set(withdrawn_reason),
        authors: Set(edition.authors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        chain: Set(edition.chain.codes()),
        content: Set(edition.content.clone()),
        round: Set(i32::try_from(edition.round).map_err(|_wide| Error::Broken("round".to_owned()))?),
        change_note: Set(extras.change_note.clone()),
        urgent_reason: Set(edition.urgent.clone()),
        urgent_settled: Set(edition.urgent.is_empty() || edition.holding().len() == edition.chain.steps().len()),
        review_by: Set(maybe_row_day(extras.review_by)?),
        title: Set(metadata.title.clone()),
        doc_no: Set(metadata.doc_no.clone()),
        formed_on: Set(row_day(metadata.formed_on)?),
        theme: Set(metadata.theme.clone()),
        genre: Set(metadata.genre.code().to_owned()),
        catalog_node: Set(metadata.catalog_node.clone()),
        attribute: Set(metadata.attribute.code().to_owned()),
        attribute_reason: Set(metadata.attribute_reason.clone()),
        validity: Set(metadata.validity.map(|one| one.code().to_owned())),
        effective_on: Set(maybe_row_day(extras.effective_on)?),
        repealed_on: Set(maybe_row_day(extras.repealed_on)?),
        summary: Set(metadata.summary.clone()),
        keywords: Set(metadata.keywords.clone()),
        channels: Set(extras.channels.iter().map(|one| one.code()).collect::<Vec<_>>().join(";")),
        counts_from: Set(maybe_row_day(extras.counts_from)?),
        ground: Set(metadata.ground.map(|one| one.code().to_owned())),
        secret_mark: Set(record.secret_mark),
        help_wanted: Set(record.help_wanted),
        explains: Set(extras.explains.map(|id| id.0)),
        submitted_at: Set(record.submitted_at.map(micros)),
        updated_at: Set(micros(record.updated_at)),
        version: NotSet,
        body: Set(record.body.clone()),
    })
}
