//! Three-valued logic: what a document does not state is neither true nor false.

use std::ops::Not;

/// An answer to a question about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Certainly.
    Yes,
    /// Certainly not.
    No,
    /// The document does not state it.
    Unknown,
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Answer {
        if yes { Answer::Yes } else { Answer::No }
    }
}

impl Answer {
    /// `No` if that is certain, otherwise `Unknown`.
    pub(crate) fn no_if(certain: bool) -> Answer {
        if certain { Answer::No } else { Answer::Unknown }
    }

    /// Whether at least one of the two holds.
    pub(crate) fn or(self, other: Answer) -> Answer {
        match (self, other) {
            (Answer::Yes, _) | (_, Answer::Yes) => Answer::Yes,
            (Answer::No, Answer::No) => Answer::No,
            _ => Answer::Unknown,
        }
    }

    /// Whether both hold.
    pub(crate) fn and(self, other: Answer) -> Answer {
        match (self, other) {
            (Answer::No, _) | (_, Answer::No) => Answer::No,
            (Answer::Yes, Answer::Yes) => Answer::Yes,
            _ => Answer::Unknown,
        }
    }

    /// Whether the answer is certainly `Yes`.
    pub(crate) fn is_yes(self) -> bool {
        self == Answer::Yes
    }

    /// Whether the answer is certainly `No`.
    pub(crate) fn is_no(self) -> bool {
        self == Answer::No
    }
}

impl Not for Answer {
    type Output = Answer;

    fn not(self) -> Answer {
        match self {
            Answer::Yes => Answer::No,
            Answer::No => Answer::Yes,
            Answer::Unknown => Answer::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_stays_unknown_unless_the_other_side_decides() {
        assert_eq!(Answer::Unknown.and(Answer::No), Answer::No);
        assert_eq!(Answer::Unknown.and(Answer::Yes), Answer::Unknown);
        assert_eq!(Answer::Unknown.or(Answer::Yes), Answer::Yes);
        assert_eq!(Answer::Unknown.or(Answer::No), Answer::Unknown);
        assert_eq!(!Answer::Unknown, Answer::Unknown);
    }
}
