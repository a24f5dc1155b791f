//! The inputs of a run: the texts that are linted, what lies around them, and texts that are laid over
//! them.

use std::collections::HashMap;

use crate::source::SourceId;

/// The name of a settings file.
pub const SETTINGS_FILE: &str = "ecs-lint.toml";

/// A text that can be linted, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its key, which no other input has.
    pub id: SourceId,
    /// The name to show: a path as the user would write it, with `/` between folders.
    pub name: String,
    /// The folder that it lies in; documents of one folder are linked before others.
    pub folder: String,
    /// The root of the project that it belongs to. None for standard input, and for a file that
    /// was named alone where nothing marks a project: what lies around it cannot be seen.
    pub project: Option<String>,
    /// The settings file that is in force for it, by the name that its settings know it by.
    pub settings: Option<String>,
    /// Its path from the folder of that file, with `/` between folders; its name, if there is none.
    /// Patterns in settings are compared with it.
    pub path: String,
    /// Why it is read.
    pub role: Role,
}

/// Why a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The user named it.
    Named,
    /// It was found in a folder, or by a pattern, that the user named.
    Found,
    /// Another text may refer to it: nothing is reported about it by itself.
    Around,
}

impl Role {
    /// Whether the user asked for it, by its own name or by that of a folder or a pattern: findings
    /// are shown in it.
    pub fn is_asked(self) -> bool {
        self != Role::Around
    }
}

/// How far around the inputs of a run one has to look for what they refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Into the folders that they lie in.
    Folder,
    /// Through the whole of their projects.
    Project,
}

/// The texts of a run. The linter may read one more than once.
///
/// A text keeps its key as long as its inputs live, over any number of runs. The key says nothing
/// about its position.
pub trait Inputs: Sync {
    /// All that the user asked for, in the order of the report.
    fn list(&self) -> &[Input];

    /// What lies around them and was not asked for: it is read to see what they refer to, and
    /// nothing is reported of it. Asked for once in a run, and only if there is a document that
    /// may refer to another one.
    fn around(&self, _reach: Reach) -> &Around {
        const { &Around { inputs: Vec::new(), unseen: Vec::new() } }
    }

    /// The bytes of an input, which the list or what lies around holds.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, to be shown after its name.
    fn read(&self, id: SourceId) -> Result<Vec<u8>, String>;
}

impl<I: Inputs> Inputs for &I {
    fn list(&self) -> &[Input] {
        (**self).list()
    }

    fn around(&self, reach: Reach) -> &Around {
        (**self).around(reach)
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        (**self).read(id)
    }
}

/// What lies around the inputs of a run.
#[derive(Debug, Default)]
pub struct Around {
    /// The inputs, each in the role [`Role::Around`].
    pub inputs: Vec<Input>,
    /// What stands for the rest of a folder or a project of which there is too much: it is not
    /// read, and anything may stand there.
    pub unseen: Vec<Input>,
}

/// Texts in memory, as if a folder that holds them had been walked. Their keys count up from 0.
///
/// Names are paths: documents of one folder are linked before others. A text called
/// [`SETTINGS_FILE`] is no input but the settings file that the others refer to.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    inputs: Vec<Input>,
    texts: Vec<String>,
}

impl Texts {
    /// Texts with their names.
    pub fn new<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Texts {
        let mut texts = Texts::default();
        for (name, text) in files {
            if name != SETTINGS_FILE {
                texts.inputs.push(Input {
                    id: SourceId(texts.texts.len() as u32),
                    name: name.to_owned(),
                    folder: name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
                    project: Some(String::new()),
                    settings: Some(SETTINGS_FILE.to_owned()),
                    path: name.to_owned(),
                    role: Role::Found,
                });
            }
            texts.texts.push(text.to_owned());
        }
        texts
    }
}

impl Inputs for Texts {
    fn list(&self) -> &[Input] {
        &self.inputs
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        let text = self.texts.get(id.0 as usize);
        text.map(|text| text.clone().into_bytes()).ok_or_else(|| "there is no such text".to_owned())
    }
}

/// A word about an input, or about something else that the user named: why it failed, or why it was
/// left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The name of what it is about.
    pub name: String,
    /// Why, as the rest of a sentence that begins with the name.
    pub reason: String,
}

impl Remark {
    /// A remark about something by its name.
    pub fn new(name: impl Into<String>, reason: impl Into<String>) -> Remark {
        Remark { name: name.into(), reason: reason.into() }
    }
}

/// Texts that are laid over those of other inputs: what an editor has not saved, or what fixes have
/// made. All else is as it is below.
#[derive(Debug)]
pub struct Overlay<I> {
    inputs: I,
    texts: HashMap<SourceId, String>,
}

impl<I: Inputs> Overlay<I> {
    /// Some inputs with nothing laid over them yet.
    pub fn new(inputs: I) -> Overlay<I> {
        Overlay { inputs, texts: HashMap::new() }
    }

    /// Lays a text over an input, in the place of one that lies there already.
    pub fn lay(&mut self, id: SourceId, text: impl Into<String>) {
        self.texts.insert(id, text.into());
    }

    /// Takes away what lies over an input, which is then read as it is below.
    pub fn lift(&mut self, id: SourceId) -> Option<String> {
        self.texts.remove(&id)
    }
}

impl<I: Inputs> Inputs for Overlay<I> {
    fn list(&self) -> &[Input] {
        self.inputs.list()
    }

    fn around(&self, reach: Reach) -> &Around {
        self.inputs.around(reach)
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        match self.texts.get(&id) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.inputs.read(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One input that can be read, and one that cannot; beside them one that was not asked for.
    struct Three {
        asked: Vec<Input>,
        around: Around,
    }

    const GOOD: SourceId = SourceId(7);
    const BAD: SourceId = SourceId(3);
    const BESIDE: SourceId = SourceId(5);

    fn input(id: SourceId, role: Role) -> Input {
        let name = format!("{}.json", id.0);
        Input { id, path: name.clone(), name, folder: String::new(), project: None, settings: None, role }
    }

    fn three() -> Three {
        Three {
            asked: vec![input(GOOD, Role::Named), input(BAD, Role::Found)],
            around: Around { inputs: vec![input(BESIDE, Role::Around)], unseen: Vec::new() },
        }
    }

    impl Inputs for Three {
        fn list(&self) -> &[Input] {
            &self.asked
        }

        fn around(&self, _reach: Reach) -> &Around {
            &self.around
        }

        fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
            if id == BAD { Err("permission denied".to_owned()) } else { Ok(b"{}".to_vec()) }
        }
    }

    fn text(text: &str) -> Result<Vec<u8>, String> {
        Ok(text.as_bytes().to_vec())
    }

    #[test]
    fn what_nothing_lies_over_is_as_it_is_below() {
        let below = three();
        let overlay = Overlay::new(&below);
        assert_eq!(overlay.list(), below.list());
        assert_eq!(overlay.around(Reach::Folder).inputs, below.around.inputs);
        assert_eq!(overlay.read(GOOD), text("{}"));
        assert_eq!(overlay.read(BAD), Err("permission denied".to_owned()));
    }

    #[test]
    fn the_last_text_that_was_laid_is_read_until_it_is_lifted() {
        let mut overlay = Overlay::new(three());
        overlay.lay(GOOD, "[1]");
        overlay.lay(GOOD, "[2]");
        overlay.lay(BESIDE, "[3]");
        assert_eq!(overlay.read(GOOD), text("[2]"));
        assert_eq!(overlay.read(BESIDE), text("[3]"));
        assert_eq!(overlay.lift(GOOD), Some("[2]".to_owned()));
        assert_eq!(overlay.read(GOOD), text("{}"));
        assert_eq!(overlay.lift(GOOD), None);
    }

    #[test]
    fn a_text_hides_why_what_is_below_cannot_be_read() {
        let mut overlay = Overlay::new(three());
        overlay.lay(BAD, "{}");
        assert_eq!(overlay.read(BAD), text("{}"));
    }

    #[test]
    fn overlays_lie_over_overlays() {
        let below = three();
        let mut unsaved = Overlay::new(&below);
        unsaved.lay(GOOD, "[1]");
        let mut fixed = Overlay::new(&unsaved);
        fixed.lay(GOOD, "[2]");
        assert_eq!(fixed.read(GOOD), text("[2]"));
        fixed.lift(GOOD);
        assert_eq!(fixed.read(GOOD), text("[1]"));
    }

    #[test]
    fn only_what_lies_around_was_not_asked_for() {
        let roles = [Role::Named, Role::Found, Role::Around];
        assert_eq!(roles.map(Role::is_asked), [true, true, false]);
    }
}
