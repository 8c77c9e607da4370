//! Pages of faults of the text as a whole.

fault_pages! {
    /// ## What it finds
    ///
    /// A text in which there is nothing, or nothing but blanks.
    ///
    /// ## Why it matters
    ///
    /// A file that was emptied by mistake, or a template that printed nothing, grants nothing and
    /// denies nothing. CAM answers `InvalidParameter.PolicyDocumentEmpty`; a deny that should be in
    /// the file is missing.
    ///
    /// ## Example
    ///
    /// ```json,CAM1010
    /// ```
    ///
    /// Write a policy:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1010": { spec: ["SYN-1", "RD-19"], }

    /// ## What it finds
    ///
    /// A text that is longer than 1 MiB.
    ///
    /// ## Why it matters
    ///
    /// No policy is: its kind allows 6,144 characters or 20,480 bytes, so nearly all of such a text
    /// is blanks or something else. CAM answers `InvalidParameter.PolicyDocumentError`. It is not
    /// read any further.
    ///
    /// ## Example
    ///
    /// Not shown: the text would fill a thousand pages.
    ///
    /// A policy is short:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1011": { spec: ["SYN-14"], }

    /// ## What it finds
    ///
    /// More than 10,000 faults of the JSON in one text.
    ///
    /// ## Why it matters
    ///
    /// The rest is left out: such a text is no policy, and a finding a byte would bury what matters.
    /// CAM answers `InvalidParameter.PolicyDocumentError`. Mend the first findings and look again.
    ///
    /// ## Example
    ///
    /// Not shown: it takes ten thousand faults.
    ///
    /// A text that is JSON has none:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1012": { }

    /// ## What it finds
    ///
    /// Objects and lists that are nested deeper than 16.
    ///
    /// ## Why it matters
    ///
    /// No element needs more than six. CAM answers `InvalidParameter.PolicyDocumentError`. What is
    /// nested deeper is passed over, so that no text can exhaust the memory of whoever reads it.
    ///
    /// ## Example
    ///
    /// ```json,CAM1013
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*",
    ///     "sid": [[[[[[[[[[[[[["deep"]]]]]]]]]]]]]] }
    /// ] }
    /// ```
    ///
    /// Instead:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*",
    ///     "sid": "flat" }
    /// ] }
    /// ```
    "CAM1013": { spec: ["SYN-18", "RD-25"], }

    /// ## What it finds
    ///
    /// An object or a list with more than 10,000 members.
    ///
    /// ## Why it matters
    ///
    /// A policy of 6,144 characters cannot hold them. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// Not shown: the list would be long.
    ///
    /// Wildcards say the same in one entry:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:Describe*", "resource": "*" }
    /// ] }
    /// ```
    "CAM1014": { spec: ["SYN-18", "RD-25"], }

    /// ## What it finds
    ///
    /// A name that stands twice in one object.
    ///
    /// ## Why it matters
    ///
    /// Readers disagree on which one counts: some keep the first, some the last, some both. What one
    /// of them reads as a narrow statement another one reads as a wide one. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1015
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "action": "cvm:RunInstances",
    ///     "resource": "*" }
    /// ] }
    /// ```
    ///
    /// One member may have a list of values:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances", "cvm:DescribeImages"], "resource": "*" }
    /// ] }
    /// ```
    "CAM1015": { spec: ["SYN-13"], }

    /// ## What it finds
    ///
    /// A byte order mark, mostly at the start of the file.
    ///
    /// ## Why it matters
    ///
    /// Some editors write it in front of UTF-8. It is no part of JSON: CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// Not shown: the mark cannot be seen.
    ///
    /// The same text without it is read:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1027": { spec: ["SYN-1"], fix: Safe, }

    /// ## What it finds
    ///
    /// Text in brackets that was to be filled in, outside of any string: `<AppId>`, `${OwnerUin}`,
    /// `[UIN]`.
    ///
    /// ## Why it matters
    ///
    /// The document is a template. CAM answers `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1034
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": [<ACTION>], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Fill it in:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    "CAM1034": { spec: ["SYN-1"], }

    /// ## What it finds
    ///
    /// A bracket that is missing, one too many, or one of the wrong sort.
    ///
    /// ## Why it matters
    ///
    /// What stands between the brackets may belong to another element than it was meant for. CAM
    /// answers `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1035
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// }
    /// ```
    ///
    /// Close the list:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1035": { spec: ["SYN-1"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// More text behind the end of the document.
    ///
    /// ## Why it matters
    ///
    /// Two documents in one file, or a rest of an older one. CAM answers
    /// `InvalidParameter.PolicyDocumentError`. None of them counts.
    ///
    /// Where whole policies stand one behind another, each is looked at by itself, and this is said once: as
    /// a warning, or as an info where each has a line of its own.
    ///
    /// ## Example
    ///
    /// ```json,CAM1036
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// { "version": "2.0" }
    /// ```
    ///
    /// One document a file; several stand in a list, or one a line in a file that ends in `.jsonl`:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1036": { spec: ["SYN-1"], }

    /// ## What it finds
    ///
    /// Something that has no meaning where it stands: a colon in a list, text that touches a closing
    /// quote.
    ///
    /// ## Why it matters
    ///
    /// It is mostly a quote that was forgotten nearby. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1037
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:Describe"Instances, "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Quote the whole:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1037": { spec: ["SYN-1"], }
}
