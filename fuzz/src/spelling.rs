//! Values as JSON, spelled in many ways.

use super::{Dice, Value};

/// In which order the members of objects are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As they are.
    Kept,
    /// Backwards.
    Reversed,
    /// In any order.
    Shuffled,
}

/// How values are written.
#[derive(Clone, Copy, Debug)]
pub struct Spelling {
    /// One in so many characters of strings and keys is written as an escape; 0 for none.
    pub escapes: usize,
    /// One in so many tokens is surrounded by whitespace; 0 for none.
    pub blanks: usize,
    /// The order of members.
    pub order: Order,
}

impl Spelling {
    /// The shortest way.
    pub const PLAIN: Spelling = Spelling { escapes: 0, blanks: 0, order: Order::Kept };

    /// Other letters and another layout.
    pub fn any(dice: &mut Dice) -> Spelling {
        let escapes = [0, 1, 2, 5, 20][dice.below(5)];
        Spelling { escapes, blanks: dice.below(3), ..Spelling::PLAIN }
    }
}

/// Writes a value.
pub fn write(value: &Value, spelling: Spelling, dice: &mut Dice) -> String {
    let mut writer = Writer { text: String::new(), spelling, dice };
    writer.value(value);
    writer.text
}

struct Writer<'d> {
    text: String,
    spelling: Spelling,
    dice: &'d mut Dice,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value) {
        self.blank();
        match value {
            Value::Hole(text) | Value::Number(text) => self.text.push_str(text),
            Value::Null => self.text.push_str("null"),
            Value::Bool(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Value::Text(text) => self.string(text),
            Value::List(items) => {
                self.text.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.comma(at);
                    self.value(item);
                }
                self.text.push(']');
            }
            Value::Object(members) => {
                self.text.push('{');
                for (at, from) in self.order(members.len()).into_iter().enumerate() {
                    self.comma(at);
                    self.blank();
                    self.string(&members[from].0);
                    self.blank();
                    self.text.push(':');
                    self.value(&members[from].1);
                }
                self.text.push('}');
            }
        }
        self.blank();
    }

    fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        match self.spelling.order {
            Order::Kept => {}
            Order::Reversed => order.reverse(),
            Order::Shuffled => (1..count).for_each(|last| order.swap(last, self.dice.below(last + 1))),
        }
        order
    }

    fn comma(&mut self, at: usize) {
        if at > 0 {
            self.text.push(',');
        }
    }

    fn blank(&mut self) {
        if self.spelling.blanks > 0 && self.dice.one_in(self.spelling.blanks) {
            self.text.push_str(["\n  ", " ", "\t", "\r\n", "\n"][self.dice.below(5)]);
        }
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for letter in text.chars() {
            let is_escaped = self.spelling.escapes > 0 && self.dice.one_in(self.spelling.escapes);
            match letter {
                '/' if is_escaped => self.text.push_str("\\/"),
                '"' | '\\' => self.text.extend(['\\', letter]),
                '\0'..' ' => self.unit(letter as u16),
                _ if is_escaped => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| self.unit(*unit)),
                _ => self.text.push(letter),
            }
        }
        self.text.push('"');
    }

    fn unit(&mut self, unit: u16) {
        self.text.push_str(&format!("\\u{unit:04x}"));
    }
}
