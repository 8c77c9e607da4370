//! Addresses and ranges of them [CND-22].

use std::net::IpAddr;

use camlock_policy::{ContextValue, IpRange};

use crate::truth::Truth;

/// Whether the address of the request is inside the range.
pub(super) fn compare(value: &ContextValue, range: IpRange) -> Truth {
    value.address().map_or(Truth::Unknown, |address| contains(range, address).into())
}

/// Whether the leading bits agree, as many as the range fixes; families never match each other.
fn contains(range: IpRange, address: IpAddr) -> bool {
    let equal_bits = match (range.network(), address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            (u32::from(network) ^ u32::from(address)).leading_zeros()
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            (u128::from(network) ^ u128::from(address)).leading_zeros()
        }
        _ => return false,
    };
    equal_bits >= u32::from(range.prefix())
}
