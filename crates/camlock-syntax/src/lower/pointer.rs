//! The JSON pointer of the place at hand, written out only where a fault needs it.

use std::fmt::Write as _;

/// A place in a JSON document, as a chain up to its root (RFC 6901).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pointer<'a> {
    parent: Option<&'a Pointer<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Name(&'a str),
    Index(usize),
}

impl<'a> Pointer<'a> {
    pub(crate) fn root() -> Self {
        Self { parent: None, step: Step::Root }
    }

    pub(crate) fn name(&'a self, name: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Name(name) }
    }

    pub(crate) fn index(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Index(index) }
    }

    /// The pointer as text, such as `/statement/0/action/1`.
    pub(crate) fn render(&self) -> String {
        let mut text = self.parent.map_or_else(String::new, Pointer::render);
        match self.step {
            Step::Root => {}
            Step::Name(name) => {
                text.push('/');
                text.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            // Writing to a string cannot fail.
            Step::Index(index) => _ = write!(text, "/{index}"),
        }
        text
    }
}
