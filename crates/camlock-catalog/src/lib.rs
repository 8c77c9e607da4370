//! Which services, actions, resource forms and condition keys there are: data with a date.
//!
//! The platform grows faster than any list of it, so a catalogue never says what is right, only what
//! was known on its [`date`](Catalog::date), and whoever reports something because of it names that
//! date. [`Catalog::builtin`] is compiled in; [`Catalog::read`] takes a newer one at run time.
//!
//! # Examples
//!
//! ```
//! use camlock_catalog::{AccessLevel, Catalog};
//!
//! let catalog = Catalog::builtin();
//! let cos = catalog.service("cos").unwrap();
//! let get = cos.action("GetObject").unwrap();
//! assert_eq!(get.access_level(), AccessLevel::Read);
//! assert_eq!(cos.action("GetObjekt"), None);
//! assert_eq!(cos.close_action("GetObjekt").unwrap().name(), "GetObject");
//! ```
//!
//! What it does not do: it knows nothing of policies, and nothing here is asked on the way to a
//! decision.

mod catalog;
mod close;
mod entry;
mod error;
mod glob;
mod read;

pub use catalog::Catalog;
pub use close::closest;
pub use entry::{AccessLevel, ActionEntry, Granularity, ResourceForm, Service};
pub use error::CatalogError;
pub use glob::matches;
