//! Finds legacy short names of regions.

use camlock_policy::Region;
use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A region by its legacy short name, such as `gz`.
    ///
    /// ## Why it matters
    ///
    /// The short names of ten regions still work; those of newer regions do not exist. Current names
    /// are what the console and the calls show.
    ///
    /// ## Example
    ///
    /// ```json,CAM9003
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "qcs::cvm:gz::instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) ShortRegion = {
        code: "CAM9003",
        name: "short-region",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "a region by its legacy short name",
        spec: ["RES-7"],
        fix: Safe,
    }
}

impl Rule for ShortRegion {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        // A malformed name has other troubles, and a repair of it could not be shown to be safe.
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, _, _, region, _, _]) = parts else { return };
        let own = Region::new(region.text);
        let current = own.canonical();
        if current != region.text {
            cx.report(&region, format!("`{}` is a legacy name of `{current}`", region.text))
                .help(format!("write `{current}`"))
                .safe_fix(format!("write `{current}`"), [Edit::replace(region.span, current)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_the_ten_names_of_the_table() {
        check(
            "CAM9003",
            r#"{"effect": "allow", "action": "cvm:*", "resource": [
            "qcs::cvm:«gz»::*", "qcs::cvm:«sgp»::*", "qcs::cvm:shanghai::*", "qcs::cvm:::*", "gz", "qcs::cvm:gz:1:*"]}"#,
        );
    }

    #[test]
    fn the_current_name_is_written() {
        let text = |region: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm:{region}::instance/*"}}"#
            )
        };
        check_fix("CAM9003", Grade::Safe, &text("bj"), &text("ap-beijing"));
    }
}
