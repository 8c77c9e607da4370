//! Pages of faults in principals.

fault_pages! {
    /// ## What it finds
    ///
    /// A `principal` that is neither `"*"` nor an object of `qcs`, `service` and `federated`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PrincipalError`. The names are lower case, each with a string or
    /// a list of strings.
    ///
    /// ## Example
    ///
    /// ```json,CAM2018
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "QCS": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// In lower case:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2018": { spec: ["PRN-1", "PRN-2"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A statement of a bucket or trust policy without `principal`, where the document has none
    /// either.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PrincipalError`. Nobody is not everybody.
    ///
    /// ## Example
    ///
    /// ```json,CAM2019,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole" }
    /// ] }
    /// ```
    ///
    /// Name somebody:
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    "CAM2019": { spec: ["SYN-15", "SYN-16"], }

    /// ## What it finds
    ///
    /// A `principal` in a policy of a kind that names nobody.
    ///
    /// ## Why it matters
    ///
    /// An identity policy, a boundary, a session policy and a service control policy speak about whom
    /// they are attached to. CAM answers `InvalidParameter.PrincipalError`. The official example of
    /// temporary keys has a `principal`; leave it out.
    ///
    /// ## Example
    ///
    /// ```json,CAM2020,session
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Without it:
    ///
    /// ```json,clean,session
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2020": { spec: ["SYN-15"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A `principal` in the document and another one in a statement.
    ///
    /// ## Why it matters
    ///
    /// Which one counts is not documented. CAM answers `InvalidParameter.PrincipalError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2021
    /// { "version": "2.0", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Each statement has its own:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2021": { spec: ["SYN-16"], }

    /// ## What it finds
    ///
    /// A deny for everyone: `*`, `anyone` or `anonymous`.
    ///
    /// ## Why it matters
    ///
    /// It stops unsigned requests only. Signed callers are not affected, however much the statement
    /// looks as if it locked the bucket. CAM accepts it. To stop them, name the accounts and users.
    ///
    /// ## Example
    ///
    /// ```json,CAM2025,resource
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "principal": "*", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Name whom it shall stop:
    ///
    /// ```json,clean,resource
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2025": { spec: ["EVL-10", "PRN-12"], }

    /// ## What it finds
    ///
    /// A principal that is an empty string.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PrincipalQcsError`. Mostly a variable of a template that was
    /// empty.
    ///
    /// ## Example
    ///
    /// ```json,CAM2127
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": ["", "qcs::cam::uin/100000000001:uin/100000000011"] }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Without it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": ["qcs::cam::uin/100000000001:uin/100000000011"] }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2127": { spec: ["PRN-3", "RD-20"], }

    /// ## What it finds
    ///
    /// A `*` in the list of a kind of principal.
    ///
    /// ## Why it matters
    ///
    /// Everyone is `"principal": "*"`, which is another thing to say than an identity. CAM answers
    /// `InvalidParameter.PrincipalQcsError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2128
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": ["*"] }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Name whom it is for:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": ["qcs::cam::uin/100000000001:uin/100000000011"] }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2128": { spec: ["PRN-1", "PRN-6"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A wildcard inside a principal.
    ///
    /// ## Why it matters
    ///
    /// Principals have none: an account id with a star would not stand for many accounts. CAM answers
    /// `InvalidParameter.PrincipalQcsError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2129
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/*" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// The root stands for its account, across accounts:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:root" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2129": { spec: ["PRN-6", "PRN-11"], }

    /// ## What it finds
    ///
    /// A principal of a form that does not exist.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PrincipalQcsError`. The forms are `…:uin/ID`, `…:root`,
    /// `…:groupid/ID`, `…:role/ID`, `…:roleName/NAME` and those of providers, each behind
    /// `qcs::cam::uin/ACCOUNT`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2130
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// With `uin/` in front of the account:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2130": { spec: ["PRN-3"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A mark that was to be filled in, in a principal.
    ///
    /// ## Why it matters
    ///
    /// The document is a template. CAM answers `InvalidParameter.PrincipalQcsError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2131
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/<ACCOUNT>:uin/<USER>" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Fill it in:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2131": { spec: ["PRN-3", "VAR-2"], }

    /// ## What it finds
    ///
    /// An id of an account, a user or a group that is not digits.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PrincipalQcsError`. A name or an e-mail address is no id.
    ///
    /// ## Example
    ///
    /// ```json,CAM2132
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/alice" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// The id of the user:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" }, "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2132": { spec: ["PRN-3", "RD-27"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A service principal that is not a host-like name.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PrincipalServiceNotExist`. Services are named `cvm.qcloud.com`
    /// or `cvm.cloud.tencent.com`, as the page of the service says.
    ///
    /// ## Example
    ///
    /// ```json,CAM2133
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "cvm" } }
    /// ] }
    /// ```
    ///
    /// The whole name:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    "CAM2133": { spec: ["PRN-9"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// An entry of `federated` that is not an identity provider.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PrincipalQcsError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2134
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithSAML",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:uin/100000000011" },
    ///     "condition": { "string_equal": { "saml:aud": "https://cloud.tencent.com/login/saml" } } }
    /// ] }
    /// ```
    ///
    /// The provider of the account:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRoleWithSAML",
    ///     "principal": { "federated": "qcs::cam::uin/100000000001:saml-provider/idp" },
    ///     "condition": { "string_equal": { "saml:aud": "https://cloud.tencent.com/login/saml" } } }
    /// ] }
    /// ```
    "CAM2134": { spec: ["PRN-10", "RD-20"], }
}
