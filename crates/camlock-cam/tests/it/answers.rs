//! Bounded runs of what the fuzz targets run for long.

use crate::laws;
use crate::random::Random;

#[test]
fn any_bytes_are_answered() {
    let mut random = Random::new(7);
    let words =
        ["{", "}", "[", "]", ":", ",", "\"", "Name", "Info", "PolicyDocument", "7", "é", "."];
    for _ in 0..3_000 {
        let byte = |random: &mut Random| u8::try_from(random.below(256)).expect("a byte");
        let mut data = vec![byte(&mut random), byte(&mut random)];
        for _ in 0..random.below(12) {
            let at = usize::try_from(random.below(words.len() as u64)).expect("an index");
            data.extend_from_slice(words[at].as_bytes());
        }
        laws::any_call_is_answered(&data);
    }
}

#[test]
fn signatures_are_held_to_what_they_cover() {
    let mut random = Random::new(8);
    let words = [
        "TC3-HMAC-SHA256 ",
        "Credential=",
        "a/2023-11-14/cam/tc3_request",
        ", ",
        "=",
        "SignedHeaders=",
        "content-type;host",
        "Signature=",
        "00",
        ";",
        "é",
    ];
    for position in 0..=u8::MAX {
        for letter in [b'0', b'a', b' ', b',', b'/', b';', b'='] {
            let mut data = vec![position, letter];
            for _ in 0..random.below(10) {
                let at = usize::try_from(random.below(words.len() as u64)).expect("an index");
                data.extend_from_slice(words[at].as_bytes());
            }
            laws::signatures_hold_what_they_cover(&data);
        }
    }
}
