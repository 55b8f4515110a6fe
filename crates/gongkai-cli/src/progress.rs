//! A bar on the terminal once a work has taken more than a second.

use std::sync::Arc;
use std::time::Duration;

use gongkai_service::platform::Services;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output;

/// A bar that shows itself after a second, on a terminal alone.
pub(crate) fn bar(count: Option<u64>, template: &str) -> ProgressBar {
    if !output::on_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(count, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let later = bar.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(1));
        if !later.is_finished() {
            later.set_draw_target(ProgressDrawTarget::stderr());
        }
    });
    bar
}

/// The bar of a work on the platform.
pub(crate) struct Watch(ProgressBar);

impl Watch {
    pub(crate) fn finish(self) {
        self.0.finish_and_clear();
    }
}

/// Follows how far a work on the platform has come.
pub(crate) fn watch(services: Arc<Services>) -> Watch {
    let bar = bar(Some(0), "{spinner} {bar:30} {pos}/{len} 已用{elapsed}");
    if output::on_terminal() {
        let shown = bar.clone();
        std::thread::spawn(move || {
            while !shown.is_finished() {
                let (done, of) = services.progress().now();
                if of == 0 {
                    shown.unset_length();
                } else {
                    shown.set_length(of);
                }
                shown.set_position(done);
                shown.tick();
                std::thread::sleep(Duration::from_millis(200));
            }
        });
    }
    Watch(bar)
}
