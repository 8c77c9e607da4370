//! One condition of a statement: an operator, a key and its values.

use crate::{ConditionKey, ConditionValue, NameError, NameFault, Operator, RawValue};

/// One operator, one key, one or more values; any value suffices [CND-2].
///
/// All conditions of a statement must hold [CND-3, CND-4].
///
/// # Examples
///
/// ```
/// use camlock_policy::{Condition, ConditionKey, Operator, RawValue};
///
/// let operator = Operator::parse("string_equal")?;
/// let key = ConditionKey::parse("qcs:ip")?;
/// let error = Condition::new(operator, key, &[RawValue::Text("10.0.0.1")]).unwrap_err();
/// assert_eq!(error.to_string(), "the condition key `qcs:ip` does not take this operator");
/// # Ok::<(), camlock_policy::NameError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Condition {
    operator: Operator,
    key: ConditionKey,
    values: Vec<ConditionValue>,
}

impl Condition {
    /// Puts a condition together and reads its values.
    ///
    /// # Errors
    ///
    /// [`NameFault::KeyOperator`] where the key does not take the operator, the fault of the first
    /// bad value, [`NameFault::KeyTooManyValues`], or [`NameFault::ValueType`] for no values at all.
    pub fn new(
        operator: Operator,
        key: ConditionKey,
        values: &[RawValue<'_>],
    ) -> Result<Self, NameError> {
        Self::check_key(operator, &key, values.len())?;
        let values = values.iter().map(|raw| ConditionValue::parse(operator, &key, *raw));
        let values = values.collect::<Result<_, _>>()?;
        Self::from_values(operator, key, values)
    }

    /// Whether the key takes this operator and this many values [CND-25, RD-21].
    ///
    /// # Errors
    ///
    /// [`NameFault::KeyOperator`] or [`NameFault::KeyTooManyValues`].
    pub fn check_key(
        operator: Operator,
        key: &ConditionKey,
        values: usize,
    ) -> Result<(), NameError> {
        let fault = if !key.takes(operator.base()) {
            NameFault::KeyOperator
        } else if key.max_values().is_some_and(|max| values > max) {
            NameFault::KeyTooManyValues
        } else {
            return Ok(());
        };
        Err(NameError::whole(fault, key.as_str()))
    }

    /// A condition over values that were read for this operator and key already.
    ///
    /// # Errors
    ///
    /// [`NameFault::ValueType`] where there are no values, or one of another type [CND-1].
    pub fn from_values(
        operator: Operator,
        key: ConditionKey,
        values: Vec<ConditionValue>,
    ) -> Result<Self, NameError> {
        use crate::OperatorFamily as F;
        Self::check_key(operator, &key, values.len())?;
        let family = operator.base().family();
        let fits = |value: &ConditionValue| match value {
            ConditionValue::Text(_) => matches!(family, F::String | F::Binary),
            ConditionValue::Number(_) => family == F::Numeric,
            ConditionValue::Time(_) => family == F::Date,
            ConditionValue::Bool(_) => matches!(family, F::Bool | F::Null),
            ConditionValue::Ip(_) => family == F::Ip,
        };
        if values.is_empty() || !values.iter().all(fits) {
            return Err(NameError::whole(NameFault::ValueType, key.as_str()));
        }
        Ok(Self { operator, key, values })
    }

    /// How key and values are compared.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// What is looked up in the context.
    pub fn key(&self) -> &ConditionKey {
        &self.key
    }

    /// The alternatives, never empty.
    pub fn values(&self) -> &[ConditionValue] {
        &self.values
    }
}
