//! Numbers, points in time and booleans: values that are equal, less or greater [CND-18 to CND-20].

use camlock_policy::Comparison;

use crate::truth::Truth;

/// Compares a value of the request with one of the policy; one that cannot be read leaves it open
/// [CND-29].
pub(super) fn compare<T: Ord>(
    comparison: Comparison,
    value: Option<T>,
    wanted: Option<T>,
) -> Truth {
    let (Some(value), Some(wanted)) = (value, wanted) else { return Truth::Unknown };
    Truth::from(match comparison {
        Comparison::Equal => value == wanted,
        Comparison::Less => value < wanted,
        Comparison::LessOrEqual => value <= wanted,
        Comparison::Greater => value > wanted,
        Comparison::GreaterOrEqual => value >= wanted,
        // INVARIANT: no operator of these families compares like this.
        Comparison::EqualIgnoreCase | Comparison::Like | Comparison::Missing => {
            return Truth::Unknown;
        }
    })
}
