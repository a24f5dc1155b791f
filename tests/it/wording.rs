//! The house style of messages, pages and comments: habits that read as translated are refused.

use std::path::{Path, PathBuf};

use crate::support::{Part, parts, repository, whole_page};
use ecs_lint::rules::Registry;

/// Habits, and what to write instead.
const HABITS: &[(&str, &str)] = &[
    (" is none", "is not a …"),
    (" are none", "are not …"),
    (" stands ", "is, is set"),
    (" stand ", "are, are set"),
    (" mend ", "fix"),
    (" mends ", "fixes"),
    (" mended ", "fixed"),
    (" shall ", "should, must"),
    (" percents", "percentages"),
    (" per cent", "%, percent"),
    ("small letter", "lower case"),
    ("capital letter", "upper case"),
    ("letter case counts", "values are case-sensitive"),
    (" is asked for", "is required"),
    (" slip ", "mistake"),
    ("that there is", "(drop it)"),
    ("is spoken of", "is reported by"),
    ("is the matter of", "is reported by"),
    ("The rule speaks", "The rule applies"),
    ("is silent", "does not apply"),
    ("Allow it where", "Ignore it if"),
    ("Allow it if", "Ignore it if"),
];

/// Habits that are refused in comments too, as words: they are never right there.
const IN_COMMENTS: &[(&str, &str)] = &[
    ("is none", "is not a …"),
    ("are none", "are not …"),
    ("none where", "`None` if"),
    ("stands", "is, is set"),
    ("stand", "are, are set"),
    ("stood", "was, was set"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("slip", "mistake"),
    ("slips", "mistakes"),
    ("shall", "should, must"),
    ("percents", "percentages"),
    ("per cent", "percent"),
    ("small letter", "lower case"),
    ("small letters", "lower case"),
    ("letter case counts", "values are case-sensitive"),
    ("is spoken of", "is reported by"),
    ("is the matter of", "is reported by"),
];

/// What is English after all.
const ENGLISH: &[&str] =
    &["there is none", "there are none", "stands for", "stand for", "stand in for", "stands alone"];

/// Whether a text contains "is no" other than in "there is no …", "is no longer", "is no more than", "the
/// answer is no if …".
fn says_is_no(text: &str) -> bool {
    text.match_indices(" is no ").chain(text.match_indices(" are no ")).any(|(at, found)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + found.len()..).unwrap_or_default();
        let is_english =
            ["longer", "more", "fewer", "less", "need", "if"].iter().any(|word| after.starts_with(word));
        !before.to_lowercase().ends_with("there") && !is_english
    })
}

/// The habits of a text.
fn habits(text: &str) -> Vec<String> {
    let text = format!(" {} ", text.replace('\n', " "));
    let english = text.to_lowercase().replace("there is none", "").replace("there are none", "");
    let is_there =
        |habit: &str| if habit.ends_with(" none") { english.contains(habit) } else { text.contains(habit) };
    let found = HABITS.iter().filter(|(habit, _)| is_there(habit));
    let mut habits: Vec<String> =
        found.map(|(habit, instead)| format!("`{}`: write `{instead}`", habit.trim())).collect();
    if says_is_no(&text) {
        habits.push("`is no …`: write `is not a …`".to_owned());
    }
    habits
}

/// The habits of a comment. What is in backquotes is code.
fn habits_of_comment(text: &str) -> Vec<String> {
    let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join("x").to_lowercase();
    let words =
        prose.split(|c: char| !c.is_alphanumeric() && !"'-".contains(c)).filter(|word| !word.is_empty());
    let english = format!(" {} ", words.collect::<Vec<_>>().join(" "));
    let english = ENGLISH.iter().fold(english, |text, words| text.replace(&format!(" {words} "), " x "));
    let found = IN_COMMENTS.iter().filter(|(habit, _)| english.contains(&format!(" {habit} ")));
    let mut habits: Vec<String> =
        found.map(|(habit, instead)| format!("`{habit}`: write `{instead}`")).collect();
    if says_is_no(&format!(" {} ", prose.split_whitespace().collect::<Vec<_>>().join(" "))) {
        habits.push("`is no …`: write `is not a …`".to_owned());
    }
    habits
}

/// The comments of a source file, each with its first line; lines that follow one another are one comment.
fn comments(text: &str) -> Vec<(usize, String)> {
    let mut comments: Vec<(usize, String)> = Vec::new();
    let mut is_inside = false;
    for (at, line) in text.lines().enumerate() {
        let Some(words) = line.trim_start().strip_prefix("//") else {
            is_inside = false;
            continue;
        };
        let words = words.trim_start_matches(['/', '!']);
        match comments.last_mut() {
            Some((_, comment)) if is_inside => comment.extend([" ", words]),
            _ => comments.push((at + 1, words.to_owned())),
        }
        is_inside = true;
    }
    comments
}

/// The Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of the repository");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let below = |path: PathBuf| if path.is_dir() { sources(&path) } else { vec![path] };
    paths.into_iter().flat_map(below).filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

#[test]
fn comments_keep_to_the_house_style() {
    let mut faults = Vec::new();
    for path in sources(&repository("src")) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        for (line, comment) in comments(&text) {
            let place = format!("{}:{line}", path.display());
            faults.extend(habits_of_comment(&comment).into_iter().map(|habit| format!("{place}: {habit}")));
        }
    }
    assert!(faults.is_empty(), "{} habits:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn habits_of_comments_are_found() {
    for bad in [
        "None where it is missing",
        "This is none of ours",
        "What stands here",
        "A slip.",
        "a key\n that is no field",
        "must mend it",
    ] {
        assert_ne!(habits_of_comment(bad), Vec::<String>::new(), "{bad}");
    }
    for good in ["there is no field", "there is none", "`x` stands for it", "it is no longer there", "`slip`"]
    {
        assert_eq!(habits_of_comment(good), Vec::<String>::new(), "{good}");
    }
}

#[test]
fn pages_keep_to_the_house_style() {
    let mut faults = Vec::new();
    for (_, rule) in Registry::default().rules() {
        let mut check = |place: &str, text: &str| {
            faults.extend(habits(text).into_iter().map(|habit| format!("{}, {place}: {habit}", rule.id)));
        };
        check("summary", rule.summary);
        for part in parts(&whole_page(rule)) {
            match part {
                // What AWS says is quoted as it is.
                Part::Prose(text) => {
                    text.lines().filter(|line| !line.starts_with('>')).for_each(|line| check("page", line))
                }
                Part::Fence { info, body } if info == "text" => {
                    let own = body.split("\n   AWS: ").next().unwrap_or_default();
                    check("report", own.split("\n  then: ").next().unwrap_or_default());
                }
                Part::Fence { .. } => {}
            }
        }
    }
    assert!(faults.is_empty(), "{} habits:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_readme_keeps_to_the_house_style() {
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md"] {
        let text = std::fs::read_to_string(repository(name)).expect("a file of the repository");
        let prose: String = parts(&text)
            .into_iter()
            .filter_map(|part| if let Part::Prose(text) = part { Some(text) } else { None })
            .collect();
        assert_eq!(habits(&prose), Vec::<String>::new(), "{name}");
    }
}
