//! The inputs of a run: the texts that are linted, the files around them, and texts that replace their
//! content.

use std::collections::HashMap;

use crate::source::SourceId;

/// The name of a settings file.
pub const SETTINGS_FILE: &str = "ecs-lint.toml";

/// A text that can be linted, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its key, which is unique among the inputs.
    pub id: SourceId,
    /// The name to show: a path as the user would write it, with `/` between folders.
    pub name: String,
    /// Where it is: its absolute path, however the user writes it, with `/` between folders; its name, if it has no
    /// path.
    pub location: String,
    /// The folder that contains it; documents of one folder are linked before others.
    pub folder: String,
    /// The root of the project that it belongs to. `None` for standard input, and for a file that was named
    /// alone if nothing marks a project: the files around it cannot be seen.
    pub project: Option<String>,
    /// The settings file that applies to it, by the name that the settings use.
    pub settings: Option<String>,
    /// Its path from the folder of that file, with `/` between folders; its name, if there is no such file.
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
    /// Another text may refer to it: nothing is reported about the text itself.
    Around,
}

impl Role {
    /// Whether the user asked for it, by its own name or by that of a folder or a pattern: its findings are
    /// shown.
    pub fn is_asked(self) -> bool {
        self != Role::Around
    }
}

/// How far around the inputs of a run to look for what they refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In the folders that contain them, and in the workflows of their repositories.
    Folder,
    /// In their whole projects.
    Project,
}

/// The texts of a run. The linter may read one more than once.
///
/// A text keeps its key as long as its inputs exist, over any number of runs. The key is independent of its
/// position.
pub trait Inputs: Sync {
    /// Everything that the user asked for, in the order of the report.
    fn list(&self) -> &[Input];

    /// The files around them that the user did not ask for: they are read to see what the others refer to,
    /// and nothing is reported about them. Called only if there is a document that may refer to another one, and at
    /// most once in a run for each reach, for the folders first.
    fn around(&self, _reach: Reach) -> &Around {
        const { &Around { inputs: Vec::new(), unseen: Vec::new() } }
    }

    /// The scripts that lie beside what the user asked for. They are read only if it matters what they pass to the calls
    /// that send the documents.
    fn scripts(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether a file lies at a location that is neither in the list nor among the files around it. A workflow may
    /// deploy it.
    fn lies_at(&self, _location: &str) -> bool {
        false
    }

    /// The bytes of an input, which is in the list or among the files around it.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, to be shown after its name.
    fn read(&self, id: SourceId) -> Result<Vec<u8>, String>;
}

impl<I: Inputs + ?Sized> Inputs for &I {
    fn list(&self) -> &[Input] {
        (**self).list()
    }

    fn around(&self, reach: Reach) -> &Around {
        (**self).around(reach)
    }

    fn scripts(&self) -> Vec<String> {
        (**self).scripts()
    }

    fn lies_at(&self, location: &str) -> bool {
        (**self).lies_at(location)
    }

    fn read(&self, id: SourceId) -> Result<Vec<u8>, String> {
        (**self).read(id)
    }
}

/// The files around the inputs of a run.
#[derive(Debug, Default)]
pub struct Around {
    /// The inputs, each in the role [`Role::Around`].
    pub inputs: Vec<Input>,
    /// What represents the rest of a folder or a project that is too large: it is not read, and may contain
    /// anything.
    pub unseen: Vec<Input>,
}

/// Texts in memory, as if from a folder. Their keys count up from 0.
///
/// Names are paths: documents of one folder are linked before others. A text called [`SETTINGS_FILE`] is not
/// an input but the settings file for the others.
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
                    location: name.to_owned(),
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

/// A remark about an input, or about something else that the user named: why it failed, or why it was left
/// out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The name of its subject.
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

/// Inputs with some texts replaced: by what is unsaved in an editor, or by the result of fixes. All other
/// texts are unchanged.
#[derive(Debug)]
pub struct Overlay<I> {
    inputs: I,
    texts: HashMap<SourceId, String>,
}

impl<I: Inputs> Overlay<I> {
    /// Some inputs with no texts replaced yet.
    pub fn new(inputs: I) -> Overlay<I> {
        Overlay { inputs, texts: HashMap::new() }
    }

    /// Replaces the text of an input, or the text that already replaces it.
    pub fn lay(&mut self, id: SourceId, text: impl Into<String>) {
        self.texts.insert(id, text.into());
    }

    /// Restores the original text of an input.
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

    fn scripts(&self) -> Vec<String> {
        self.inputs.scripts()
    }

    fn lies_at(&self, location: &str) -> bool {
        self.inputs.lies_at(location)
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

    /// One input that can be read, and one that cannot; and one that was not asked for.
    struct Three {
        asked: Vec<Input>,
        around: Around,
    }

    const GOOD: SourceId = SourceId(7);
    const BAD: SourceId = SourceId(3);
    const BESIDE: SourceId = SourceId(5);

    fn input(id: SourceId, role: Role) -> Input {
        let name = format!("{}.json", id.0);
        let (path, location) = (name.clone(), name.clone());
        Input { id, path, name, location, folder: String::new(), project: None, settings: None, role }
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

        fn scripts(&self) -> Vec<String> {
            vec!["aws ecs describe-services".to_owned()]
        }

        fn lies_at(&self, location: &str) -> bool {
            location.starts_with("deploy/")
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
        assert_eq!(overlay.scripts(), below.scripts());
        assert!(overlay.lies_at("deploy/task.json") && !overlay.lies_at("task.json"));
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
