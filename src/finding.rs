//! What the linter says: severity, labels, problems, findings.

use std::fmt;
use std::str::FromStr;

use crate::fix::{Fix, Safety};
use crate::source::{Place, Span};
use crate::words::shortened;

/// How bad a finding is. Ordered: a note is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice.
    Note,
    /// It runs, or may run, but is likely to hurt.
    Warning,
    /// AWS rejects it, or it cannot work.
    Error,
}

impl Severity {
    /// All severities, the least first.
    pub const ALL: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

    /// The name in reports and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What kind of harm a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The API, or its client, refuses it.
    Rejected,
    /// It is accepted and fails when it is started or deployed.
    Broken,
    /// It is accepted and has no effect.
    Ignored,
    /// It exposes something.
    Security,
    /// It makes an outage more likely or longer.
    Reliability,
    /// It makes the thing harder to run.
    Operations,
    /// It costs more than it needs to.
    Cost,
}

impl Category {
    /// All categories, the most certain harm first.
    pub const ALL: [Category; 7] = [
        Category::Rejected,
        Category::Broken,
        Category::Ignored,
        Category::Security,
        Category::Reliability,
        Category::Operations,
        Category::Cost,
    ];

    /// The name in reports and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Category::Rejected => "rejected",
            Category::Broken => "broken",
            Category::Ignored => "ignored",
            Category::Security => "security",
            Category::Reliability => "reliability",
            Category::Operations => "operations",
            Category::Cost => "cost",
        }
    }
}

macro_rules! named {
    ($type:ident) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }

        impl FromStr for $type {
            type Err = ();

            fn from_str(name: &str) -> Result<$type, ()> {
                $type::ALL.into_iter().find(|one| one.name() == name).ok_or(())
            }
        }
    };
}

named!(Severity);
named!(Category);

/// A place with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What to underline.
    pub at: Place,
    /// What to say there; may be empty.
    pub text: String,
}

impl Label {
    /// A label at a place.
    pub fn new(at: Place, text: impl Into<String>) -> Label {
        Label { at, text: text.into() }
    }
}

/// One thing that is wrong, as a rule tells it: it knows neither its rule nor its severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, with the user's values.
    pub message: String,
    /// The token at fault.
    pub at: Label,
    /// Other places that belong to it: the cause of an effect, the first of two.
    pub also: Vec<Label>,
    /// What to do, with the value to write.
    pub help: Option<String>,
    /// What AWS would answer to this very document, where its words are known; empty where the
    /// text of the rule is not the one.
    pub aws_says: Option<String>,
    /// Whether AWS's words for this very document are not known, though the rule has some.
    pub aws_is_silent: bool,
    /// Whether it tells itself why it compares the documents that it compares.
    pub says_why: bool,
    /// What no report shows of the texts, because it may be a secret.
    pub concealed: Vec<Place>,
    /// A change that mends it.
    pub fix: Option<Fix>,
    /// The highest severity that this problem deserves, where it is less certain than others
    /// of its rule.
    pub at_most: Option<Severity>,
    /// Whether it says under which conditions nothing is wrong.
    pub is_conditional: bool,
}

impl Problem {
    /// A problem at a place.
    pub fn new(message: impl Into<String>, at: Label) -> Problem {
        Problem {
            message: message.into(),
            at,
            also: Vec::new(),
            help: None,
            aws_says: None,
            aws_is_silent: false,
            says_why: false,
            concealed: Vec::new(),
            fix: None,
            at_most: None,
            is_conditional: false,
        }
    }

    /// Adds a further place.
    pub fn also(mut self, label: Label) -> Problem {
        self.also.push(label);
        self
    }

    /// Adds further places.
    pub fn also_each(mut self, labels: impl IntoIterator<Item = Label>) -> Problem {
        self.also.extend(labels);
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// Says what AWS would answer.
    pub fn aws_says(mut self, text: impl Into<String>) -> Problem {
        self.aws_says = Some(text.into());
        self
    }

    /// Leaves open what AWS would answer: the words of the rule are for another case of it.
    pub fn without_reply(mut self) -> Problem {
        self.aws_is_silent = true;
        self
    }

    /// Says that message and help tell why the documents are compared: nothing has to be added.
    pub fn saying_why(mut self) -> Problem {
        self.says_why = true;
        self
    }

    /// Keeps parts of the texts out of every report.
    pub fn conceal(mut self, places: impl IntoIterator<Item = Place>) -> Problem {
        self.concealed.extend(places);
        self
    }

    /// Offers a change, if it changes anything.
    pub fn fix(mut self, fix: Fix) -> Problem {
        self.fix = Some(fix).filter(|fix| !fix.edits.is_empty());
        self.with_cautious_fix()
    }

    /// Tells only the beginning of values that are too long to be read.
    pub fn shortened(mut self) -> Problem {
        let texts = [&mut self.message, &mut self.at.text].into_iter();
        let labels = self.also.iter_mut().map(|label| &mut label.text);
        let title = self.fix.iter_mut().map(|fix| &mut fix.title);
        for text in texts.chain(labels).chain(&mut self.help).chain(&mut self.aws_says).chain(title) {
            *text = shortened(std::mem::take(text));
        }
        self
    }

    /// Lowers an error to a warning, without the words of a reply, unless it is certain.
    pub fn warning_unless(self, certain: bool) -> Problem {
        if certain {
            self
        } else {
            Problem { aws_says: None, ..self.without_reply().at_most(Severity::Warning) }
        }
    }

    /// Lowers the severity of this one problem.
    pub fn at_most(mut self, severity: Severity) -> Problem {
        self.at_most = Some(self.at_most.map_or(severity, |lowest| lowest.min(severity)));
        self
    }

    /// Says under which conditions nothing is wrong: with any, it is a warning at most, and its
    /// fix a suggestion.
    pub fn unless(mut self, doubts: impl IntoIterator<Item = Label>) -> Problem {
        for doubt in doubts {
            self.also.push(doubt);
            self.is_conditional = true;
            self = self.at_most(Severity::Warning);
        }
        self.with_cautious_fix()
    }

    fn with_cautious_fix(mut self) -> Problem {
        if let Some(fix) = self.fix.as_mut().filter(|_| self.is_conditional) {
            fix.safety = Safety::Shown;
        }
        self
    }
}

/// Which rule of a registry: its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u16);

/// A problem with the name and the severity of its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub problem: Problem,
    /// JSON Pointer of the innermost node that holds the place of the finding; empty for the
    /// whole text, or where the text is no JSON at the place.
    pub pointer: String,
    /// What the document calls itself: `task definition web`.
    pub document: Option<String>,
}

impl Finding {
    /// The bytes of the token at fault.
    pub fn span(&self) -> Span {
        self.problem.at.at.span
    }
}
