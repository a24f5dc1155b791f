//! Texts as words.

/// The words of a text in lower case, without what is between them.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A word that is always there.
    Word(String),
    /// A place for any number of words.
    Hole,
}

/// The parts of a template: `{name}` and `…` are holes.
pub(super) fn parts(template: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut add = |text: &str| {
        for (at, piece) in text.split('…').enumerate() {
            parts.extend((at > 0).then_some(Part::Hole));
            parts.extend(words(piece).into_iter().map(Part::Word));
        }
        parts.len()
    };
    let mut pieces = template.split('{');
    add(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece.split_once('}') {
            Some((_, rest)) => {
                add("…");
                add(rest);
            }
            None => _ = add(piece),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_ellipses_are_holes() {
        let word = |text: &str| Part::Word(text.to_owned());
        assert_eq!(parts("Unknown volume '{volume}'."), [word("unknown"), word("volume"), Part::Hole]);
        assert_eq!(parts("Error … exec"), [word("error"), Part::Hole, word("exec")]);
    }
}
