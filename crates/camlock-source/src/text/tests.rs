//! Lines and columns, in characters.

use super::{SourceError, SourceText};

#[test]
fn columns_count_characters_through_multi_byte_text() {
    let source = SourceText::new("t", "aé漢😀b\nz");
    let place = |offset| {
        let place = source.line_column(offset);
        (place.line, place.column)
    };
    assert_eq!(place(0), (1, 1));
    assert_eq!(place(1), (1, 2));
    assert_eq!(place(3), (1, 3));
    assert_eq!(place(6), (1, 4));
    assert_eq!(place(10), (1, 5));
    assert_eq!(place(12), (2, 1));
    assert_eq!(place(99), (2, 2));
}

#[test]
fn a_long_line_agrees_with_counting() {
    let text = "漢a".repeat(2_000);
    let source = SourceText::new("t", text.as_str());
    for (count, (offset, _)) in text.char_indices().enumerate() {
        let place = source.line_column(u32::try_from(offset).unwrap());
        assert_eq!((place.line, place.column as usize), (1, count + 1));
    }
}

#[test]
fn lines_have_no_ends() {
    let source = SourceText::new("t", "one\r\ntwo\n");
    assert_eq!(source.line_text(1), "one");
    assert_eq!(source.line_text(2), "two");
    assert_eq!(source.line_text(3), "");
    assert_eq!(source.line_text(9), "");
}

#[test]
fn bad_bytes_are_placed() {
    let error = SourceText::from_bytes("t", b"ab\n\xc3\xa9\xff".to_vec(), 100).unwrap_err();
    let SourceError::NotUtf8 { place } = error else { panic!("{error:?}") };
    assert_eq!((place.line, place.column), (2, 2));
    let error = SourceText::from_bytes("t", vec![b'a'; 5], 4).unwrap_err();
    assert_eq!(error, SourceError::TooLarge { limit: 4 });
}
