//! Pages of faults of files that hold documents.

fault_pages! {
    /// ## What it finds
    ///
    /// A file of Terraform (`.tf`, `.tofu`, `.hcl`) that is none: a bracket is missing, a string is
    /// not closed, a template was never filled in. The place is where reading stopped.
    ///
    /// ## Why it matters
    ///
    /// Which policies the file holds is not known, so none of them was looked at. A run that says
    /// nothing of this looks like one that found nothing. Terraform stops at the same place.
    ///
    /// ## Example
    ///
    /// Not shown: blocks of this page are policies. In Terraform, the last brace is missing here:
    ///
    /// ```hcl
    /// resource "tencentcloud_cam_policy" "look" {
    ///   name     = "look"
    ///   document = jsonencode({ version = "2.0", statement = [] })
    /// ```
    ///
    /// With the brace the policy is looked at:
    ///
    /// ```hcl
    /// resource "tencentcloud_cam_policy" "look" {
    ///   name     = "look"
    ///   document = jsonencode({
    ///     version   = "2.0"
    ///     statement = [{ effect = "allow", action = "cvm:DescribeInstances", resource = "*" }]
    ///   })
    /// }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Blocks of Terraform on pages of Markdown that cannot be read are left alone: pages show parts.
    "CAM1004": {}

    /// ## What it finds
    ///
    /// A file of YAML (`.yaml`, `.yml`) that has the words of a policy and is no YAML: indented with
    /// tabs, a quote that is not closed, or a template that becomes YAML later. The place is where
    /// reading stopped.
    ///
    /// ## Why it matters
    ///
    /// Which policies the file holds is not known, so none of them was looked at. A run that says
    /// nothing of this looks like one that found nothing.
    ///
    /// ## Example
    ///
    /// Not shown: blocks of this page are policies. In YAML, the quote behind `2.0` is missing here:
    ///
    /// ```yaml
    /// version: "2.0
    /// statement:
    ///   - effect: allow
    ///     action: cvm:DescribeInstances
    ///     resource: "*"
    /// ```
    ///
    /// With the quote the policy is looked at:
    ///
    /// ```yaml
    /// version: "2.0"
    /// statement:
    ///   - effect: allow
    ///     action: cvm:DescribeInstances
    ///     resource: "*"
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Leave templates out with `exclude` in `camlock.toml`, or lint what becomes of them.
    "CAM1005": {}
}
