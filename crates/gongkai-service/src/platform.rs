//! The platform: people, publications, the portal. One function for each act, each one transaction.

mod account;
mod annual;
mod applications;
mod audit;
mod backup;
mod calendar;
mod check;
mod clock;
mod copy;
mod demo;
mod desk;
mod directory;
mod draft;
mod export;
mod extract;
mod fault;
mod file;
mod follow;
mod guide;
mod import;
mod inspect;
mod jobs;
mod mail;
mod moved;
mod notices;
mod org;
mod people;
mod portal;
mod progress;
mod proof;
mod publish;
mod quarantine;
mod review;
mod secret;
mod services;
mod set_back;
mod staffed;
mod substitution;
mod supervision;
mod tampering;
mod term;
mod text;
mod token;
mod vault;

pub use account::{SetUp, SignedIn, Stage, Viewer};
pub use annual::{
    AdjustmentInput, Behind, BehindPage, Figures, Grid, GridCell, LedgerInput, LedgerLine, LedgerPage, PublicYear,
    ReportFinding, ReportPage, ReportStage, ReportText,
};
pub use applications::{
    ANSWERS, Answered, ApplicationForm, ApplicationView, CONSULTED, DisputeView, DraftView, Earlier, Ended, FactField,
    FollowAct, FollowedLetter, Following, Intake, Joinable, LARGEST_PUBLIC, LetterContent, LetterPage, LetterService,
    LetterView, Moved, NewDispute, NewLetter, NoteText, NoteView, Offers, OpenDraft, PaperView, Party, PartyView,
    Reassessed, Received, SignatureView, WithheldPart, WithheldView,
};
pub use audit::{AuditQuestion, AuditVerdict, PublicStep};
pub use backup::{BackupSummary, Doctor};
pub use calendar::{CalendarView, CalendarYear, EnteredPlan, PlanPreview};
pub use check::Finding;
pub use clock::{local_date, now, pretend, written_date, written_moment, written_publication};
pub use demo::{DemoAccount, PASSWORD as DEMO_PASSWORD};
pub use desk::{Columns, Desk, Glance, OpenClock, Task, Urgency, Wanting};
pub use directory::{Agency, AgencySettings, Directory, MailHours, SiteSettings};
pub use draft::{DraftInput, EditionView, NewDraft};
pub use extract::{CLEAN, EXTRACT, Extracted, REPORT, answer_bytes, extract_bytes};
pub use fault::Fault;
pub use file::{AttachmentView, Upload};
pub use gongkai_law::CellRef;
pub use gongkai_store::{
    AnnualReport, ApplicationFilter, ApplicationRecord, DeskFilter, DeskRow, KeyFigures, LedgerEntry, LedgerOrigin,
    LetterState, Notice, PageCheck, Receipt, ReceiptLine, ReceiptState, WithheldRecord, YearSum,
};
pub use guide::{Guide, GuideProposal};
pub use import::{CASE_COLUMNS, DISPUTE_COLUMNS, ImportOutcome, LEDGER_COLUMNS, RefusedRow};
pub use mail::{MailSettings, MailState};
pub use moved::MovedDay;
pub use people::{NewOfficer, OfficerView};
pub use portal::{ItemPage, ItemSummary, ListPage, PastEdition, SearchInput, SearchPage};
pub use progress::Progress;
pub use proof::{ProofVerdict, check_item};
pub use review::Difference;
pub use services::{Actor, Options, Services};
pub use supervision::{
    AgencyYears, Alike, Compared, Contribution, FiledReport, Filing, Outlier, ReceiptFinding, ReceiptPage, Reporting,
    ReportingPage, Score, ScoreRules, Share, Standing, SumPage, Summed,
};
pub use text::{Offered, has_fonts};
pub use token::{NewToken, Scope, TokenActor};
