//! Pages of faults in the values of conditions.

fault_pages! {
    /// ## What it finds
    ///
    /// A condition value of a type that does not go with its operator: `null`, an object, a list in a
    /// list, a boolean under a string operator.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2146
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": true } } }
    /// ] }
    /// ```
    ///
    /// Of the type of the operator:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "logs%2F" } } }
    /// ] }
    /// ```
    "CAM2146": { spec: ["CND-15"], }

    /// ## What it finds
    ///
    /// A value under a numeric operator that is not a number.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionContentError`. Units, thousands separators and blanks
    /// are not part of a number.
    ///
    /// ## Example
    ///
    /// ```json,CAM2147
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "numeric_less_than": { "cos:content-length": "10 MB" } } }
    /// ] }
    /// ```
    ///
    /// Digits:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "numeric_less_than": { "cos:content-length": 10485760 } } }
    /// ] }
    /// ```
    "CAM2147": { spec: ["CND-18"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A number with a fraction or an exponent under a string operator.
    ///
    /// ## Why it matters
    ///
    /// Its text is not one: 1.2 and 1.20 are the same number. CAM answers
    /// `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2148
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": 1.2 } } }
    /// ] }
    /// ```
    ///
    /// As a string:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "1.2" } } }
    /// ] }
    /// ```
    "CAM2148": { spec: ["RD-13", "CND-15"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A value under a date operator that is not a time in UTC.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionContentError`. A date without a time, and an offset
    /// other than `+00:00`, are refused.
    ///
    /// ## Example
    ///
    /// ```json,CAM2149
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-01-31" } } }
    /// ] }
    /// ```
    ///
    /// With a time, in UTC:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-01-31T00:00:00Z" } } }
    /// ] }
    /// ```
    "CAM2149": { spec: ["CND-19"], }

    /// ## What it finds
    ///
    /// A value under `bool_equal` or `null_equal` that is neither `true` nor `false`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2150
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "bool_equal": { "cos:secure-transport": "True" } } }
    /// ] }
    /// ```
    ///
    /// In lower case:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "bool_equal": { "cos:secure-transport": "true" } } }
    /// ] }
    /// ```
    "CAM2150": { spec: ["CND-20", "CND-23"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A value under an address operator that is neither an address nor a range.
    ///
    /// ## Why it matters
    ///
    /// Masked addresses of examples, wildcards, leading zeros and prefixes that are too long are
    /// refused. CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2151
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.*.*.*" } } }
    /// ] }
    /// ```
    ///
    /// As a range:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    "CAM2151": { spec: ["CND-22"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A `*` inside the text of `string_like`.
    ///
    /// ## Why it matters
    ///
    /// Documented are stars at the two ends. As a wildcard an inner one could allow too much, as text
    /// deny too little. CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2152
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_like": { "cos:prefix": "logs%2F*%2F2026" } } }
    /// ] }
    /// ```
    ///
    /// At the end:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_like": { "cos:prefix": "logs%2F*" } } }
    /// ] }
    /// ```
    "CAM2152": { spec: ["CND-17"], }

    /// ## What it finds
    ///
    /// A variable that does not exist in a condition value.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionContentError`. Anything but `${uin}`, `${owner_uin}`,
    /// `${app_id}` and the two tag variables is a template that nobody filled in.
    ///
    /// ## Example
    ///
    /// ```json,CAM2153
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "${UserName}%2F" } } }
    /// ] }
    /// ```
    ///
    /// One that exists:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "${uin}%2F" } } }
    /// ] }
    /// ```
    "CAM2153": { spec: ["VAR-1", "VAR-4", "VAR-7"], }

    /// ## What it finds
    ///
    /// A `${` in a condition value that no `}` closes.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2154
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "${uin%2F" } } }
    /// ] }
    /// ```
    ///
    /// Close it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "${uin}%2F" } } }
    /// ] }
    /// ```
    "CAM2154": { spec: ["VAR-4"], }

    /// ## What it finds
    ///
    /// A variable of the caller's tags under `binary_equal`.
    ///
    /// ## Why it matters
    ///
    /// They are for string operators. CAM answers `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2155
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "for_any_value:binary_equal": { "qcs:resource_tag": "team&${qcs:principal_tag_value}" } } }
    /// ] }
    /// ```
    ///
    /// Under a string operator:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "team&${qcs:principal_tag_value}" } } }
    /// ] }
    /// ```
    "CAM2155": { spec: ["VAR-7", "RD-16"], }

    /// ## What it finds
    ///
    /// A tag without `&` under a key that reads all tags.
    ///
    /// ## Why it matters
    ///
    /// A tag is written `key&value`; text without `&` would equal none. CAM answers
    /// `InvalidParameter.ConditionContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2156
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "team:game" } } }
    /// ] }
    /// ```
    ///
    /// With `&`:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "for_any_value:string_equal": { "qcs:resource_tag": "team&game" } } }
    /// ] }
    /// ```
    "CAM2156": { spec: ["CND-26"], fix: Suggestion, }
}
