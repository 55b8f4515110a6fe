//! Who may open an application, and who may work on it: personal data are for those who handle the case (domain: 申请人信息仅承办可见).

use gongkai_model::officer::{Act, Role};
use gongkai_store::{ApplicationRecord, LetterRecord, LetterSignature, LetterState};

use crate::platform::Fault;
use crate::platform::services::{Actor, Services};

/// Whether a person works on an application: of the disclosure office, or the one it was given to.
pub(super) fn works_on(actor: &Actor, record: &ApplicationRecord) -> bool {
    actor.may(Act::Handle, record.agency)
        || (record.handler == Some(actor.id())
            && actor.may(Act::Look, record.agency)
            && !actor.officer.grants.is_empty())
}

/// # Errors
/// The person does not work on it.
pub(super) fn must_work_on(actor: &Actor, record: &ApplicationRecord) -> Result<(), Fault> {
    if works_on(actor, record) { Ok(()) } else { Err(Fault::Forbidden) }
}

/// The role whose signature a letter waits for.
pub(in crate::platform) fn next_signer(letter: &LetterRecord, signatures: &[LetterSignature]) -> Option<Role> {
    let done = signatures.iter().filter(|one| one.round == letter.round && one.approved).count();
    letter.chain.get(done).copied().filter(|_| letter.state == LetterState::InReview)
}

impl Services {
    /// Lets those in who work on an application, and those who sign or have signed one of its letters.
    ///
    /// # Errors
    /// Anybody else.
    pub(super) async fn must_open(
        &self,
        actor: &Actor,
        record: &ApplicationRecord,
        letters: &[LetterRecord],
    ) -> Result<(), Fault> {
        if works_on(actor, record) {
            return Ok(());
        }
        if actor.agency() != record.agency {
            return Err(Fault::Forbidden);
        }
        for letter in letters.iter().filter(|one| one.round > 0) {
            let signatures = self.store.letter_signatures(letter.id).await?;
            let signs = next_signer(letter, &signatures)
                .is_some_and(|role| actor.officer.signs(role, record.section).is_some());
            if signs || signatures.iter().any(|one| one.officer == actor.id()) {
                return Ok(());
            }
        }
        Err(Fault::Forbidden)
    }
}
