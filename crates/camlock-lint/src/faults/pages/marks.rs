//! Pages of faults in the marks between values.

fault_pages! {
    /// ## What it finds
    ///
    /// A comma behind the last member of an object or the last item of a list.
    ///
    /// ## Why it matters
    ///
    /// Programming languages allow it, JSON does not. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1016
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances",], "resource": "*" }
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
    "CAM1016": { spec: ["SYN-1"], fix: Safe, }

    /// ## What it finds
    ///
    /// A comma that is missing between two members or items.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PolicyDocumentError`. It happens when a line is added at the end
    /// of a list.
    ///
    /// ## Example
    ///
    /// ```json,CAM1017
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances" "cvm:DescribeImages"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With the comma:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances", "cvm:DescribeImages"], "resource": "*" }
    /// ] }
    /// ```
    "CAM1017": { spec: ["SYN-1"], fix: Safe, }

    /// ## What it finds
    ///
    /// A colon that is missing behind the name of a member, or an equals sign in its place.
    ///
    /// ## Why it matters
    ///
    /// CAM answers `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1018
    /// { "version": "2.0", "statement": [
    ///   { "effect" = "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With a colon:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1018": { spec: ["SYN-1"], fix: Safe, }

    /// ## What it finds
    ///
    /// A member without a value, or a comma with nothing in front of it.
    ///
    /// ## Why it matters
    ///
    /// A value was deleted and its comma stayed, or it was never written. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1019
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances",, "cvm:DescribeImages"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Remove the comma, or write what is missing:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances", "cvm:DescribeImages"], "resource": "*" }
    /// ] }
    /// ```
    "CAM1019": { spec: ["SYN-1"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A value without a name in an object.
    ///
    /// ## Why it matters
    ///
    /// Mostly several values of one member without the brackets of a list. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1020
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "cvm:DescribeImages", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Several values stand in a list:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances", "cvm:DescribeImages"], "resource": "*" }
    /// ] }
    /// ```
    "CAM1020": { spec: ["SYN-1", "SYN-7"], fix: Suggestion, }

    /// ## What it finds
    ///
    /// A comment: `// …`, `# …` or `/* … */`.
    ///
    /// ## Why it matters
    ///
    /// Many published examples have them as explanation; JSON has none. CAM answers
    /// `InvalidParameter.PolicyDocumentError`. To keep the words, write them into `sid`, which has no
    /// effect, or beside the file.
    ///
    /// ## Example
    ///
    /// ```json,CAM1021
    /// { "version": "2.0", "statement": [
    ///   // read the list of instances
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Instead:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "sid": "read the list of instances",
    ///     "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1021": { spec: ["SYN-1", "SYN-12"], fix: Safe, }

    /// ## What it finds
    ///
    /// A full-width colon `：` behind the name of a member.
    ///
    /// ## Why it matters
    ///
    /// Chinese input methods write it, and it looks like the ASCII one. CAM answers
    /// `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1023
    /// { "version": "2.0", "statement": [
    ///   { "effect"： "allow", "action": "cvm:DescribeInstances", "resource": "*" }
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
    "CAM1023": { spec: ["SYN-1"], fix: Safe, }

    /// ## What it finds
    ///
    /// A full-width comma `，`, an ideographic one `、`, or a semicolon where a comma belongs.
    ///
    /// ## Why it matters
    ///
    /// Input methods write them. CAM answers `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1024
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances"、 "cvm:DescribeImages"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With the ASCII comma:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances", "cvm:DescribeImages"], "resource": "*" }
    /// ] }
    /// ```
    "CAM1024": { spec: ["SYN-1"], fix: Safe, }

    /// ## What it finds
    ///
    /// A full-width bracket: `｛`, `｝`, `［`, `］`.
    ///
    /// ## Why it matters
    ///
    /// Input methods write them. CAM answers `InvalidParameter.PolicyDocumentError`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1025
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ［"cvm:DescribeInstances"］, "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With ASCII brackets:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:DescribeInstances"], "resource": "*" }
    /// ] }
    /// ```
    "CAM1025": { spec: ["SYN-1"], fix: Safe, }

    /// ## What it finds
    ///
    /// A no-break space, an ideographic space or another blank that JSON does not have, between
    /// values.
    ///
    /// ## Why it matters
    ///
    /// They come with text that was copied from a web page or a word processor, and nobody sees them.
    /// CAM answers `InvalidParameter.PolicyDocumentError`. Here it is the wide blank in front of
    /// `"effect"`.
    ///
    /// ## Example
    ///
    /// ```json,CAM1026
    /// { "version": "2.0", "statement": [
    ///   {　"effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// With ordinary spaces:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    "CAM1026": { spec: ["SYN-1"], fix: Safe, }
}
