//! Pages of faults in actions.

fault_pages! {
    /// ## What it finds
    ///
    /// An action in which service and operation are separated by a dot.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. The dot comes from pages about calls, where `clb.DescribeLoadBalancers`
    /// is how people name them.
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
}
