//! Addresses and the ranges that conditions compare them with.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The address a request came from; an IPv4-mapped IPv6 address counts as IPv4 [CND-22].
///
/// # Examples
///
/// ```
/// use camlock_policy::address::parse_address;
///
/// assert_eq!(parse_address("::ffff:10.0.0.1"), parse_address("10.0.0.1"));
/// assert_eq!(parse_address("10.0.0.01"), None);
/// ```
pub fn parse_address(text: &str) -> Option<IpAddr> {
    Some(text.parse::<IpAddr>().ok()?.to_canonical())
}

/// A CIDR range with its host bits cleared; one address is a range of one host [CND-22].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct IpRange {
    network: IpAddr,
    prefix: u8,
}

impl IpRange {
    /// Reads an address or a CIDR range.
    ///
    /// Host bits are cleared (`10.217.182.3/24` is an official value). An IPv4-mapped range of `/96`
    /// or longer is the IPv4 range [RD-15].
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_policy::IpRange;
    ///
    /// assert_eq!(IpRange::parse("10.1.2.3/8").unwrap().to_string(), "10.0.0.0/8");
    /// assert!(IpRange::parse("10.*.*.10/24").is_none());
    /// assert!(IpRange::parse("10.0.0.0/33").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(parse_prefix(prefix)?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(width);
        if prefix > width {
            return None;
        }
        Some(match address {
            IpAddr::V4(v4) => Self::masked_v4(v4, prefix),
            IpAddr::V6(v6) => match (v6.to_ipv4_mapped(), prefix.checked_sub(96)) {
                (Some(v4), Some(prefix)) => Self::masked_v4(v4, prefix),
                _ => Self::masked_v6(v6, prefix),
            },
        })
    }

    /// The first address of the range.
    pub fn network(&self) -> IpAddr {
        self.network
    }

    /// How many leading bits are fixed.
    pub fn prefix(&self) -> u8 {
        self.prefix
    }

    fn masked_v4(address: Ipv4Addr, prefix: u8) -> Self {
        let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
        Self { network: Ipv4Addr::from(u32::from(address) & mask).into(), prefix }
    }

    fn masked_v6(address: Ipv6Addr, prefix: u8) -> Self {
        let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
        Self { network: Ipv6Addr::from(u128::from(address) & mask).into(), prefix }
    }
}

fn parse_prefix(text: &str) -> Option<u8> {
    let plain = crate::identity::is_digits(text) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok())?
}

impl fmt::Display for IpRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix)
    }
}
