//! What a file of settings says.

use camlock_lint::{
    Level, LevelError, Levels, Options, Override, PathGlobs, Settings, Suppression,
};
use camlock_policy::{AccountIds, AppId, PolicyKind, Uin};
use camlock_source::{SourceText, Span};

/// What a file of settings says; nothing of it has been opened.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Config {
    /// The file that this one is put over.
    pub extend: Option<Path>,
    /// The account file, for companions and ids.
    pub account: Option<Path>,
    /// The catalogue of services.
    pub catalog: Option<Path>,
    /// Which files are taken besides those that are known by their extensions.
    pub include: Option<PathGlobs>,
    /// Which files and folders are left out.
    pub exclude: Option<PathGlobs>,
    /// The id of the account.
    pub uin: Option<Uin>,
    /// The APPID of the account.
    pub app_id: Option<AppId>,
    /// Accounts that may be trusted.
    pub trusted_accounts: Vec<String>,
    /// Where each suppression stands.
    pub places: Vec<SuppressionPlace>,
    pub(crate) levels: Vec<(String, Level)>,
    pub(crate) overrides: Vec<Override>,
    pub(crate) kinds: Vec<(PathGlobs, PolicyKind)>,
    pub(crate) suppressions: Vec<Suppression>,
}

/// A path that a file of settings names, and where.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a path and its place")]
pub struct Path {
    /// The path as it is written, relative to the folder of the file.
    pub path: String,
    /// The file that names it.
    pub source: SourceText,
    /// Where.
    pub span: Span,
}

/// Where a suppression stands.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a file and a place")]
pub struct SuppressionPlace {
    /// The file.
    pub source: SourceText,
    /// Where.
    pub span: Span,
}

impl Config {
    /// This file over another: single values replace, lists go on.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        fn joined<T>(mut first: Vec<T>, second: Vec<T>) -> Vec<T> {
            first.extend(second);
            first
        }
        Self {
            extend: None,
            account: self.account.or(base.account),
            catalog: self.catalog.or(base.catalog),
            include: both(base.include, self.include),
            exclude: both(base.exclude, self.exclude),
            uin: self.uin.or(base.uin),
            app_id: self.app_id.or(base.app_id),
            trusted_accounts: joined(base.trusted_accounts, self.trusted_accounts),
            // A later level wins.
            levels: joined(base.levels, self.levels),
            overrides: joined(base.overrides, self.overrides),
            // The first kind counts.
            kinds: joined(self.kinds, base.kinds),
            suppressions: joined(self.suppressions, base.suppressions),
            places: joined(self.places, base.places),
        }
    }

    /// The settings of a linter. What has to be read from files is left at its default.
    pub fn settings(&self) -> Settings {
        let account = AccountIds::new(self.uin.clone(), self.app_id.clone());
        Settings {
            levels: leveled(&self.levels).unwrap_or_default(),
            overrides: self.overrides.clone(),
            kinds: self.kinds.clone(),
            suppressions: self.suppressions.clone(),
            options: Options { account, trusted_accounts: self.trusted_accounts.clone() },
            ..Settings::default()
        }
    }
}

/// Levels by how much they say: `all` first, then groups, then single rules, whatever their order.
pub(crate) fn leveled(levels: &[(String, Level)]) -> Result<Levels, LevelError> {
    let mut sorted: Vec<&(String, Level)> = levels.iter().collect();
    sorted.sort_by_key(|(name, _)| match name.as_str() {
        "all" => 0,
        name if camlock_lint::Group::parse(name).is_some() => 1,
        _ => 2,
    });
    sorted.into_iter().try_fold(Levels::default(), |all, (name, level)| all.with(name, *level))
}

fn both(base: Option<PathGlobs>, own: Option<PathGlobs>) -> Option<PathGlobs> {
    match (base, own) {
        (Some(base), Some(own)) => {
            let all = [base.globs(), own.globs()].concat();
            PathGlobs::new(&all).ok()
        }
        (base, own) => own.or(base),
    }
}
