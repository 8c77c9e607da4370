//! Conditions of a statement: operators, keys, typed values, and how they are put together.

mod block;
mod key;
mod operator;
mod value;

pub use block::Condition;
pub use key::{ConditionKey, TagKey, TagSide};
pub use operator::{BaseOperator, Comparison, Operator, OperatorFamily, Qualifier};
pub use value::{ConditionValue, RawValue};
