//! Lists and numbers as people write them.

/// `` `a`, `b` and `c` ``
pub fn listed<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 task`, `2 tasks`
pub fn counted(count: i64, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// `2`, `a number from 2 to 8`
pub fn number_from(least: i64, most: i64) -> String {
    if least == most { least.to_string() } else { format!("a number from {least} to {most}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        assert_eq!(
            [counted(0, "task"), counted(1, "task"), counted(2, "task")],
            ["0 tasks", "1 task", "2 tasks"]
        );
    }

    #[test]
    fn the_last_of_a_list_follows_an_and() {
        assert_eq!(listed(["a"]), "`a`");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
