#![doc = include_str!("../README.md")]

mod api;
mod assets;
mod failure;
mod guard;
mod limit;
mod office;
mod portal;
mod posted;
mod routes;
mod serve;
mod state;

pub use routes::{Access, ROUTES, Route, router};
pub use serve::serve;
pub use state::{Web, WebSettings};
