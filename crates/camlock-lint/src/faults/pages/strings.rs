//! Pages of faults in quotes, and of what has none.

fault_pages! {
    /// ## What it finds
    ///
    /// Curly, full-width or single quotes around a string, and quotes as programs and web pages spell them:
    /// `\"` and `&quot;`.
    ///
    /// ## Why it matters
    ///
    /// Word processors and web pages replace straight quotes, and what is copied out of code is escaped.
    /// CAM answers `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1022
    /// { "version": "2.0", "statement": [
    ///   { “effect”: “allow”, "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With straight double quotes:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1022": { spec: ["SYN-1"], fix: Safe, }

    /// ## What it finds
    ///
    /// A string that its line does not close.
    ///
    /// ## Why it matters
    ///
    /// All that follows is read the wrong way round. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1028
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances,
    ///     "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Close it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1028": { spec: ["SYN-1"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A control character in a string, such as a tab.
    ///
    /// ## Why it matters
    ///
    /// JSON has them as escapes only. CAM answers `InvalidParameter.PolicyDocumentError`. In a name
    /// it is nearly always an accident.
    ///
    /// ## Example
    ///
    /// Not shown: the character cannot be seen.
    ///
    /// Without it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1029": { spec: ["SYN-1"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// An escape that JSON does not have, such as `\d` or `\x41`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PolicyDocumentError`. A backslash says nothing special in
    /// patterns [RES-15], so it is rarely needed.
    ///
    /// ## Example
    ///
    /// ```json,CAM1030
    /// { "version": "2.0", "statement": [
    ///   { "sid": "C:\docs",
    ///     "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// A backslash is written `\\`:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "sid": "C:\\docs",
    ///     "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1030": { spec: ["SYN-1", "RES-15"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// Half of a surrogate pair, `\ud83d` without the `\udxxx` that belongs to it.
    ///
    /// ## Why it matters
    ///
    /// It is no character, and what readers make of it differs. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1031
    /// { "version": "2.0", "statement": [
    ///   { "sid": "\ud83d",
    ///     "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Write both halves, or the character itself:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "sid": "\ud83d\ude00",
    ///     "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1031": { spec: ["RD-18"], }

    /// ## What it finds
    ///
    /// A word without quotes where a value belongs, or a number in a form that JSON does not have.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PolicyDocumentError`. `True`, `None` and `0x10` are of other
    /// languages.
    ///
    /// ## Example
    ///
    /// ```json,CAM1032
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": [cvm:DescribeInstances], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// In quotes:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    "CAM1032": { spec: ["SYN-1"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// The name of a member without quotes, as in JavaScript.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1033
    /// { "version": "2.0", "statement": [
    ///   { effect: "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// In quotes:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1033": { spec: ["SYN-1"], fix: Safe, }
}
