//! What grows around an application: letters with their signatures, files, notes, those who are asked; drafts of the public page.

mod draft;
mod letter;
mod note;
mod paper;

pub use draft::ApplicationDraft;
pub use letter::{LetterRecord, LetterSignature, LetterState};
pub use note::{CaseNote, ConsultationRecord};
pub use paper::CasePaper;

use gongkai_model::ids::ApplicationId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::Error;
use crate::entity::application::application_step;
use crate::entity::casework::{case_consultation, case_letter, case_note, case_paper, case_signature};
use crate::entity::dispute::{dispute, withheld};
use crate::store::{On, Tx};

fn broken(what: &str) -> Error {
    Error::Broken(format!("casework {what}"))
}

fn small(number: i32) -> Result<u16, Error> {
    u16::try_from(number).map_err(|_wide| broken("number"))
}

impl Tx {
    /// Erases what was sealed around an application: notes, files, those who were asked, what letters say, words beside steps and
    /// signatures. Numbers and days of the letters stay.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn erase_casework(&self, id: ApplicationId) -> Result<(), Error> {
        let connection = self.connection();
        case_note::Entity::delete_many().filter(case_note::Column::ApplicationId.eq(id.0)).exec(connection).await?;
        case_paper::Entity::delete_many().filter(case_paper::Column::ApplicationId.eq(id.0)).exec(connection).await?;
        case_consultation::Entity::delete_many()
            .filter(case_consultation::Column::ApplicationId.eq(id.0))
            .exec(connection)
            .await?;
        for letter in self.letters(id).await? {
            case_signature::Entity::update_many()
                .col_expr(case_signature::Column::Comment, Expr::value(""))
                .filter(case_signature::Column::LetterId.eq(letter.id.0))
                .exec(connection)
                .await?;
        }
        case_letter::Entity::update_many()
            .col_expr(case_letter::Column::Sealed, Expr::value(""))
            .col_expr(case_letter::Column::Text, Expr::value(Option::<String>::None))
            .col_expr(case_letter::Column::Proof, Expr::value(""))
            .filter(case_letter::Column::ApplicationId.eq(id.0))
            .exec(connection)
            .await?;
        application_step::Entity::update_many()
            .col_expr(application_step::Column::Note, Expr::value(Option::<String>::None))
            .filter(application_step::Column::ApplicationId.eq(id.0))
            .exec(connection)
            .await?;
        dispute::Entity::update_many()
            .col_expr(dispute::Column::Lesson, Expr::value(""))
            .filter(dispute::Column::ApplicationId.eq(id.0))
            .exec(connection)
            .await?;
        withheld::Entity::update_many()
            .col_expr(withheld::Column::Subject, Expr::value("（已清除）"))
            .filter(withheld::Column::ApplicationId.eq(id.0))
            .exec(connection)
            .await?;
        Ok(())
    }
}
