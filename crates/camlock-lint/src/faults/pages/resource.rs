//! Pages of faults in resources.

fault_pages! {
    /// ## What it finds
    ///
    /// A resource that is neither `*` nor a name of six segments.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceQcsError`. Mostly a colon is missing: the project behind
    /// `qcs` is empty and keeps its colon, and so do an empty region and account.
    ///
    /// ## Example
    ///
    /// ```json,CAM2113
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "qcs:cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// With all five colons:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2113": { spec: ["RES-2"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A resource with six segments of which the first is not `qcs`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceQcsError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2114
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "QCS::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// In lower case:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2114": { spec: ["RES-3"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// The resource name of another cloud.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceQcsError`. The parts differ in order and meaning;
    /// rewrite it.
    ///
    /// ## Example
    ///
    /// ```json,CAM2115
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "arn:aws:s3:::logs/*" }
    /// ] }
    /// ```
    ///
    /// As a six-segment name:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    "CAM2115": { spec: ["RES-2", "RES-3"], }

    /// ## What it finds
    ///
    /// A concrete project in the second segment, such as `id/1001`.
    ///
    /// ## Why it matters
    ///
    /// Projects were of the old CAM. The segment promises a restriction that nothing enforces. CAM
    /// answers `InvalidParameter.ResourceProjectError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2116
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs:id/1001:cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    ///
    /// Leave it empty:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    "CAM2116": { spec: ["RES-4"], }

    /// ## What it finds
    ///
    /// A service segment that is no name of a service: capital letters, part of a wildcard.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceContentError`. Empty or `*` is every service.
    ///
    /// ## Example
    ///
    /// ```json,CAM2117
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::CVM:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    ///
    /// In lower case:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    "CAM2117": { spec: ["RES-5", "RES-23"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A region segment that is no name of a region.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceRegionError`. Regions are lower-case letters, digits and
    /// `-`; empty or `*` is every region.
    ///
    /// ## Example
    ///
    /// ```json,CAM2118
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap_guangzhou::instance/*" }
    /// ] }
    /// ```
    ///
    /// As the platform writes it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    "CAM2118": { spec: ["RES-6", "RES-7"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A wildcard in part of a region: `ap-*`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceRegionError`. A segment before the last is a name or a
    /// lone `*`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2119
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-*::instance/*" }
    /// ] }
    /// ```
    ///
    /// Name the regions:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": ["qcs::cvm:ap-guangzhou::instance/*", "qcs::cvm:ap-shanghai::instance/*"] }
    /// ] }
    /// ```
    "CAM2119": { spec: ["RES-6", "RES-23"], }

    /// ## What it finds
    ///
    /// An account segment that is neither empty, `*`, `uin/` nor `uid/` with digits.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceUinError`. Mostly a segment is missing or two have
    /// changed places, so that something else stands where the account belongs.
    ///
    /// ## Example
    ///
    /// ```json,CAM2120
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou:instance:ins-1" }
    /// ] }
    /// ```
    ///
    /// An empty account is the own one:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou::instance/ins-1" }
    /// ] }
    /// ```
    "CAM2120": { spec: ["RES-8"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// Digits without `uin/` or `uid/` in the account segment.
    ///
    /// ## Why it matters
    ///
    /// The two count differently: `uin/` is the id of the root account, `uid/` the APPID, which COS
    /// uses. CAM answers `InvalidParameter.ResourceUinError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2121
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou:100000000001:instance/*" }
    /// ] }
    /// ```
    ///
    /// With the prefix:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    "CAM2121": { spec: ["RES-8", "RES-9"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A variable outside the last segment.
    ///
    /// ## Why it matters
    ///
    /// Variables are replaced in the last segment only. CAM answers the code of the segment, such as
    /// `InvalidParameter.ResourceUinError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2122
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou:uin/${owner_uin}:instance/*" }
    /// ] }
    /// ```
    ///
    /// An empty account is that of the owner of the policy:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    "CAM2122": { spec: ["VAR-2", "RES-8"], }

    /// ## What it finds
    ///
    /// A mark that was to be filled in, in a segment before the last: `<AppId>`, `${OwnerUin}`,
    /// `100000***001`.
    ///
    /// ## Why it matters
    ///
    /// The document is a template. CAM answers the code of the segment, such as
    /// `InvalidParameter.ResourceUinError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2123
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou:uin/<ACCOUNT>:instance/*" }
    /// ] }
    /// ```
    ///
    /// Fill it in:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    "CAM2123": { spec: ["VAR-2", "VAR-4", "RES-8"], }

    /// ## What it finds
    ///
    /// A variable in the path of a COS resource.
    ///
    /// ## Why it matters
    ///
    /// COS replaces none there. CAM answers `InvalidParameter.ResourceContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2124
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/${uin}/*" }
    /// ] }
    /// ```
    ///
    /// Write the path out:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject", "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/100000000011/*" }
    /// ] }
    /// ```
    "CAM2124": { spec: ["VAR-3"], }

    /// ## What it finds
    ///
    /// A variable that does not exist in the last segment.
    ///
    /// ## Why it matters
    ///
    /// There are `${uin}`, `${owner_uin}` and `${app_id}`, spelled exactly so. Anything else is a
    /// template that nobody filled in. CAM answers `InvalidParameter.ResourceContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2125
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou::instance/${InstanceId}" }
    /// ] }
    /// ```
    ///
    /// Fill it in:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StopInstances", "resource": "qcs::cvm:ap-guangzhou::instance/ins-1" }
    /// ] }
    /// ```
    "CAM2125": { spec: ["VAR-1", "VAR-4"], }

    /// ## What it finds
    ///
    /// A `${` that no `}` closes.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.ResourceContentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM2126
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser", "resource": "qcs::cam:::uin/${uin" }
    /// ] }
    /// ```
    ///
    /// Close it:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser", "resource": "qcs::cam:::uin/${uin}" }
    /// ] }
    /// ```
    "CAM2126": { spec: ["VAR-4"], }
}
