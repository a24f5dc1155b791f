//! The house style of messages and pages: habits that read as translated are refused.

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

/// Where the words "is no" are English: "there is no …", "is no longer", "is no more than".
fn says_is_no(text: &str) -> bool {
    text.match_indices(" is no ").chain(text.match_indices(" are no ")).any(|(at, found)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + found.len()..).unwrap_or_default();
        let is_english =
            ["longer", "more", "fewer", "less", "need"].iter().any(|word| after.starts_with(word));
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
