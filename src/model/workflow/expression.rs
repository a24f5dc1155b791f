//! Values with expressions: `${{ env.CONTAINER_NAME }}`.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::Known;
use crate::model::field::certain_text;
use crate::placeholder::{self, Wants};
use crate::tree::{Kind, Node};

/// The file in which a script sets variables for the steps after it.
const FILE: &str = "GITHUB_ENV";

/// The root of the repository of a workflow, from the folder that paths start at.
const WORKSPACE: &str = ".";

/// The variables that expressions of a step see.
#[derive(Clone, Copy, Debug)]
pub(super) struct Environment<'j, 'd> {
    /// `env` of the step, of its job and of the workflow.
    pub levels: [Option<Node<'d>>; 3],
    /// What steps before it have set: it replaces the variables of the job and the workflow.
    pub set: &'j SetVariables<'d>,
}

/// The variables that steps set for those after them.
#[derive(Clone, Debug, Default)]
pub(super) struct SetVariables<'d> {
    names: HashSet<&'d str>,
    /// Whether there may be others.
    may_be_any: bool,
}

/// A text with its expressions replaced.
#[derive(Clone, Debug)]
pub(super) struct Resolved<'d> {
    pub text: Cow<'d, str>,
    /// The variables that are in it.
    pub variables: Vec<&'d str>,
}

impl<'d> SetVariables<'d> {
    /// Takes note of what a script sets.
    pub(super) fn see(&mut self, script: &'d str) {
        let is_setting = |line: &&str| line.contains(FILE) || line.contains("::set-env");
        for line in script.lines().filter(is_setting) {
            match variable_set_by(line) {
                Some(name) => _ = self.names.insert(name),
                None => self.may_be_any = true,
            }
        }
    }

    fn may_have(&self, name: &str) -> bool {
        self.may_be_any || self.names.contains(name)
    }
}

/// The variable that a line of a script sets, if it sets one and nothing else: `echo "NAME=…" >> "$GITHUB_ENV"`.
fn variable_set_by(line: &str) -> Option<&str> {
    let said = line.trim().strip_prefix("echo ")?.trim_start().trim_start_matches(['"', '\'']);
    let (name, rest) = said.split_once('=')?;
    (is_variable(name) && rest.matches(FILE).count() == 1).then_some(name)
}

impl<'d> Environment<'_, 'd> {
    /// The literal that a value is, or that the variable has which is the whole value.
    pub(super) fn literal(&self, value: Node<'d>) -> Option<Known<'d, &'d str>> {
        match whole(value.as_text()?) {
            Some(expression) => self.variable(variable_in(expression)?),
            None => literal(value),
        }
    }

    /// A value with its expressions replaced.
    pub(super) fn text(&self, value: Node<'d>) -> Option<Resolved<'d>> {
        let text = value.as_text()?.trim();
        if !text.contains("${{") {
            let text = Cow::Borrowed(literal(value)?.value().trim());
            return Some(Resolved { text, variables: Vec::new() });
        }
        let mut rest = text;
        let (mut resolved, mut variables) = (String::new(), Vec::new());
        while let Some((before, after)) = rest.split_once("${{") {
            let (expression, after) = after.split_once("}}")?;
            resolved.push_str(before);
            resolved.push_str(match expression.trim() {
                "github.workspace" => WORKSPACE,
                expression => {
                    let name = variable_in(expression)?;
                    variables.push(name);
                    self.variable(name)?.value().trim()
                }
            });
            rest = after;
        }
        resolved.push_str(rest);
        let is_plain = placeholder::find(&resolved, Wants::Name).is_none();
        is_plain.then_some(Resolved { text: Cow::Owned(resolved), variables })
    }

    /// The value of a variable, if it is a literal of the same file.
    fn variable(&self, name: &str) -> Option<Known<'d, &'d str>> {
        for (height, level) in self.levels.iter().enumerate() {
            let Some(level) = level else { continue };
            if level.kind() != Kind::Object || level.is_incomplete() {
                return None;
            }
            if let Some(value) = level.get(name) {
                return literal(value).filter(|_| height == 0 || !self.set.may_have(name));
            }
        }
        None
    }
}

/// A text without expressions and placeholders that is not empty.
fn literal(value: Node<'_>) -> Option<Known<'_, &str>> {
    let text = certain_text(value).filter(|text| !text.trim().is_empty())?;
    Some(Known::new(value, text))
}

/// The expression that is the whole of a text.
fn whole(text: &str) -> Option<&str> {
    let (expression, rest) = text.trim().strip_prefix("${{")?.split_once("}}")?;
    rest.is_empty().then_some(expression.trim())
}

/// The variable that an expression stands for.
fn variable_in(expression: &str) -> Option<&str> {
    expression.trim().strip_prefix("env.").filter(|name| is_variable(name))
}

fn is_variable(name: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    !name.is_empty() && name.bytes().all(is_of_name)
}

/// The id of the step whose output `task-definition` a text is.
pub(super) fn rendered_by(text: &str) -> Option<&str> {
    let id = whole(text)?.strip_prefix("steps.")?.strip_suffix(".outputs.task-definition")?;
    (!id.contains('.')).then_some(id)
}

/// Whether a text is the name of this repository, or of the commit that the workflow runs for.
pub(super) fn is_of_run(text: &str, names: &[&str]) -> bool {
    whole(text).is_some_and(|expression| names.contains(&expression))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_expression_stands_for_a_variable() {
        assert_eq!(whole(" ${{ env.NAME }} ").and_then(variable_in), Some("NAME"));
        assert_eq!(whole("${{env.NAME}}").and_then(variable_in), Some("NAME"));
        assert_eq!(whole("web-${{ env.NAME }}"), None);
        assert_eq!(whole("${{ env.A }}${{ env.B }}"), None);
        assert_eq!(variable_in("env.NAME || 'web'"), None);
        assert_eq!(variable_in("vars.NAME"), None);
    }

    #[test]
    fn scripts_set_variables() {
        assert_eq!(variable_set_by("  echo \"IMAGE=$IMAGE\" >> \"$GITHUB_ENV\""), Some("IMAGE"));
        assert_eq!(variable_set_by("echo A=b>>$GITHUB_ENV"), Some("A"));
        assert_eq!(variable_set_by("echo A=b >> $GITHUB_ENV && echo C=d >> $GITHUB_ENV"), None);
        assert_eq!(variable_set_by("echo \"$NAME=b\" >> $GITHUB_ENV"), None);
        assert_eq!(variable_set_by("cat .env >> $GITHUB_ENV"), None);
        assert_eq!(variable_set_by("} >> $GITHUB_ENV"), None);
    }

    #[test]
    fn outputs_name_their_step() {
        assert_eq!(rendered_by("${{ steps.task-def.outputs.task-definition }}"), Some("task-def"));
        assert_eq!(rendered_by("${{ steps.a.outputs.image }}"), None);
        assert_eq!(rendered_by("${{ needs.a.outputs.task-definition }}"), None);
    }
}
