//! A bounded run of what the fuzz target runs for long.

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
