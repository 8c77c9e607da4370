//! Pages of faults in actions.

fault_pages! {
    /// ## What it finds
    ///
    /// An action that is an empty string.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionError`. Mostly a variable of a template that was empty.
    ///
    /// ## Example
    ///
    /// ```json,CAM2101
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances", ""], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Without it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    "CAM2101": { spec: ["ACT-1", "SYN-19"], }

    /// ## What it finds
    ///
    /// An action without a colon, which names no service.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionError`. Pages about calls name the operation alone; a
    /// policy names the service too.
    ///
    /// ## Example
    ///
    /// ```json,CAM2102
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With its service:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2102": { spec: ["ACT-1"], }

    /// ## What it finds
    ///
    /// An action in which service and operation are separated by a dot.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionError`. The dot comes from pages about calls, where
    /// `clb.DescribeLoadBalancers` is how people name them.
    ///
    /// ## Example
    ///
    /// ```json,CAM2103
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "clb.DescribeLoadBalancers", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Write the colon:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "clb:DescribeLoadBalancers", "resource": "*" }
    /// ] }
    /// ```
    "CAM2103": { spec: ["ACT-1"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// An action with a full-width colon `：`.
    ///
    /// ## Why it matters
    ///
    /// Input methods write it, and inside a string no JSON checker finds it. CAM answers
    /// `InvalidParameter.ActionError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2104
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm：DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With the ASCII colon:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2104": { spec: ["ACT-1"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// An action with more than one colon.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionError`. Resources have doubled colons, actions have one.
    ///
    /// ## Example
    ///
    /// ```json,CAM2105
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm::DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With one:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2105": { spec: ["ACT-1"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// An action that contains a blank.
    ///
    /// ## Why it matters
    ///
    /// Blanks are never trimmed. Read literally, a deny of `cvm: TerminateInstances` would stop
    /// nothing, so it is refused. CAM answers `InvalidParameter.ActionError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2106
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm: TerminateInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Without it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:TerminateInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2106": { spec: ["ACT-1", "SYN-17"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// An action whose service or operation is empty: `cvm:`, `:DescribeInstances`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionError`. Nothing is not a wildcard.
    ///
    /// ## Example
    ///
    /// ```json,CAM2107
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// A wildcard says what is meant:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:Describe*", "resource": "*" }
    /// ] }
    /// ```
    "CAM2107": { spec: ["ACT-1", "ACT-4"], }

    /// ## What it finds
    ///
    /// A character that the name of a service does not have, such as a capital letter.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionError`. Services are lower-case letters, digits, `_` and
    /// `-`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2108
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "CVM:DescribeInstances", "resource": "*" }
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
    "CAM2108": { spec: ["ACT-1", "ACT-6"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A character that the name of an operation does not have, such as `?` or `-`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ActionError`. The only wildcard is `*`; `?` is none.
    ///
    /// ## Example
    ///
    /// ```json,CAM2109
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstance?", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With `*`:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstance*", "resource": "*" }
    /// ] }
    /// ```
    "CAM2109": { spec: ["ACT-1", "ACT-5"], }

    /// ## What it finds
    ///
    /// A wildcard in part of a service, or a wildcard for the service beside a concrete operation.
    ///
    /// ## Why it matters
    ///
    /// How much that covers is not documented, so it is refused. CAM answers
    /// `InvalidParameter.ActionError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2110
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "*:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Name the services:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances", "lighthouse:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    "CAM2110": { spec: ["ACT-3"], }

    /// ## What it finds
    ///
    /// A numbered action set of older policies: `permid/280655`.
    ///
    /// ## Why it matters
    ///
    /// Nobody outside the platform knows what the number stands for, and passing over it could lose a
    /// deny. CAM answers `InvalidParameter.ActionError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2111
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "permid/280655", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Name the actions:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM2111": { spec: ["ACT-7"], }

    /// ## What it finds
    ///
    /// A request that names an action with a wildcard.
    ///
    /// ## Why it matters
    ///
    /// A request is about one operation. Policies may have wildcards, so no document has this fault.
    ///
    /// ## Example
    ///
    /// Not shown: only requests have it.
    ///
    /// In a policy the wildcard is fine:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:Describe*", "resource": "*" }
    /// ] }
    /// ```
    "CAM2112": { spec: ["ACT-8"], }
}
