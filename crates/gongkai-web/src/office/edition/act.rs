//! An act on the page of an edition: who does it, to which edition, what was posted, and where it leads.

use axum::Extension;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::response::{IntoResponse, Response};
use gongkai_model::ids::EditionId;
use gongkai_service::platform::{Actor, Fault, Services, Viewer, now};
use uuid::Uuid;

use super::with_problems;
use crate::failure::Failure;
use crate::office::draft::edition_id;
use crate::office::frame::go;
use crate::posted::Posted;
use crate::routes::named;
use crate::state::Web;

/// What every act is given.
pub(crate) struct OnEdition {
    pub(crate) web: Web,
    pub(crate) viewer: Viewer,
    pub(crate) id: EditionId,
    pub(crate) posted: Posted,
    named: Vec<(String, String)>,
}

impl OnEdition {
    pub(crate) fn services(&self) -> &Services {
        &self.web.services
    }

    pub(crate) fn actor(&self) -> &Actor {
        &self.viewer.actor
    }

    /// A field that was posted.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    /// The file that the address names.
    pub(crate) fn file(&self) -> Result<Uuid, Fault> {
        named(&self.named, "file").parse().map_err(|_not_an_id| Fault::NotFound)
    }

    /// Back to the page with a sentence on what was done; or the page again with what went wrong. An act can end the right to
    /// look: whoever did it is told on the desk.
    pub(crate) async fn end(self, outcome: Result<(), Fault>, done: &str) -> Result<Response, Failure> {
        match outcome {
            Ok(()) => match self.services().view(now(), self.actor(), self.id).await {
                Err(Fault::Refused(_)) => Ok(go("/office", "kept_apart")),
                // What was just added or written stopped the draft: that is the news.
                Ok(view)
                    if view.record.secret_mark && matches!(done, "attached" | "cleaned" | "copied" | "reopened") =>
                {
                    Ok(go(&format!("/office/editions/{}", self.id), "stopped"))
                }
                _ => Ok(go(&format!("/office/editions/{}", self.id), done)),
            },
            Err(fault) => with_problems(&self.web, &self.viewer, self.id, fault, &self.posted).await,
        }
    }
}

impl FromRequest<Web> for OnEdition {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Extension(viewer) =
            Extension::<Viewer>::from_request_parts(&mut parts, web).await.map_err(IntoResponse::into_response)?;
        let Path(all) = Path::<Vec<(String, String)>>::from_request_parts(&mut parts, web)
            .await
            .map_err(IntoResponse::into_response)?;
        let id = edition_id(named(&all, "id")).map_err(IntoResponse::into_response)?;
        let posted = Posted::from_request(Request::from_parts(parts, body), web).await?;
        Ok(Self { web: web.clone(), viewer, id, posted, named: all })
    }
}
