//! Long answers, page by page.

use crate::ApiError;
use crate::params::Params;

/// So many items are on one page.
const MOST: u64 = 200;
/// `ListPolicies` and `ListAttachedUserAllPolicies` have no page behind this one.
const LAST_PAGE: u64 = 200;
const DEFAULT: u64 = 20;

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    start: u64,
    length: u64,
}

impl Page {
    /// By `Page`, from 1, and `Rp` items a page.
    pub(crate) fn numbered(params: Params<'_>) -> Result<Self, ApiError> {
        Self::numbered_up_to(params, u64::MAX)
    }

    /// The same for the two calls that are described with a last page.
    pub(crate) fn limited(params: Params<'_>) -> Result<Self, ApiError> {
        Self::numbered_up_to(params, LAST_PAGE)
    }

    fn numbered_up_to(params: Params<'_>, last: u64) -> Result<Self, ApiError> {
        let number = within(params, "Page", 1, 1..=last)?;
        let length = within(params, "Rp", DEFAULT, 1..=MOST)?;
        Ok(Self { start: (number - 1).saturating_mul(length), length })
    }

    /// By `Offset`, from 0, and `Limit`.
    pub(crate) fn from_offset(params: Params<'_>) -> Result<Self, ApiError> {
        let start = params.number("Offset").unwrap_or(0);
        let length = within(params, "Limit", DEFAULT, 1..=MOST)?;
        Ok(Self { start, length })
    }

    /// The items of the page, and how many there are in all.
    pub(crate) fn cut<T>(self, items: Vec<T>) -> (Vec<T>, usize) {
        let total = items.len();
        let place = |number| usize::try_from(number).unwrap_or(usize::MAX);
        let items = items.into_iter().skip(place(self.start)).take(place(self.length));
        (items.collect(), total)
    }
}

fn within(
    params: Params<'_>,
    name: &str,
    default: u64,
    range: std::ops::RangeInclusive<u64>,
) -> Result<u64, ApiError> {
    let number = params.number(name).unwrap_or(default);
    if range.contains(&number) {
        return Ok(number);
    }
    let (start, end) = (*range.start(), *range.end());
    Err(ApiError::parameter(if end == u64::MAX {
        format!("`{name}` has to be {start} or more.")
    } else {
        format!("`{name}` has to be from {start} to {end}.")
    }))
}
