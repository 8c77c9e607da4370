//! Pages of faults in conditions: operators and keys.

fault_pages! {
    /// ## What it finds
    ///
    /// A `condition`, or what stands under an operator, of the wrong shape.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionError`. Operators map to keys, and keys to values.
    ///
    /// ## Example
    ///
    /// ```json,CAM2022
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": [{ "ip_equal": { "qcs:ip": "10.0.0.0/8" } }] }
    /// ] }
    /// ```
    ///
    /// An object of objects:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2022": { spec: ["SYN-9", "CND-1"], }

    /// ## What it finds
    ///
    /// An operator without keys, or a key without values.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionError`. It compares nothing, and whether that holds is
    /// not documented.
    ///
    /// ## Example
    ///
    /// ```json,CAM2023
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": [] } } }
    /// ] }
    /// ```
    ///
    /// One value at least:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2023": { spec: ["CND-1"], }

    /// ## What it finds
    ///
    /// A condition operator that does not exist.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionTypeError`. There are 23, spelled exactly; there is no
    /// `bool_not_equal` and no `string_contain`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2135
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equals": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// As the table writes it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2135": { spec: ["CND-5", "CND-6"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A condition operator of another cloud.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionTypeError`. The names are near, the meaning is not
    /// always: where a key is missing, a negated operator fails here and holds there.
    ///
    /// ## Example
    ///
    /// ```json,CAM2136
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "IpAddress": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// The operator of CAM:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2136": { spec: ["CND-6", "CND-11"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A suffix that is not `_if_exist`, such as `_if_exists`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionTypeError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2137
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal_if_exists": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// Without the `s`:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal_if_exist": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2137": { spec: ["CND-6", "CND-7"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// `null_equal` with a qualifier or a suffix.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionTypeError`. It asks whether the key is missing, so
    /// neither says anything.
    ///
    /// ## Example
    ///
    /// ```json,CAM2138
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "null_equal_if_exist": { "vpc:requester_vpc": true } } }
    /// ] }
    /// ```
    ///
    /// It stands alone:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "null_equal": { "vpc:requester_vpc": true } } }
    /// ] }
    /// ```
    "CAM2138": { spec: ["CND-8", "CND-23"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A condition key that is an empty string.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2139
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// Name the key:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2139": { spec: ["RD-28"], }

    /// ## What it finds
    ///
    /// A condition key with a blank in it.
    ///
    /// ## Why it matters
    ///
    /// Keys are never trimmed: ` qcs:ip` is another key, which no request has. CAM answers
    /// `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2140
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs: ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// Without it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2140": { spec: ["SYN-17", "CND-24"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A variable in a condition key.
    ///
    /// ## Why it matters
    ///
    /// Variables are replaced in values and resources only. CAM answers
    /// `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2141
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "qcs:resource_tag/${uin}": "game" } } }
    /// ] }
    /// ```
    ///
    /// Write the key out:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "qcs:resource_tag/team": "game" } } }
    /// ] }
    /// ```
    "CAM2141": { spec: ["VAR-2"], }

    /// ## What it finds
    ///
    /// A well-known condition key in another letter case.
    ///
    /// ## Why it matters
    ///
    /// Keys are case-sensitive. The key would be missing in every request: an allow would grant
    /// nothing, a deny would stop nothing. CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2142
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:IP": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// As it is documented:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2142": { spec: ["CND-24", "RD-21"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// The form of a tag key that names its tag, without the name.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2143
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "qcs:resource_tag/": "game" } } }
    /// ] }
    /// ```
    ///
    /// Name the tag:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "qcs:resource_tag/team": "game" } } }
    /// ] }
    /// ```
    "CAM2143": { spec: ["CND-27"], }

    /// ## What it finds
    ///
    /// A well-known key under an operator that it does not take.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionError`. An address that is compared as text would not
    /// know ranges.
    ///
    /// ## Example
    ///
    /// ```json,CAM2144
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "qcs:ip": "10.0.0.1" } } }
    /// ] }
    /// ```
    ///
    /// The operator of its type:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.1" } } }
    /// ] }
    /// ```
    "CAM2144": { spec: ["CND-25"], }

    /// ## What it finds
    ///
    /// More values than a condition key takes; `oidc:sub` takes ten.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2145
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithWebIdentity",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:oidc-provider/idp" },
    ///     "condition": {
    ///       "string_equal": { "oidc:iss": "https://idp.example.com", "oidc:aud": "client" },
    ///       "string_like": { "oidc:sub": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"] } } }
    /// ] }
    /// ```
    ///
    /// Ten at most:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithWebIdentity",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:oidc-provider/idp" },
    ///     "condition": {
    ///       "string_equal": { "oidc:iss": "https://idp.example.com", "oidc:aud": "client" },
    ///       "string_like": { "oidc:sub": ["a", "b"] } } }
    /// ] }
    /// ```
    "CAM2145": { spec: ["CND-25", "RD-21"], }
}
