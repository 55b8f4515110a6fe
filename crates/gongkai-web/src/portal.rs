//! The portal: what the public sees.

pub(crate) mod apply;
pub(crate) mod catalog;
pub(crate) mod data;
pub(crate) mod feed;
pub(crate) mod guide;
pub(crate) mod health;
pub(crate) mod home;
pub(crate) mod item;
pub(crate) mod kept;
pub(crate) mod search;
pub(crate) mod shell;
pub(crate) mod track;
