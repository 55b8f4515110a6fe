//! How often one address may ask.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Signing in and everything that checks a secret.
    SignIn,
    /// Searching and files that are set on demand.
    Costly,
    /// Answers to the questions of an application.
    Form,
    /// Applications that are sent.
    Submit,
    /// Applications that are sent without proof of work: a few from one address, then one every five minutes; and so many a minute
    /// from all addresses together.
    Unproven,
}

/// The counters by address.
pub(crate) struct Limits {
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    costly: DefaultKeyedRateLimiter<IpAddr>,
    form: DefaultKeyedRateLimiter<IpAddr>,
    submit: DefaultKeyedRateLimiter<IpAddr>,
    unproven: DefaultKeyedRateLimiter<IpAddr>,
    unproven_by_all: DefaultDirectRateLimiter,
    acts: DefaultKeyedRateLimiter<String>,
    off: bool,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits").field("off", &self.off).finish_non_exhaustive()
    }
}

const fn number(value: u32) -> NonZeroU32 {
    match NonZeroU32::new(value) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Limits {
    pub(crate) fn new(off: bool) -> Self {
        Self {
            sign_in: RateLimiter::keyed(Quota::per_minute(number(20)).allow_burst(number(20))),
            costly: RateLimiter::keyed(Quota::per_second(number(10)).allow_burst(number(60))),
            form: RateLimiter::keyed(Quota::per_minute(number(60)).allow_burst(number(60))),
            // An office lets several people use one line; whoever needs more comes in person or writes.
            submit: RateLimiter::keyed(Quota::per_hour(number(20)).allow_burst(number(20))),
            unproven: RateLimiter::keyed(Quota::per_hour(number(12)).allow_burst(number(3))),
            acts: RateLimiter::keyed(Quota::per_hour(number(10)).allow_burst(number(10))),
            unproven_by_all: RateLimiter::direct(Quota::per_minute(number(60)).allow_burst(number(60))),
            off,
        }
    }

    /// Whether somebody may act once more with the code of an application, wherever they are: the last four signs of a paper are soon guessed.
    pub(crate) fn may_act(&self, code: &str) -> bool {
        if self.off {
            return true;
        }
        if self.acts.len() > 50_000 {
            self.acts.retain_recent();
        }
        let plain = code.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_uppercase).collect();
        self.acts.check_key(&plain).is_ok()
    }

    /// Whether an address may ask once more.
    pub(crate) fn allows(&self, kind: Kind, address: IpAddr) -> bool {
        if self.off {
            return true;
        }
        let limiter = match kind {
            Kind::SignIn => &self.sign_in,
            Kind::Costly => &self.costly,
            Kind::Form => &self.form,
            Kind::Submit => &self.submit,
            Kind::Unproven => &self.unproven,
        };
        if limiter.len() > 50_000 {
            limiter.retain_recent();
        }
        // By the address first: one alone does not use up what all have together.
        limiter.check_key(&address).is_ok() && (kind != Kind::Unproven || self.unproven_by_all.check().is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_is_not_tried_over_and_over_wherever_it_comes_from() {
        let limits = Limits::new(false);
        for at in 0..10 {
            // However it is typed.
            assert!(limits.may_act(if at % 2 == 0 { "2345-6789-abcd" } else { "23456789ABCD" }), "{at}");
        }
        assert!(!limits.may_act("2345-6789-ABCD"));
        assert!(limits.may_act("2345-6789-ABCE"), "another code");
    }
}
