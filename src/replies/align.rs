//! How well the words of a template fit into a text.

use std::collections::HashMap;

use super::words::{Part, parts};
use crate::spelling::{Shape, is_one_off};

/// A word by its number in a [`Lexicon`]. A hole has no number.
pub(super) type Template = Vec<Option<usize>>;

/// A word of a text: the words of templates that it may be, with how well each matches.
type Reading = Vec<(usize, f32)>;

/// The cost of a word of the text between two words of a template.
const GAP: f32 = 0.6;
/// The cost of a word of the text in a hole.
const FILLING: f32 = 0.01;
/// The cost of a missing word of a template, for each unit of its weight.
const MISSING: f32 = 0.5;
/// How well another number matches one in a template.
const OTHER_NUMBER: f32 = 0.7;
/// How well a misspelled word matches.
const SLIP: f32 = 0.8;
/// Words shorter than this are different words if one letter differs.
const SHORT: usize = 5;
/// The words of a text after this many are ignored.
const MOST_WORDS: usize = 20_000;

/// All words of the templates. A rare one is more significant.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    numbers: HashMap<String, usize>,
    words: Vec<(Shape, String)>,
    /// The number of templates that contain each.
    uses: Vec<usize>,
    templates: usize,
}

/// The best place for a template in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alignment {
    /// The weight of what matches, less what does not.
    pub score: f32,
    /// The weight of what matches.
    pub matched: f32,
    /// How many words match.
    pub words: usize,
    /// How many words are in between.
    pub gaps: usize,
}

impl Lexicon {
    /// Reads a template.
    pub(super) fn add(&mut self, text: &str) -> Template {
        self.templates += 1;
        let template: Template = parts(text).into_iter().map(|part| self.number(part)).collect();
        let mut distinct: Vec<usize> = template.iter().flatten().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        distinct.into_iter().for_each(|word| self.uses[word] += 1);
        template
    }

    fn number(&mut self, part: Part) -> Option<usize> {
        let Part::Word(word) = part else { return None };
        let next = self.words.len();
        let number = *self.numbers.entry(word.clone()).or_insert(next);
        if number == next {
            self.words.push((Shape::of(&word), word));
            self.uses.push(0);
        }
        Some(number)
    }

    /// The weight of a word.
    fn weight(&self, word: usize) -> f32 {
        (1.0 + self.templates as f32 / self.uses[word] as f32).ln()
    }

    /// The weight of all words of a template.
    pub(super) fn weight_of(&self, template: &Template) -> f32 {
        template.iter().flatten().map(|word| self.weight(*word)).sum()
    }

    /// The words of templates that each word of the text may be.
    pub(super) fn read(&self, text: &[String]) -> Vec<Reading> {
        let mut known: HashMap<&str, Reading> = HashMap::new();
        let reading = |word| known.entry(word).or_insert_with(|| self.reading(word)).clone();
        text.iter().take(MOST_WORDS).map(String::as_str).map(reading).collect()
    }

    fn reading(&self, word: &str) -> Reading {
        let is_number = |word: &str| word.bytes().all(|c| c.is_ascii_digit());
        let shape = Shape::of(word);
        let fit = |(number, (other_shape, other)): (usize, &(Shape, String))| {
            let fit = if other == word {
                1.0
            } else if is_number(word) && is_number(other) {
                OTHER_NUMBER
            } else if word.len() >= SHORT
                && other.len() >= SHORT
                && shape.may_be_near(*other_shape)
                && is_one_off(word, other)
            {
                SLIP
            } else {
                return None;
            };
            Some((number, fit))
        };
        self.words.iter().enumerate().filter_map(fit).collect()
    }

    /// The best place of a template in a text; `None` if the text contains none of its words.
    pub(super) fn align(&self, template: &Template, text: &[Reading]) -> Option<Alignment> {
        // A row for each part of the template, a column for each position in the text: the best way to
        // place the parts so far that ends there. It may begin anywhere.
        let mut before = vec![Alignment::default(); text.len() + 1];
        let mut row = before.clone();
        for part in template {
            for at in 0..=text.len() {
                let left = at.checked_sub(1).map(|left| row[left]);
                row[at] = match part {
                    None => {
                        let filled = left.map(|one| Alignment { score: one.score - FILLING, ..one });
                        best(before[at], filled)
                    }
                    Some(word) => {
                        let weight = self.weight(*word);
                        let missing = Alignment { score: before[at].score - MISSING * weight, ..before[at] };
                        let gap = left.filter(|one| one.words > 0).map(|one| Alignment {
                            score: one.score - GAP,
                            gaps: one.gaps + 1,
                            ..one
                        });
                        let fits = at.checked_sub(1).and_then(|left| {
                            let (_, fit) = text[left].iter().find(|(other, _)| other == word)?;
                            let Alignment { score, matched, words, gaps } = before[left];
                            let gain = fit * weight;
                            Some(Alignment {
                                score: score + gain,
                                matched: matched + gain,
                                words: words + 1,
                                gaps,
                            })
                        });
                        best(best(missing, gap), fits)
                    }
                };
            }
            std::mem::swap(&mut before, &mut row);
        }
        before
            .into_iter()
            .filter(|one| one.words > 0)
            .max_by(|left, right| left.score.total_cmp(&right.score))
    }
}

/// The better of two.
fn best(one: Alignment, other: Option<Alignment>) -> Alignment {
    other.filter(|other| other.score > one.score).unwrap_or(one)
}
