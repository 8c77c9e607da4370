//! Pages of faults of the document and of its elements.

fault_pages! {
    /// ## What it finds
    ///
    /// A document that is a list, a string or a number.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PolicyDocumentError`. An interface that takes the policy as a
    /// string takes it once: text that was quoted twice is a string again.
    ///
    /// ## Example
    ///
    /// ```json,CAM2001
    /// "{ \"version\": \"2.0\" }"
    /// ```
    ///
    /// A policy is an object:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2001": { spec: ["SYN-2"], }

    /// ## What it finds
    ///
    /// A document that is longer than its kind allows: 6,144 characters, blanks between tokens aside,
    /// or 20,480 bytes for a bucket policy.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PolicyDocumentLengthOverLimit`, for a session policy
    /// `InvalidParameter.PolicyTooLong`.
    ///
    /// ## Example
    ///
    /// Not shown: it takes 6,145 characters.
    ///
    /// Wildcards make lists short; else split the policy:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:Describe*", "resource": "*" }
    /// ] }
    /// ```
    "CAM2002": { spec: ["SYN-14", "RD-19"], }

    /// ## What it finds
    ///
    /// An element that the language does not have, or one that does not belong where it stands.
    ///
    /// ## Why it matters
    ///
    /// An element that is passed over could be a restriction: `conditions` for `condition` would
    /// grant without one. CAM answers `InvalidParameter.StatementError` in a statement and
    /// `InvalidParameter.PolicyDocumentError` beside it.
    ///
    /// ## Example
    ///
    /// ```json,CAM2003
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "conditions": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// Instead:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2003": { spec: ["SYN-11"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// `notaction`, `notresource` or `notprincipal`, in any spelling.
    ///
    /// ## Why it matters
    ///
    /// Another cloud has them, this language does not. CAM answers `InvalidParameter.StatementError`.
    /// There is no way to say *all but*: list what is meant, or allow more and deny the exceptions in
    /// a statement of their own.
    ///
    /// ## Example
    ///
    /// ```json,CAM2004
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "notaction": "cvm:TerminateInstances",
    ///     "action": "cvm:Describe*", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Instead:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:Describe*", "resource": "*" },
    ///   { "effect": "deny", "action": "cvm:TerminateInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2004": { spec: ["SYN-11"], }

    /// ## What it finds
    ///
    /// One element twice, in two spellings: `effect` and `Effect`.
    ///
    /// ## Why it matters
    ///
    /// They are the same element, and nobody knows which one counts. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2005
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "Effect": "deny", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Keep one of them:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2005": { spec: ["SYN-10", "SYN-13"], }

    /// ## What it finds
    ///
    /// An element with a capital first letter: `Statement`, `Effect`. All of a document are one finding, at
    /// the first.
    ///
    /// ## Why it matters
    ///
    /// It is the same element as in lower case, but newer pages ask for lower case, and a console may
    /// refuse the other one. No decision depends on it. COS hands out bucket policies in capitals, so that
    /// one is a note there.
    ///
    /// ## Example
    ///
    /// ```json,CAM2006
    /// { "version": "2.0", "statement": [
    ///   { "Effect": "allow", "Action": "cvm:DescribeInstances", "Resource": "*" }
    /// ] }
    /// ```
    ///
    /// In lower case:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2006": { spec: ["SYN-10"], fix: Safe, }

    /// ## What it finds
    ///
    /// A `version` that is not the string `"2.0"`: a number, `"1.0"`, a date.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.VersionError`. The version is that of the language, not that of
    /// your policy.
    ///
    /// ## Example
    ///
    /// ```json,CAM2007
    /// { "version": "1.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// It is always the same:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2007": { spec: ["SYN-3"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A document without `version`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.VersionError`. Only a bucket policy may leave it out.
    ///
    /// ## Example
    ///
    /// ```json,CAM2008
    /// { "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2008": { spec: ["SYN-3", "SYN-15"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A `statement` that is neither an object nor a list of objects with at least one of them.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.StatementError`. An empty list would be a policy that says
    /// nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM2009
    /// { "version": "2.0", "statement": [] }
    /// ```
    ///
    /// One statement at least:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2009": { spec: ["SYN-4"], }

    /// ## What it finds
    ///
    /// A document without `statement`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.StatementError`. The elements of a statement do not stand in the
    /// document itself.
    ///
    /// ## Example
    ///
    /// ```json,CAM2010
    /// { "version": "2.0" }
    /// ```
    ///
    /// With a list of statements:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2010": { spec: ["SYN-2", "SYN-4"], }

    /// ## What it finds
    ///
    /// More than 1,000 statements, or a document in a list that exceeds another limit of the parser.
    ///
    /// ## Why it matters
    ///
    /// A policy that CAM stores is far smaller. CAM answers `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// Not shown: it takes a thousand statements.
    ///
    /// Fewer statements say more:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2024": { spec: ["SYN-18", "RD-25"], }
}
