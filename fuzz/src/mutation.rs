//! Changes of documents that keep them documents.

use super::{Dice, Donors, File, Project, Value};

/// What templates leave in a document: written as a whole value, or as the whole of a string or a part of it.
const HOLES: [&str; 6] = ["${VALUE}", "{{ value }}", "<%= value %>", "$VALUE", "__VALUE__", "<VALUE>"];

/// Changes a project in one to four places.
pub fn mutate(project: &mut Project, donors: &Donors, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        if dice.one_in(8) {
            change_files(project, donors, dice);
        } else if let Some(at) = nth(project.0.len(), dice) {
            change_value(&mut project.0[at].value, donors, dice);
        }
    }
}

fn nth(count: usize, dice: &mut Dice) -> Option<usize> {
    (count > 0).then(|| dice.below(count))
}

/// Adds, removes, moves and renames files.
fn change_files(project: &mut Project, donors: &Donors, dice: &mut Dice) {
    let files = &mut project.0;
    match dice.below(6) {
        0 if files.len() > 1 => {
            let at = dice.below(files.len());
            files.remove(at);
        }
        1 if files.len() > 1 => {
            let at = dice.below(files.len());
            files.rotate_left(at);
        }
        2 => {
            if let Some(at) = nth(files.len(), dice) {
                files[at].name = format!("{}/{}", ["a", "b", "prod"][dice.below(3)], files[at].name);
            }
        }
        3 => {
            if let Some(at) = nth(files.len(), dice) {
                let copy = files[at].clone();
                add(files, copy);
            }
        }
        _ => {
            let other = dice.pick(&donors.projects).and_then(|other| dice.pick(&other.0));
            if let Some(other) = other {
                add(files, other.clone());
            }
        }
    }
}

/// Adds a file under a name that no other file has. A project of more than a few files shows nothing new.
fn add(files: &mut Vec<File>, mut file: File) {
    while files.iter().any(|other| other.name == file.name) {
        file.name = format!("other-{}", file.name);
    }
    if files.len() < 5 {
        files.push(file);
    }
}

/// Changes one value, or what is below it.
fn change_value(root: &mut Value, donors: &Donors, dice: &mut Dice) {
    let position = dice.below(root.size());
    let Some((value, key)) = root.at(position) else { return };
    match dice.below(12) {
        0..3 => {
            if let Some(donor) = donors.value(&key, dice) {
                *value = donor.clone();
            }
        }
        3..6 => change_members(value, &key, donors, dice),
        6..8 => change_items(value, dice),
        8 => *value = hole(dice),
        9 => change_shape(value, dice),
        _ => change_scalar(value, dice),
    }
}

fn hole(dice: &mut Dice) -> Value {
    let hole = HOLES[dice.below(HOLES.len())];
    match dice.below(3) {
        0 => Value::Hole("${VALUE}".to_owned()),
        1 => Value::Text(hole.to_owned()),
        _ => Value::Text(format!("a{hole}")),
    }
}

fn change_members(value: &mut Value, key: &str, donors: &Donors, dice: &mut Dice) {
    let Value::Object(members) = value else {
        return change_scalar(value, dice);
    };
    let at = nth(members.len(), dice);
    match (dice.below(5), at) {
        (0, Some(at)) => {
            members.remove(at);
        }
        (1, Some(at)) => {
            let donor = donors.key(dice).unwrap_or_default().to_owned();
            let name = if dice.one_in(2) { other_case(&members[at].0) } else { donor };
            if members.iter().all(|(key, _)| *key != name) {
                members[at].0 = name;
            }
        }
        (2, Some(at)) => {
            // Two members exchange their values.
            let with = dice.below(members.len());
            let kept = members[at].1.clone();
            members[at].1 = std::mem::replace(&mut members[with].1, kept);
        }
        _ => {
            let Some((name, donor)) = donors.member(key, dice) else { return };
            match members.iter_mut().find(|(key, _)| key == name) {
                Some((_, value)) => *value = donor.clone(),
                None => {
                    let at = dice.below(members.len() + 1);
                    members.insert(at, (name.clone(), donor.clone()));
                }
            }
        }
    }
}

fn other_case(text: &str) -> String {
    let mut letters = text.chars();
    let turned = letters.next().map(|first| match first.is_uppercase() {
        true => first.to_lowercase().to_string(),
        false => first.to_uppercase().to_string(),
    });
    turned.into_iter().chain([letters.collect()]).collect()
}

fn change_items(value: &mut Value, dice: &mut Dice) {
    let Value::List(items) = value else {
        return change_scalar(value, dice);
    };
    let Some(at) = nth(items.len(), dice) else { return };
    match dice.below(4) {
        0 => {
            items.remove(at);
        }
        1 => {
            let with = dice.below(items.len());
            items.swap(at, with);
        }
        2 => items[at] = hole(dice),
        _ => {
            let copy = items[at].clone();
            items.push(copy);
        }
    }
}

/// Gives a value another type.
fn change_shape(value: &mut Value, dice: &mut Dice) {
    let old = std::mem::replace(value, Value::Null);
    *value = match (dice.below(4), old) {
        (0, old) => Value::List(vec![old]),
        (1, Value::List(items)) => items.into_iter().next().unwrap_or(Value::Null),
        (1, Value::Object(members)) => Value::List(members.into_iter().map(|(_, value)| value).collect()),
        (2, Value::Number(text)) => Value::Text(text),
        (2, Value::Bool(flag)) => Value::Text(flag.to_string()),
        (2, Value::Text(text)) if text.parse::<i64>().is_ok_and(|number| number.to_string() == text) => {
            Value::Number(text)
        }
        (3, _) => {
            [Value::Null, Value::List(Vec::new()), Value::Object(Vec::new()), Value::Text(String::new())]
                [dice.below(4)]
            .clone()
        }
        (_, old) => old,
    };
}

fn change_scalar(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Bool(flag) => *flag = !*flag,
        Value::Number(text) => {
            let number = text.parse::<i64>().unwrap_or(1);
            let others =
                [number.saturating_add(1), number.saturating_sub(1), number.saturating_neg(), 0, 65_536];
            *text = others[dice.below(others.len())].to_string();
        }
        Value::Text(text) => change_text(text, dice),
        other => *other = Value::Text("x".to_owned()),
    }
}

fn change_text(text: &mut String, dice: &mut Dice) {
    const PIECES: [&str; 12] =
        [" ", "é", "\u{202e}", "\u{1b}[31m", "\n", "\"", "\\", "/", ":", ",", "${VALUE}", "0"];
    let before: String = text.chars().take(dice.below(text.chars().count() + 1)).collect();
    match dice.below(6) {
        0 => *text = before,
        1 => *text = text.to_uppercase(),
        2 => *text = other_case(text),
        3 => text.clear(),
        _ => {
            let after: String = text.chars().skip(before.chars().count()).collect();
            *text = format!("{before}{}{after}", PIECES[dice.below(PIECES.len())]);
        }
    }
}
