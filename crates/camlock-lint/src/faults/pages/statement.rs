//! Pages of faults in effects, and in elements that lack or have the wrong shape.

fault_pages! {
    /// ## What it finds
    ///
    /// An `effect` that is neither `allow` nor `deny`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.EffectError`. Letter case does not matter, blanks do: values are
    /// never trimmed.
    ///
    /// ## Example
    ///
    /// ```json,CAM2011
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow ", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// One of the two words:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2011": { spec: ["SYN-6", "SYN-17"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A statement without `effect`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.EffectError`. There is no default, neither way.
    ///
    /// ## Example
    ///
    /// ```json,CAM2012
    /// { "version": "2.0", "statement": [
    ///   { "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Say which:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2012": { spec: ["SYN-6"], }

    /// ## What it finds
    ///
    /// An `action` that is neither a string nor a list of strings.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2013
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": { "cvm": "DescribeInstances" }, "resource": "*" }
    /// ] }
    /// ```
    ///
    /// A string, or a list of them:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2013": { spec: ["SYN-7", "SYN-19"], }

    /// ## What it finds
    ///
    /// A statement without `action`, or with an empty list of actions.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionMiss`. An empty list is not *every action*, and not *none*
    /// either.
    ///
    /// ## Example
    ///
    /// ```json,CAM2014
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": [], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Name at least one:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    "CAM2014": { spec: ["SYN-7"], }

    /// ## What it finds
    ///
    /// A `resource` that is neither a string nor a list of strings with at least one of them.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceError`. An empty list is never read as `*`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2015
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": [] }
    /// ] }
    /// ```
    ///
    /// Name the resources:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2015": { spec: ["SYN-8", "SYN-19"], }

    /// ## What it finds
    ///
    /// A statement without `resource`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceError`. It is never read as `*`. Only trust policies
    /// have none.
    ///
    /// ## Example
    ///
    /// ```json,CAM2016
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject" }
    /// ] }
    /// ```
    ///
    /// Name the resources:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2016": { spec: ["SYN-8", "SYN-15"], }

    /// ## What it finds
    ///
    /// A `resource` in the trust policy of a role.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceError`. A trust policy speaks about its own role and
    /// nothing else.
    ///
    /// ## Example
    ///
    /// ```json,CAM2017,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "resource": "*",
    ///     "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    ///
    /// Without it:
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    "CAM2017": { spec: ["SYN-8", "SYN-15"], fix: Suggestion, }
}
