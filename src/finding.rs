//! What the linter says: severity, labels, problems, findings.

use std::fmt;
use std::str::FromStr;

use crate::fix::{Fix, Safety, Spot};
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

/// The words of AWS that a problem quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quotation {
    /// One of the replies of its rule.
    Template {
        /// Its position in the list of the rule.
        which: usize,
        /// What stands in the place of each `{name}` of it.
        values: Vec<(&'static str, String)>,
    },
    /// These words.
    Verbatim(String),
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
    /// Which words of AWS answer this very document, where that is not the same for all that the
    /// rule reports.
    pub reply: Option<Quotation>,
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
            reply: None,
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

    /// Quotes a reply of the rule: the one at this position of its list, with these values in the
    /// place of its `{…}`.
    pub fn reply(mut self, which: usize, values: &[(&'static str, &dyn fmt::Display)]) -> Problem {
        let values = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
        self.reply = Some(Quotation::Template { which, values });
        self
    }

    /// Quotes a reply of the rule that says nothing of the document, if one is recorded for this
    /// case of it.
    pub fn reply_if(self, which: Option<usize>) -> Problem {
        match which {
            Some(which) => self.reply(which, &[]),
            None => self,
        }
    }

    /// Quotes what AWS would answer, where a table or the grammar of its client gives the words.
    pub fn says(mut self, text: impl Into<String>) -> Problem {
        self.reply = Some(Quotation::Verbatim(text.into()));
        self
    }

    /// Quotes what AWS would answer, if the words for this very document are known.
    pub fn says_if(self, text: Option<String>) -> Problem {
        match text {
            Some(text) => self.says(text),
            None => self,
        }
    }

    /// Offers another value in the place of one: the help asks whether it was meant.
    pub fn suggest<'d>(self, at: &impl Spot<'d>, meant: &str) -> Problem {
        self.help(format!("did you mean `{meant}`?")).fix(at.set(Safety::Shown, meant))
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
        for text in texts.chain(labels).chain(&mut self.help).chain(title) {
            *text = shortened(std::mem::take(text));
        }
        self
    }

    /// Lowers an error to a warning, without the words of a reply, unless it is certain.
    pub fn warning_unless(self, certain: bool) -> Problem {
        if certain { self } else { Problem { reply: None, ..self.at_most(Severity::Warning) } }
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
    /// What AWS would answer to this very document, where its words are known.
    pub aws_says: Option<String>,
    /// JSON Pointer of the innermost node that holds the place of the finding; empty for the
    /// whole text, or where the text is no JSON at the place.
    pub pointer: String,
    /// The same with names in place of positions, `containerDefinitions[web].image`: it stays when
    /// lines move and when the items of a list change places.
    pub named_pointer: String,
    /// What the document calls itself: `task definition web`.
    pub document: Option<String>,
}

impl Finding {
    /// The bytes of the token at fault.
    pub fn span(&self) -> Span {
        self.problem.at.at.span
    }
}
