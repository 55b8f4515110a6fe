//! Accounts and roles.

use std::collections::BTreeSet;

use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::Role;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::entity::people::{officer, officer_role};
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_day, maybe_moment, maybe_row_day, micros, moment, row_day};

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The identity.
    pub id: OfficerId,
    /// The agency the person serves.
    pub agency: AgencyId,
    /// The section within it.
    pub section: Option<AgencyId>,
    /// What is typed to sign in.
    pub login: String,
    /// The name people see.
    pub name: String,
    /// 职务.
    pub post: String,
    /// The password as an argon2id string; none until the person has set one.
    pub password: Option<String>,
    /// The secret of the second factor in base32; none where it is not used.
    pub totp: Option<String>,
    /// The last step of the second factor that was used: no code works twice.
    pub totp_step: i64,
    /// Whether the password must be changed at the next sign-in.
    pub must_change: bool,
    /// Failed attempts in a row.
    pub failures: i32,
    /// No sign-in before this.
    pub locked_until: Option<Timestamp>,
    /// Whether the account is closed.
    pub disabled: bool,
    /// Where reminders go by mail; none where nothing is to be sent.
    pub mail: Option<String>,
    /// Since when it exists.
    pub created_at: Timestamp,
    /// For [`Error::Conflict`].
    pub version: i32,
}

/// A role with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRecord {
    /// The identity of the grant.
    pub id: Uuid,
    /// Who holds it.
    pub officer: OfficerId,
    /// The role.
    pub role: Role,
    /// From this day.
    pub from: Date,
    /// To this day, inclusive; without end where none is set.
    pub until: Option<Date>,
    /// For whom, where it is a substitution.
    pub standing_for: Option<OfficerId>,
}

impl RoleRecord {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

pub(crate) fn account(row: officer::Model) -> Result<Account, Error> {
    Ok(Account {
        id: OfficerId(row.id),
        agency: AgencyId(row.unit_id),
        section: row.section_id.map(AgencyId),
        login: row.login,
        name: row.name,
        post: row.post,
        password: row.password,
        totp: row.totp,
        totp_step: row.totp_step,
        must_change: row.must_change,
        failures: row.failures,
        locked_until: maybe_moment(row.locked_until)?,
        disabled: row.disabled,
        created_at: moment(row.created_at)?,
        mail: row.mail,
        version: row.version,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "rows are handed over one by one")]
fn role(row: officer_role::Model) -> Result<RoleRecord, Error> {
    Ok(RoleRecord {
        id: row.id,
        officer: OfficerId(row.officer_id),
        role: Role::from_code(&row.role).ok_or_else(|| Error::Broken(row.role.clone()))?,
        from: day(row.from_on)?,
        until: maybe_day(row.until_on)?,
        standing_for: row.standing_for.map(OfficerId),
    })
}

/// The account that signs in with a name.
///
/// # Errors
/// The database does not answer.
async fn by_login(on: &impl On, login: &str) -> Result<Option<Account>, Error> {
    officer::Entity::find()
        .filter(officer::Column::Login.eq(login))
        .one(on.connection())
        .await?
        .map(account)
        .transpose()
}

async fn by_id(on: &impl On, id: OfficerId) -> Result<Option<Account>, Error> {
    officer::Entity::find_by_id(id.0).one(on.connection()).await?.map(account).transpose()
}

async fn roles(on: &impl On, id: OfficerId) -> Result<Vec<RoleRecord>, Error> {
    officer_role::Entity::find()
        .filter(officer_role::Column::OfficerId.eq(id.0))
        .order_by_asc(officer_role::Column::FromOn)
        .all(on.connection())
        .await?
        .into_iter()
        .map(role)
        .collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// The account that signs in with a name.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, Error> {
                by_login(self, login).await
            }

            /// The account of an officer.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn account(&self, id: OfficerId) -> Result<Option<Account>, Error> {
                by_id(self, id).await
            }

            /// The roles an officer holds or held.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn roles(&self, id: OfficerId) -> Result<Vec<RoleRecord>, Error> {
                roles(self, id).await
            }

            /// How many accounts there are.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn account_count(&self) -> Result<u64, Error> {
                Ok(officer::Entity::find().count(self.connection()).await?)
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// The agencies that have people with accounts.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn staffed_units(&self) -> Result<BTreeSet<AgencyId>, Error> {
        let rows: Vec<Uuid> = officer::Entity::find()
            .select_only()
            .column(officer::Column::UnitId)
            .distinct()
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(AgencyId).collect())
    }

    /// The accounts of an agency, or of all, by name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn accounts(&self, agency: Option<AgencyId>) -> Result<Vec<Account>, Error> {
        let mut query = officer::Entity::find().order_by_asc(officer::Column::Login);
        if let Some(agency) = agency {
            query = query.filter(officer::Column::UnitId.eq(agency.0));
        }
        query.all(self.connection()).await?.into_iter().map(account).collect()
    }

    /// The names of some officers.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn names(&self, ids: &[OfficerId]) -> Result<Vec<(OfficerId, String)>, Error> {
        let rows: Vec<(Uuid, String)> = officer::Entity::find()
            .select_only()
            .column(officer::Column::Id)
            .column(officer::Column::Name)
            .filter(officer::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|(id, name)| (OfficerId(id), name)).collect())
    }

    /// The roles of the officers of an agency.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn roles_of_agency(&self, agency: AgencyId) -> Result<Vec<RoleRecord>, Error> {
        let officers =
            officer::Entity::find().filter(officer::Column::UnitId.eq(agency.0)).all(self.connection()).await?;
        let ids: Vec<Uuid> = officers.iter().map(|one| one.id).collect();
        officer_role::Entity::find()
            .filter(officer_role::Column::OfficerId.is_in(ids))
            .order_by_asc(officer_role::Column::FromOn)
            .all(self.connection())
            .await?
            .into_iter()
            .map(role)
            .collect()
    }
}

impl Tx {
    /// Adds an account.
    ///
    /// # Errors
    /// The sign-in name is taken.
    pub async fn insert_account(&self, account: &Account) -> Result<(), Error> {
        officer::ActiveModel {
            id: Set(account.id.0),
            unit_id: Set(account.agency.0),
            section_id: Set(account.section.map(|id| id.0)),
            login: Set(account.login.clone()),
            name: Set(account.name.clone()),
            post: Set(account.post.clone()),
            password: Set(account.password.clone()),
            totp: Set(account.totp.clone()),
            totp_step: Set(account.totp_step),
            must_change: Set(account.must_change),
            failures: Set(account.failures),
            locked_until: Set(account.locked_until.map(micros)),
            disabled: Set(account.disabled),
            created_at: Set(micros(account.created_at)),
            mail: Set(account.mail.clone()),
            version: Set(1),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// Keeps an account.
    ///
    /// # Errors
    /// It was changed since it was read.
    pub async fn update_account(&self, account: &Account) -> Result<(), Error> {
        let done = officer::Entity::update_many()
            .col_expr(officer::Column::UnitId, Expr::value(account.agency.0))
            .col_expr(officer::Column::SectionId, Expr::value(account.section.map(|id| id.0)))
            .col_expr(officer::Column::Name, Expr::value(account.name.clone()))
            .col_expr(officer::Column::Post, Expr::value(account.post.clone()))
            .col_expr(officer::Column::Password, Expr::value(account.password.clone()))
            .col_expr(officer::Column::Totp, Expr::value(account.totp.clone()))
            .col_expr(officer::Column::TotpStep, Expr::value(account.totp_step))
            .col_expr(officer::Column::MustChange, Expr::value(account.must_change))
            .col_expr(officer::Column::Failures, Expr::value(account.failures))
            .col_expr(officer::Column::LockedUntil, Expr::value(account.locked_until.map(micros)))
            .col_expr(officer::Column::Disabled, Expr::value(account.disabled))
            .col_expr(officer::Column::Mail, Expr::value(account.mail.clone()))
            .col_expr(officer::Column::Version, Expr::col(officer::Column::Version).add(1))
            .filter(officer::Column::Id.eq(account.id.0))
            .filter(officer::Column::Version.eq(account.version))
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Adds a role.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_role(&self, record: &RoleRecord) -> Result<(), Error> {
        officer_role::ActiveModel {
            id: Set(record.id),
            officer_id: Set(record.officer.0),
            role: Set(record.role.code().to_owned()),
            from_on: Set(row_day(record.from)?),
            until_on: Set(maybe_row_day(record.until)?),
            standing_for: Set(record.standing_for.map(|id| id.0)),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// Lets a role end with a day.
    ///
    /// # Errors
    /// There is no such role.
    pub async fn end_role(&self, id: Uuid, until: Date) -> Result<(), Error> {
        let done = officer_role::Entity::update_many()
            .col_expr(officer_role::Column::UntilOn, Expr::value(row_day(until)?))
            .filter(officer_role::Column::Id.eq(id))
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }
}
