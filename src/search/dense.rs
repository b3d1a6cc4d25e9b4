//! Numbers as printable characters that JSON leaves alone.
//!
//! An (s,c)-dense code over 92 characters (`!` to `~` without `"` and `\`):
//! the first 76 end a number, the other 16 continue it. Small numbers, and
//! nearly all in a posting list are small, take one character where base64
//! of bytes takes one and a third. Numbers up to 75 take one character, up
//! to 1,291 two, up to 20,747 three; of all splits this one made the smallest
//! files on the development corpora.

const ENDING: u32 = 76;
const CONTINUING: u32 = 16;

/// Appends `number` to `out`.
pub(crate) fn encode(number: u32, out: &mut String) {
    let mut symbols = [0; 8];
    let mut first = symbols.len() - 1;
    symbols[first] = number % ENDING;
    let mut rest = number / ENDING;
    while rest > 0 {
        rest -= 1;
        first -= 1;
        symbols[first] = ENDING + rest % CONTINUING;
        rest /= CONTINUING;
    }
    out.extend(symbols[first..].iter().map(|&symbol| character(symbol)));
}

/// The numbers in `text`; `None` when it is not such a text.
pub(crate) fn decode(text: &str) -> Option<Vec<u32>> {
    let mut numbers = Vec::with_capacity(text.len());
    let mut high: u32 = 0;
    for byte in text.bytes() {
        let symbol = symbol(byte)?;
        if symbol < ENDING {
            numbers.push(high.checked_mul(ENDING)?.checked_add(symbol)?);
            high = 0;
        } else {
            high = high.checked_mul(CONTINUING)?.checked_add(symbol - ENDING + 1)?;
        }
    }
    (high == 0).then_some(numbers)
}

fn character(symbol: u32) -> char {
    // `"` and `\` are the two that JSON would escape.
    let mut code = symbol + 0x21;
    code += u32::from(code >= 0x22);
    code += u32::from(code >= 0x5c);
    char::from_u32(code).unwrap_or('!')
}

fn symbol(byte: u8) -> Option<u32> {
    let code = u32::from(byte);
    let valid = (0x21..=0x7e).contains(&code) && code != 0x22 && code != 0x5c;
    valid.then(|| code - 0x21 - u32::from(code > 0x22) - u32::from(code > 0x5c))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn every_number_comes_back() {
        let numbers = [0, 1, 63, 64, 1_855, 1_856, 52_031, 52_032, 1_000_000, u32::MAX];
        let mut text = String::new();
        for number in numbers {
            encode(number, &mut text);
        }
        assert!(text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\'));
        assert_eq!(decode(&text), Some(numbers.to_vec()));
    }

    #[test]
    fn lengths_are_as_documented() {
        for (number, length) in [(75, 1), (76, 2), (1_291, 2), (1_292, 3), (20_747, 3)] {
            let mut text = String::new();
            encode(number, &mut text);
            assert_eq!(text.len(), length, "{number}");
        }
    }

    #[test]
    fn damage_is_noticed() {
        for text in ["\"", "a b", "\u{e4}", "~", "~~~~~~~~~~~!"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
