//! What may be set: one table, by which settings files are read, and their JSON Schema is made.

/// A key of a settings file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether it has to be set.
    pub is_required: bool,
    /// What it means.
    pub about: &'static str,
    /// A value, as TOML; empty for a list of tables.
    pub example: &'static str,
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
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

const fn key(name: &'static str, kind: Kind, about: &'static str, example: &'static str) -> Key {
    Key { name, kind, is_required: false, about, example }
}

const fn required(name: &'static str, kind: Kind, about: &'static str, example: &'static str) -> Key {
    Key { is_required: true, ..key(name, kind, about, example) }
}

/// The keys at the top.
pub(super) const SETTINGS: &[Key] = &[
    key("profile", Kind::Profile, "Rule set to use; each profile includes the previous one", r#""strict""#),
    key("fail-on", Kind::Severity, "Minimum severity that causes exit status 1", r#""warning""#),
    key(
        "only",
        Kind::Names,
        "Run only these rules or categories, whatever the profile",
        r#"["rejected", "broken"]"#,
    ),
    key(
        "also",
        Kind::Names,
        "Run these rules or categories besides those of the profile",
        r#"["unpinned-image"]"#,
    ),
    key("skip", Kind::Names, "Do not run these rules or categories", r#"["missing-task-role"]"#),
    key("exclude", Kind::Globs, "Files that are never linted, even if they are named", r#"["legacy/**"]"#),
    key(
        "placeholders",
        Kind::Placeholders,
        "Placeholders of your own: `@@*@@` for `@@IMAGE@@`",
        r#"["@@*@@"]"#,
    ),
    key("rules", Kind::PerRule, "Severity and settings of single rules", ""),
    key("override", Kind::Tables(OVERRIDE), "Which rules run on some files; later entries win", ""),
    key("ignore", Kind::Tables(IGNORE), "Findings that are accepted, and why", ""),
];

/// The keys of `[[override]]`.
pub(super) const OVERRIDE: &[Key] = &[
    required("files", Kind::Globs, "The files that the entry is for", r#"["dev/**"]"#),
    key("profile", Kind::Profile, "Rule set to use for these files", r#""default""#),
    key("only", Kind::Names, "Run only these rules or categories on these files", r#"["rejected"]"#),
    key("also", Kind::Names, "Run these rules or categories too on these files", r#"["unpinned-image"]"#),
    key(
        "skip",
        Kind::Names,
        "Do not run these rules or categories on these files",
        r#"["missing-scaling-policy"]"#,
    ),
];

/// The keys of `[[ignore]]`.
pub(super) const IGNORE: &[Key] = &[
    key("rule", Kind::Rule, "The rule whose findings are ignored", r#""unpinned-image""#),
    key(
        "rules",
        Kind::Rules,
        "The rules whose findings are ignored",
        r#"["unpinned-image", "missing-task-role"]"#,
    ),
    key("category", Kind::Category, "The category whose findings are ignored", r#""security""#),
    key("path", Kind::Glob, "The files in which they are ignored", r#""deploy/*.json""#),
    key("container", Kind::Text, "The name of the container in which they are ignored", r#""web""#),
    key("document", Kind::Text, "The name of the document in which they are ignored", r#""web""#),
    key(
        "pointer",
        Kind::Text,
        "The place in which they are ignored, as a JSON Pointer or with names",
        r#""containerDefinitions[web].image""#,
    ),
    required("reason", Kind::Reason, "Why they are ignored", r#""the deploy step pins it""#),
    key("expires", Kind::Date, "The last day on which they are ignored: 2027-03-01", "2027-03-01"),
    key("owner", Kind::Text, "Who answers for the entry", r#""platform team""#),
];

/// The key that every table of a rule may have.
pub(super) const SEVERITY: Key =
    key("severity", Kind::Severity, "How severe the findings of the rule are", r#""error""#);
