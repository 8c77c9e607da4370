//! Whatever has a place in the text.

use camlock_source::Span;
use camlock_syntax::json::{Member, Text, Value};

use crate::element::{
    ActionElement, ConditionElement, Part, PrincipalElement, ResourceElement, StatementElement,
    StringElement, ValueElement,
};

/// Whatever has a place in the text, for a report to point at.
pub trait Place {
    /// The bytes that a report underlines.
    fn place(&self) -> Span;
}

impl<P: Place + ?Sized> Place for &P {
    fn place(&self) -> Span {
        (**self).place()
    }
}

macro_rules! places {
    ($($type:ty: |$own:ident| $span:expr;)*) => {
        $(impl Place for $type {
            fn place(&self) -> Span {
                let $own = self;
                $span
            }
        })*
    };
}

places! {
    Span: |own| *own;
    Text<'_>: |own| own.span;
    Value<'_>: |own| own.span;
    Member<'_>: |own| own.name.span;
    StringElement<'_>: |own| own.span();
    ActionElement<'_>: |own| own.string.span();
    ResourceElement<'_>: |own| own.string.span();
    PrincipalElement<'_>: |own| own.string.span();
    ConditionElement<'_>: |own| own.key_text.span;
    ValueElement<'_>: |own| own.value.span;
    Part<'_>: |own| own.span;
    StatementElement<'_>: |own| own.head();
}
