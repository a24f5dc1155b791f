//! What may be set: one table, by which settings files are read, and their JSON Schema is made.

/// A key of a settings file.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether it has to be set.
    pub is_required: bool,
    /// What it means.
    #[expect(dead_code, reason = "the JSON Schema of settings will say it")]
    pub about: &'static str,
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// The name of a profile.
    Profile,
    /// The name of a severity.
    Severity,
    /// The name of a category.
    Category,
    /// The id of a rule.
    Rule,
    /// A list of ids of rules.
    Rules,
    /// A list of ids of rules and names of categories.
    Names,
    /// A pattern of paths.
    Glob,
    /// A list of patterns of paths.
    Globs,
    /// A list of placeholders: what begins one, `*`, what ends it.
    Placeholders,
    /// A string.
    Text,
    /// A string that says something.
    Reason,
    /// A date.
    Date,
    /// A table for each rule.
    PerRule,
    /// A list of tables with these keys.
    Tables(&'static [Key]),
    /// A value of a setting of a rule.
    Of(crate::rule::SettingKind),
}

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, is_required: false, about }
}

const fn required(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, is_required: true, about }
}

/// The keys at the top.
pub const SETTINGS: &[Key] = &[
    key("profile", Kind::Profile, "Rule set to use; each profile includes the previous one"),
    key("fail-on", Kind::Severity, "Minimum severity that causes exit status 1"),
    key("only", Kind::Names, "Run only these rules or categories, whatever the profile"),
    key("also", Kind::Names, "Run these rules or categories besides those of the profile"),
    key("skip", Kind::Names, "Do not run these rules or categories"),
    key("exclude", Kind::Globs, "Files that are never linted, even if they are named"),
    key("placeholders", Kind::Placeholders, "Placeholders of your own: `@@*@@` for `@@IMAGE@@`"),
    key("rules", Kind::PerRule, "Severity and settings of single rules"),
    key("override", Kind::Tables(OVERRIDE), "Which rules run on some files; later entries win"),
    key("ignore", Kind::Tables(IGNORE), "Findings that are accepted, and why"),
];

/// The keys of `[[override]]`.
pub const OVERRIDE: &[Key] = &[
    required("files", Kind::Globs, "The files that the entry is for"),
    key("profile", Kind::Profile, "Rule set to use for these files"),
    key("only", Kind::Names, "Run only these rules or categories on these files"),
    key("also", Kind::Names, "Run these rules or categories too on these files"),
    key("skip", Kind::Names, "Do not run these rules or categories on these files"),
];

/// The keys of `[[ignore]]`.
pub const IGNORE: &[Key] = &[
    key("rule", Kind::Rule, "The rule whose findings are ignored"),
    key("rules", Kind::Rules, "The rules whose findings are ignored"),
    key("category", Kind::Category, "The category whose findings are ignored"),
    key("path", Kind::Glob, "The files in which they are ignored"),
    key("container", Kind::Text, "The name of the container in which they are ignored"),
    key("document", Kind::Text, "The name of the document in which they are ignored"),
    key(
        "pointer",
        Kind::Text,
        "The place at and below which they are ignored: `/containerDefinitions/0` or `containerDefinitions[web].image`",
    ),
    required("reason", Kind::Reason, "Why they are ignored"),
    key("expires", Kind::Date, "The last day on which they are ignored: 2027-03-01"),
    key("owner", Kind::Text, "Who answers for the entry"),
];

/// The key that every table of a rule may have.
pub const SEVERITY: Key = key("severity", Kind::Severity, "How severe the findings of the rule are");
