//! Applications for information: from receipt on, each step as the law allows it. Personal data are sealed; who opens them is
//! recorded.

mod follow;
mod form;
mod intake;
mod standing;
mod steps;
mod view;

pub use follow::Following;
pub use form::ApplicationForm;
pub use intake::{Intake, Received};
pub use steps::Moved;
pub use view::{ApplicationView, Earlier};
