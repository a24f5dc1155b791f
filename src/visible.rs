//! Makes characters visible that show nothing, or that control a terminal.
//!
//! A value may contain an escape code that clears the screen, or a control character that reverses the order
//! of the letters. In what people see, each is replaced by a picture: one character, one column wide, so that
//! underlines stay aligned with their lines.

use std::borrow::Cow;

/// Replaces a character that has no picture.
const NO_PICTURE: char = '\u{fffd}';

/// Characters that take up no space, or another space than they seem to, by first and last: Unicode's
/// Default_Ignorable_Code_Point, line separators other than the line feed, and annotations.
const INVISIBLE: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Joins letters of some scripts, or emoji, into one glyph.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];
/// Selects a variant of the preceding character.
const SELECTORS: std::ops::RangeInclusive<char> = '\u{fe00}'..='\u{fe0f}';

/// A text on one line, with a picture for each invisible character.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(pictures(text).collect()) }
}

/// A text that keeps its line ends and tabs, with a picture for each other invisible character. The number of
/// characters stays the same.
#[cfg(feature = "cli")]
pub(crate) fn visible_lines(text: &str) -> impl Iterator<Item = char> {
    text.chars().zip(pictures(text)).map(|(c, picture)| if matches!(c, '\n' | '\t') { c } else { picture })
}

/// JSON whose strings escape the invisible characters. Its value is the same.
pub(crate) fn escaped(json: String) -> String {
    let is_hidden = |c: char| !c.is_ascii_control() && picture(c, None).is_some() || c == '\u{7f}';
    if json.chars().all(|c| !is_hidden(c)) {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    text
}

/// JSON in ASCII. Its value is the same.
#[cfg(feature = "cli")]
pub(crate) fn json_in_ascii(json: &str) -> Cow<'_, str> {
    in_ascii(json, |c, text| {
        text.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")))
    })
}

/// XML in ASCII. It says the same.
#[cfg(feature = "cli")]
pub(crate) fn xml_in_ascii(xml: &str) -> Cow<'_, str> {
    in_ascii(xml, |c, text| text.push_str(&format!("&#{};", u32::from(c))))
}

/// A text in which other characters than those of ASCII are spelled.
#[cfg(feature = "cli")]
fn in_ascii(text: &str, spell: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    text.chars().for_each(|c| if c.is_ascii() { plain.push(c) } else { spell(c, &mut plain) });
    Cow::Owned(plain)
}

/// A text in ASCII: what we write ourselves is spelled out, and `?` stands for each other character.
#[cfg(feature = "cli")]
pub(crate) fn ascii(text: &str) -> Cow<'_, str> {
    in_ascii(text, |c, plain| {
        plain.push_str(match c {
            '…' => "...",
            '→' => "->",
            '–' | '—' | '−' => "-",
            '×' => "x",
            '‘' | '’' => "'",
            '“' | '”' => "\"",
            _ => "?",
        });
    })
}

/// Whether a text contains something that a terminal would obey rather than print, other than the ends of its
/// lines: control characters, and those that turn the text around.
#[cfg(feature = "cli")]
pub(crate) fn has_control(text: &str) -> bool {
    let mut characters = text.chars().peekable();
    std::iter::from_fn(|| characters.next().map(|c| (c, characters.peek().copied()))).any(|(c, next)| match c
    {
        '\n' | '\t' => false,
        '\r' => next != Some('\n'),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => c.is_control(),
    })
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn pictures(text: &str) -> impl Iterator<Item = char> {
    let mut before = None;
    text.chars().map(move |c| picture(c, before.replace(c)).unwrap_or(c))
}

/// What to show for an invisible character.
fn picture(c: char, before: Option<char>) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some(NO_PICTURE),
        // A family of emoji is joined by these; a name that AWS compares never is.
        _ if JOINERS.contains(&c) || SELECTORS.contains(&c) => {
            before.is_none_or(|before| before.is_ascii()).then_some(NO_PICTURE)
        }
        _ => INVISIBLE.iter().any(|(first, last)| (*first..=*last).contains(&c)).then_some(NO_PICTURE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(visible("app\u{1b}[2J\u{7}:1"), "app␛[2J␇:1");
        assert_eq!(visible("a\u{9b}31m\u{7f}\nb\r\t\0"), "a\u{fffd}31m␡␊b␍␉␀");
        assert_eq!(visible("c\u{202e}nosj.json"), "c\u{fffd}nosj.json");
        assert_eq!(visible("we\u{200b}b\u{2028}\u{ad}\u{feff}\u{e0041}").matches(NO_PICTURE).count(), 5);
    }

    #[test]
    fn what_people_write_stays() {
        for text in
            ["", "web", "wéb «1»", "日本語", "نص عربي", "❤\u{fe0f}", "👩\u{200d}👧", "می\u{200c}خواهم"]
        {
            assert_eq!(visible(text), text);
        }
        assert_eq!(visible("we\u{200d}b"), "we\u{fffd}b");
    }

    #[cfg(feature = "cli")]
    #[test]
    fn ascii_is_ascii() {
        assert_eq!(ascii("`b`"), "`b`");
        assert_eq!(ascii("wéb → 日本… ␛‘x’"), "w?b -> ??... ?'x'");
    }

    #[cfg(feature = "cli")]
    #[test]
    fn what_a_log_would_obey_is_known() {
        for text in ["", "a\r\nb\tc\n", "\u{feff}é 👩\u{200d}👧"] {
            assert!(!has_control(text), "{text:?}");
        }
        for text in ["\u{1b}", "a\rb", "a\r", "\u{9b}", "\u{7f}", "\0", "\u{202e}", "\u{2067}", "\u{200f}"] {
            assert!(has_control(text), "{text:?}");
        }
    }

    #[test]
    fn lines_and_columns_stay() {
        let text = "{\n\t\"a\": \"\u{1b}\u{9b}\u{202e}\"\n}";
        let shown: String = visible_lines(text).collect();
        assert_eq!(shown, "{\n\t\"a\": \"␛\u{fffd}\u{fffd}\"\n}");
        assert_eq!(shown.chars().count(), text.chars().count());
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({"a\u{9b}": "\u{1b}\u{7f}\u{202e}\u{e0041}é"});
        let text = escaped(format!("{value:#}"));
        assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), value);
    }
}
