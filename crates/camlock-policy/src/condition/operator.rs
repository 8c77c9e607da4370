//! Operator names, qualifiers and the suffix.

use std::fmt;

use crate::{NameError, NameFault, grammar};

/// A condition operator: qualifier, base, suffix [CND-6].
///
/// # Examples
///
/// ```
/// use camlock_policy::{Operator, Qualifier};
///
/// let operator = Operator::parse("for_any_value:string_equal_if_exist")?;
/// assert_eq!(operator.qualifier(), Some(Qualifier::ForAnyValue));
/// assert!(operator.if_exist());
/// assert!(Operator::parse("StringEquals").is_err());
/// # Ok::<(), camlock_policy::NameError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Operator {
    base: BaseOperator,
    qualifier: Option<Qualifier>,
    if_exist: bool,
}

/// How several values of one key are read [CND-9, CND-10].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every qualifier")]
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Qualifier {
    /// At least one value of the request satisfies the clause.
    ForAnyValue,
    /// Every value of the request satisfies the clause.
    ForAllValue,
}

/// What type of value an operator compares.
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every family")]
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum OperatorFamily {
    /// Text.
    String,
    /// Text, byte by byte [CND-21].
    Binary,
    /// Exact decimals [CND-18].
    Numeric,
    /// Points in time [CND-19].
    Date,
    /// `true` and `false` [CND-20].
    Bool,
    /// Addresses [CND-22].
    Ip,
    /// Whether the key is there at all [CND-23].
    Null,
}

/// How an operator compares, its negation aside.
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every comparison")]
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Comparison {
    /// The same value; for addresses, inside the range.
    Equal,
    /// The same text, ASCII letter case aside [CND-16].
    EqualIgnoreCase,
    /// Text with `*` at its ends [CND-17].
    Like,
    /// Less, or before.
    Less,
    /// Less or equal.
    LessOrEqual,
    /// Greater, or after.
    Greater,
    /// Greater or equal.
    GreaterOrEqual,
    /// The key is missing, or not.
    Missing,
}

macro_rules! operators {
    ($($variant:ident $name:literal $family:ident $comparison:ident $negated:literal;)*) => {
        /// The 23 operators [CND-5].
        #[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every operator")]
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum BaseOperator {
            $(
                #[doc = concat!("`", $name, "`")]
                $variant,
            )*
        }

        impl BaseOperator {
            /// Every operator, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The exact name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What it compares.
            pub fn family(self) -> OperatorFamily {
                match self { $(Self::$variant => OperatorFamily::$family),* }
            }

            /// How it compares, its negation aside.
            pub fn comparison(self) -> Comparison {
                match self { $(Self::$variant => Comparison::$comparison),* }
            }

            /// Whether it holds when no value compares [CND-12].
            pub fn is_negated(self) -> bool {
                match self { $(Self::$variant => $negated),* }
            }
        }
    };
}

operators! {
    StringEqual "string_equal" String Equal false;
    StringNotEqual "string_not_equal" String Equal true;
    StringEqualIgnoreCase "string_equal_ignore_case" String EqualIgnoreCase false;
    StringNotEqualIgnoreCase "string_not_equal_ignore_case" String EqualIgnoreCase true;
    StringLike "string_like" String Like false;
    StringNotLike "string_not_like" String Like true;
    NumericEqual "numeric_equal" Numeric Equal false;
    NumericNotEqual "numeric_not_equal" Numeric Equal true;
    NumericLessThan "numeric_less_than" Numeric Less false;
    NumericLessThanEqual "numeric_less_than_equal" Numeric LessOrEqual false;
    NumericGreaterThan "numeric_greater_than" Numeric Greater false;
    NumericGreaterThanEqual "numeric_greater_than_equal" Numeric GreaterOrEqual false;
    DateEqual "date_equal" Date Equal false;
    DateNotEqual "date_not_equal" Date Equal true;
    DateLessThan "date_less_than" Date Less false;
    DateLessThanEqual "date_less_than_equal" Date LessOrEqual false;
    DateGreaterThan "date_greater_than" Date Greater false;
    DateGreaterThanEqual "date_greater_than_equal" Date GreaterOrEqual false;
    BoolEqual "bool_equal" Bool Equal false;
    BinaryEqual "binary_equal" Binary Equal false;
    IpEqual "ip_equal" Ip Equal false;
    IpNotEqual "ip_not_equal" Ip Equal true;
    NullEqual "null_equal" Null Missing false;
}

impl BaseOperator {
    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operator| operator.name() == name)
    }
}

impl Operator {
    /// An operator without qualifier and suffix.
    pub fn new(base: BaseOperator) -> Self {
        Self { base, qualifier: None, if_exist: false }
    }

    /// Reads the exact lower-case name of an operator [CND-6].
    ///
    /// # Errors
    ///
    /// A [`NameError`] with an `Operator…` fault.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let (qualifier, base, if_exist) = grammar::operator(text);
        let Some(base) = BaseOperator::parse(base) else {
            return Err(NameError::whole(unknown_fault(text), text));
        };
        if base == BaseOperator::NullEqual && (qualifier.is_some() || if_exist) {
            return Err(NameError::whole(NameFault::OperatorNull, text));
        }
        let qualifier = qualifier.map(|word| match word {
            "for_any_value" => Qualifier::ForAnyValue,
            _ => Qualifier::ForAllValue,
        });
        Ok(Self { base, qualifier, if_exist })
    }

    /// The operator itself.
    pub fn base(self) -> BaseOperator {
        self.base
    }

    /// How several values are read.
    pub fn qualifier(self) -> Option<Qualifier> {
        self.qualifier
    }

    /// Whether a missing key makes the clause true [CND-7].
    pub fn if_exist(self) -> bool {
        self.if_exist
    }
}

fn unknown_fault(text: &str) -> NameFault {
    // `Ip_equal` is one of ours in capitals; others write none of theirs with underscores.
    let foreign = text.starts_with(|c: char| c.is_ascii_uppercase()) && !text.contains('_');
    if foreign {
        NameFault::OperatorForeign
    } else if text.ends_with("_if_exists") || text.ends_with("_ifexist") {
        NameFault::OperatorSuffix
    } else {
        NameFault::OperatorUnknown
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.qualifier {
            Some(Qualifier::ForAnyValue) => f.write_str("for_any_value:")?,
            Some(Qualifier::ForAllValue) => f.write_str("for_all_value:")?,
            None => {}
        }
        f.write_str(self.base.name())?;
        if self.if_exist { f.write_str("_if_exist") } else { Ok(()) }
    }
}
