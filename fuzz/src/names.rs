//! Names, patterns and values print to what parses to an equal one.

use std::fmt::{Debug, Display};

use camlock_policy::{
    Action, ActionPattern, ConditionKey, ConditionValue, Decimal, IpRange, NameError, Operator,
    Principal, PrincipalPattern, Provider, RawValue, ResourceName, ResourcePattern, UtcTime,
};

fn again<T: Display + Debug + PartialEq>(
    text: &str,
    parse: impl Fn(&str) -> Result<T, NameError>,
) -> Option<T> {
    match parse(text) {
        Ok(value) => {
            let printed = value.to_string();
            assert_eq!(parse(&printed).as_ref(), Ok(&value), "{text:?} printed as {printed:?}");
            Some(value)
        }
        Err(error) => {
            let span = error.span();
            assert!(text.get(span.clone()).is_some(), "{span:?} is not in {text:?}: {error:?}");
            assert!(!error.to_string().is_empty() && !error.help().is_empty());
            None
        }
    }
}

/// Reads the text as every kind of name; the first line is also the operator and the second the key of
/// a condition whose value is the rest.
pub(crate) fn survive_printing(text: &str) {
    again(text, Action::parse);
    again(text, ActionPattern::parse);
    again(text, ResourceName::parse);
    again(text, ResourcePattern::parse);
    again(text, PrincipalPattern::parse_qcs);
    again(text, PrincipalPattern::parse_service);
    again(text, PrincipalPattern::parse_federated);
    again(text, Provider::parse);
    again(text, ConditionKey::parse);
    again(text, Operator::parse);
    let mut errors = Vec::new();
    let pattern = ResourcePattern::parse_all(text, &mut |error| errors.push(error));
    assert_eq!(pattern.is_some(), errors.is_empty(), "{text:?}");
    // A caller prints for people, without the facts that its form does not name.
    if let Ok(principal) = Principal::parse(text) {
        assert!(!principal.to_string().is_empty());
    }
    if let Some(range) = IpRange::parse(text) {
        assert_eq!(IpRange::parse(&range.to_string()), Some(range), "{text:?}");
    }
    if let Some(time) = UtcTime::parse(text) {
        assert_eq!(UtcTime::parse(&time.to_string()), Some(time), "{text:?}");
    }
    if let Some(number) = Decimal::parse(text) {
        assert_eq!(number.cmp(&number), std::cmp::Ordering::Equal);
    }

    let mut lines = text.splitn(3, '\n');
    let (Some(operator), Some(key), Some(value)) = (lines.next(), lines.next(), lines.next())
    else {
        return;
    };
    let (Ok(operator), Ok(key)) = (Operator::parse(operator), ConditionKey::parse(key)) else {
        return;
    };
    let parse = |text: &str| ConditionValue::parse(operator, &key, RawValue::Text(text));
    again(value, parse);
    if let Ok(number) = ConditionValue::parse(operator, &key, RawValue::Number(value)) {
        assert_eq!(parse(&number.to_string()), Ok(number), "{value:?}");
    }
}
