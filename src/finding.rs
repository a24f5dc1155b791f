//! What the linter reports: severity, labels, problems, findings.

use std::fmt;
use std::str::FromStr;

use crate::fix::{Fix, Safety, Spot};
use crate::source::{Place, SourceId, Span};
use crate::words::shortened;

/// How bad a finding is, in ascending order: a note is the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice.
    Note,
    /// It runs, or may run, but is likely to cause harm.
    Warning,
    /// AWS rejects it, it cannot work, or it publishes a live credential.
    Error,
}

impl Severity {
    /// All severities, lowest first.
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

/// The kind of harm that a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The API, or its client, rejects it.
    Rejected,
    /// It is accepted but fails when it is started or deployed.
    Broken,
    /// It is accepted but has no effect.
    Ignored,
    /// It exposes something.
    Security,
    /// It makes an outage more likely or longer.
    Reliability,
    /// It makes operations harder.
    Operations,
    /// It costs more than necessary.
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

/// A place with a short explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What to underline.
    pub at: Place,
    /// The explanation; may be empty.
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
        /// Its index in the list of the rule.
        which: usize,
        /// The values for each `{name}` in it.
        values: Vec<(&'static str, String)>,
    },
    /// This text.
    Verbatim(String),
}

/// One thing that is wrong, as a rule reports it, independent of the rule and its severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, with the user's values.
    pub message: String,
    /// The token at fault.
    pub at: Label,
    /// Other places that are involved: the cause of an effect, the first of two.
    pub also: Vec<Label>,
    /// What to do, with the value to set.
    pub help: Option<String>,
    /// AWS's reply to this very document, if it is not the same for everything that the rule reports.
    pub reply: Option<Quotation>,
    /// Whether it explains itself why these documents are compared.
    pub says_why: bool,
    /// Parts of the texts that no report shows, because they may be secrets.
    pub concealed: Vec<Place>,
    /// A change that fixes it.
    pub fix: Option<Fix>,
    /// The highest severity for this problem, if it is less certain than others of its rule.
    pub at_most: Option<Severity>,
    /// Whether it states under which conditions nothing is wrong.
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

    /// Adds help.
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// Quotes a reply of the rule: the one at this index of its list, with these values in place of its
    /// `{…}`.
    pub fn reply(mut self, which: usize, values: &[(&'static str, &dyn fmt::Display)]) -> Problem {
        let values = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
        self.reply = Some(Quotation::Template { which, values });
        self
    }

    /// Quotes a reply of the rule that does not mention the document, if one is recorded for this case.
    pub fn reply_if(self, which: Option<usize>) -> Problem {
        match which {
            Some(which) => self.reply(which, &[]),
            None => self,
        }
    }

    /// Quotes what AWS would reply, if a table or the grammar of its client gives the text.
    pub fn says(mut self, text: impl Into<String>) -> Problem {
        self.reply = Some(Quotation::Verbatim(text.into()));
        self
    }

    /// Quotes what AWS would reply, if the text for this very document is known.
    pub fn says_if(self, text: Option<String>) -> Problem {
        match text {
            Some(text) => self.says(text),
            None => self,
        }
    }

    /// Suggests another value instead of one: the help asks whether it was meant.
    pub fn suggest<'d>(self, at: &impl Spot<'d>, meant: &str) -> Problem {
        self.help(format!("did you mean `{meant}`?")).fix(at.set(Safety::Shown, meant))
    }

    /// Declares that message and help explain why the documents are compared: nothing needs to be added.
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

    /// Shortens values that are too long to be read.
    pub fn shortened(mut self) -> Problem {
        let texts = [&mut self.message, &mut self.at.text].into_iter();
        let labels = self.also.iter_mut().map(|label| &mut label.text);
        let title = self.fix.iter_mut().map(|fix| &mut fix.title);
        for text in texts.chain(labels).chain(&mut self.help).chain(title) {
            *text = shortened(std::mem::take(text));
        }
        self
    }

    /// Lowers an error to a warning, without a reply, unless it is certain.
    pub fn warning_unless(self, certain: bool) -> Problem {
        if certain { self } else { Problem { reply: None, ..self.at_most(Severity::Warning) } }
    }

    /// Lowers the severity of this one problem.
    pub fn at_most(mut self, severity: Severity) -> Problem {
        self.at_most = Some(self.at_most.map_or(severity, |lowest| lowest.min(severity)));
        self
    }

    /// States under which conditions nothing is wrong: if there are any, the problem is a warning at most,
    /// and its fix a suggestion.
    pub fn unless(mut self, doubts: impl IntoIterator<Item = Label>) -> Problem {
        for doubt in doubts {
            self.also.push(doubt);
            self.is_conditional = true;
            self = self.at_most(Severity::Warning);
        }
        self.with_cautious_fix()
    }

    fn with_cautious_fix(mut self) -> Problem {
        if self.is_conditional {
            self.make_conditional();
        }
        self
    }

    /// Adds to its help why the documents are compared, or why it may be wrong.
    pub(crate) fn add_reason(&mut self, reason: &str) {
        let help = self.help.take();
        self.help = Some(help.map_or(reason.to_owned(), |help| format!("{help} ({reason})")));
    }

    /// Makes a safe fix a suggestion, because something else may do the same. Tells whether there was one.
    pub(crate) fn make_safe_fix_a_suggestion(&mut self) -> bool {
        let Some(fix) = self.fix.as_ref().filter(|fix| fix.safety == Safety::Safe) else { return false };
        let title = fix.title.clone();
        self.help.get_or_insert(title);
        self.make_conditional();
        true
    }

    /// Records that it states under which conditions nothing is wrong. Its fix is a suggestion then.
    pub(crate) fn make_conditional(&mut self) {
        self.is_conditional = true;
        self.only_show_fix();
    }

    /// Makes its fix a suggestion.
    pub(crate) fn only_show_fix(&mut self) {
        if let Some(fix) = &mut self.fix {
            fix.safety = Safety::Shown;
        }
    }
}

/// The index of a rule in its registry.
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
    /// What AWS would reply to this very document, if the text is known.
    pub aws_says: Option<String>,
    /// JSON Pointer of the innermost node that contains the place of the finding; empty for the whole text,
    /// or if the text at the place is not JSON.
    pub pointer: String,
    /// The same with names instead of positions, `containerDefinitions[web].image`: it stays the same when
    /// lines move and when the items of a list are reordered.
    pub named_pointer: String,
    /// What the document calls itself: `task definition web`.
    pub document: Option<String>,
    /// The form that the document was written in: `cloudformation`.
    pub format: Option<&'static str>,
    /// What the user's tool calls the document: the logical id of a resource.
    pub address: Option<String>,
    /// The other places of what is reported once: of three containers without memory, the second and the third.
    pub repeated: Vec<Site>,
    /// Where it would be if the file there had been asked for too: what is between two files is shown in the one that
    /// was.
    pub turned_from: Option<Site>,
}

/// A place, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The place.
    pub at: Place,
    /// Its JSON Pointer.
    pub pointer: String,
    /// Its pointer with names instead of positions.
    pub named_pointer: String,
}

impl Finding {
    /// All places that it is about, its own first.
    pub fn sites(&self) -> Vec<Site> {
        let own = Site {
            at: self.problem.at.at,
            pointer: self.pointer.clone(),
            named_pointer: self.named_pointer.clone(),
        };
        std::iter::once(own).chain(self.repeated.iter().cloned()).collect()
    }

    /// The bytes of the token at fault.
    pub fn span(&self) -> Span {
        self.problem.at.at.span
    }

    /// Turns a finding between two files so that it is shown in the one that was asked for. False if neither
    /// was.
    pub(crate) fn show_where(&mut self, is_asked: impl Fn(SourceId) -> bool) -> bool {
        let problem = &mut self.problem;
        if is_asked(problem.at.at.source) {
            return true;
        }
        let Some(label) = problem.also.iter_mut().find(|label| is_asked(label.at.source)) else {
            return false;
        };
        std::mem::swap(&mut problem.at, label);
        let (pointer, named_pointer) = Default::default();
        self.turned_from = Some(Site { at: label.at, pointer, named_pointer });
        // It would change the other file.
        problem.fix = None;
        true
    }
}
