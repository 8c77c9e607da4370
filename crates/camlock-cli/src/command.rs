//! The verbs, one file each.

pub(crate) mod decide;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod fmt;
pub(crate) mod lint;
pub(crate) mod lsp;
pub(crate) mod serve;
pub(crate) mod test;
