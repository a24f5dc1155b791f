//! The walk that rebuilds a value in the shape of the API: it renames keys, converts scalars where the user's tool
//! would, and leaves out what is absent. It knows no field by name: the schemas do.

use crate::schema::{ShapeRef, Wanted};
use crate::spelling::{lowered, raised};
use crate::tree::{Kind, Node, Presence, TreeBuilder, Written};

/// What a value of the text is worth.
pub(super) enum Value<'d> {
    /// What is written there.
    Written(Node<'d>),
    /// A text that an expression results in. It may have holes.
    Text {
        /// The expression.
        at: Node<'d>,
        /// The text, with `${…}` for what is unknown.
        text: String,
    },
    /// An expression that has an unknown value.
    Expression {
        /// The expression.
        at: Node<'d>,
        /// What it refers to, as a hole in a text: `${Web.Arn}`; empty if nothing.
        name: String,
        /// Whether it has a value at all.
        presence: Presence,
    },
    /// Several lists or several objects as one, which may hold more than can be seen.
    Parts {
        /// The expression.
        at: Node<'d>,
        /// The lists or the objects, in order; a later one prevails.
        parts: Vec<Node<'d>>,
    },
    /// Nothing: the member or the item is removed.
    Absent,
}

/// Knows the expressions of one form of input.
pub(super) trait Resolve<'d> {
    /// What a value is worth.
    fn resolve(&self, node: Node<'d>) -> Value<'d>;

    /// What an item of a list is worth.
    fn resolve_item(&self, node: Node<'d>) -> Value<'d> {
        self.resolve(node)
    }

    /// The API's name and the shape of a member of an object, if its key is spelled as it should be.
    fn member_of(&self, object: ShapeRef, written: &str) -> Option<(&'static str, ShapeRef)>;

    /// Whether what is written becomes a scalar of another kind where one is expected.
    fn converts(&self) -> bool {
        true
    }

    /// What a text is worth where `true` or `false` is expected; `None` if it is neither.
    fn truth(&self, text: &str) -> Option<bool> {
        match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// Whether a key of an object stands for members that cannot be seen.
    fn adds_members(&self, key: &str) -> bool;
}

/// What the API expects at a place.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// A value of this shape.
    Known(ShapeRef),
    /// Anything: keys are the user's.
    Free,
    /// Nothing, but somebody meant to write something there: keys are names, whatever they mean.
    Misplaced,
}

impl Shape {
    fn wants(self) -> Wanted {
        match self {
            Shape::Known(shape) => shape.wants(),
            Shape::Free | Shape::Misplaced => Wanted::Any,
        }
    }

    /// The shape of an object that is written here, even if a list of such is expected.
    fn of_object(self) -> Shape {
        match self {
            Shape::Known(shape) => Shape::Known(shape.item().unwrap_or(shape)),
            other => other,
        }
    }

    /// The shape of the items of a list that is written here, even if one of them is expected.
    fn of_item(self) -> Shape {
        match self {
            Shape::Known(shape) if shape.wants() == Wanted::Map => Shape::Misplaced,
            Shape::Known(shape) => Shape::Known(shape.item().unwrap_or(shape)),
            other => other,
        }
    }
}

/// Rebuilds values.
pub(super) struct Walk<'w, R> {
    pub resolver: &'w R,
    pub builder: &'w mut TreeBuilder,
}

impl<'d, R: Resolve<'d>> Walk<'_, R> {
    /// Adds a member of an object, unless it is absent.
    pub(super) fn member(&mut self, object: Shape, key: Node<'d>, value: Node<'d>) {
        if self.resolver.adds_members(key.text()) {
            return self.builder.mark_open_incomplete();
        }
        let value = self.resolver.resolve(value);
        if matches!(value, Value::Absent) {
            return;
        }
        let shape = self.key(object, key);
        self.value(value, shape);
    }

    /// Adds a key under the API's name, and returns the shape of its value.
    fn key(&mut self, object: Shape, key: Node<'d>) -> Shape {
        let object = match object {
            Shape::Known(object) => object,
            Shape::Misplaced => {
                self.builder.key_respelled(key, &lowered(key.text()));
                return object;
            }
            Shape::Free => {
                self.builder.copy(key);
                return object;
            }
        };
        if let Some(values) = object.values() {
            self.builder.copy(key);
            return Shape::Known(values);
        }
        if let Some((name, shape)) = self.resolver.member_of(object, key.text()) {
            self.builder.key_named(key, name);
            return Shape::Known(shape);
        }
        if let Some(meant) = object.member_of_api(key.text()) {
            // The API's name is not the user's: the schema must not take one for the other.
            self.builder.key_respelled(key, &flipped(key.text()));
            return Shape::Known(meant);
        }
        let name = lowered(key.text());
        match object.member_of_api(&name) {
            // It has another name in CloudFormation.
            Some(meant) => {
                self.builder.copy(key);
                Shape::Known(meant)
            }
            // The schema knows what is near to a name of the API, and where the name belongs.
            None if object.is_lowercase() => {
                self.builder.key_respelled(key, &name);
                Shape::Misplaced
            }
            None => {
                self.builder.copy(key);
                Shape::Free
            }
        }
    }

    /// Adds a value that is not absent.
    pub(super) fn value(&mut self, value: Value<'d>, shape: Shape) {
        let wants = shape.wants();
        let truth = |text: &str| self.resolver.truth(text);
        match value {
            Value::Written(node) => match node.kind() {
                Kind::Object => self.object(node, shape.of_object()),
                Kind::List => self.list(node, shape.of_item()),
                _ if !self.resolver.converts() => self.builder.copy(node),
                _ => self.builder.convert(node, converted(node.raw().written, node.text(), wants, truth)),
            },
            Value::Text { at, text } => {
                let written = converted(Written::Text, &text, wants, truth);
                self.builder.computed(at, written, &text);
            }
            Value::Expression { at, name, presence } => self.builder.expression(at, &name, presence),
            Value::Parts { at, parts } if wants == Wanted::List => {
                self.joined_list(at, &parts, shape.of_item())
            }
            Value::Parts { at, parts } => self.joined_object(at, &parts, shape),
            Value::Absent => {}
        }
    }

    /// Adds several lists as one.
    fn joined_list(&mut self, at: Node<'d>, parts: &[Node<'d>], shape: Shape) {
        self.builder.open_instead(Written::List, at);
        for part in parts {
            match self.resolver.resolve(*part) {
                Value::Written(list) if list.kind() == Kind::List => {
                    if list.is_incomplete() {
                        self.builder.mark_open_incomplete();
                    }
                    self.items(list, shape);
                }
                Value::Absent => {}
                _ => self.builder.mark_open_incomplete(),
            }
        }
        self.builder.close_rebuilt();
    }

    /// Adds several objects as one: only the members of the last are known, which prevail.
    fn joined_object(&mut self, at: Node<'d>, parts: &[Node<'d>], shape: Shape) {
        self.builder.open_instead(Written::Object, at);
        self.builder.mark_open_incomplete();
        if let Some(Value::Written(last)) = parts.last().map(|last| self.resolver.resolve(*last)) {
            self.members(last, shape);
        }
        self.builder.close_rebuilt();
    }

    /// Adds an object with its members.
    fn object(&mut self, node: Node<'d>, shape: Shape) {
        self.builder.open_like(node);
        self.members(node, shape);
        self.builder.close_rebuilt();
    }

    fn members(&mut self, object: Node<'d>, shape: Shape) {
        for (key, value) in object.members() {
            if self.builder.is_full() {
                return self.builder.mark_open_incomplete();
            }
            self.member(shape, key, value);
        }
    }

    /// Adds a list with items of a shape.
    fn list(&mut self, node: Node<'d>, shape: Shape) {
        self.builder.open_like(node);
        self.items(node, shape);
        self.builder.close_rebuilt();
    }

    fn items(&mut self, list: Node<'d>, shape: Shape) {
        for item in list.items() {
            if self.builder.is_full() {
                return self.builder.mark_open_incomplete();
            }
            match self.resolver.resolve_item(item) {
                Value::Absent => {}
                Value::Expression { presence: Presence::Doubtful, .. } => self.builder.mark_open_incomplete(),
                value => self.value(value, shape),
            }
        }
    }
}

/// A key with its first letter in the other case.
fn flipped(key: &str) -> String {
    if key.starts_with(|c: char| c.is_ascii_uppercase()) { lowered(key) } else { raised(key) }
}

/// What a scalar becomes where another kind of scalar is wanted, if the conversion is exact.
fn converted(written: Written, text: &str, wanted: Wanted, truth: impl Fn(&str) -> Option<bool>) -> Written {
    match (wanted, written) {
        (Wanted::Text, Written::Number) if is_plain_integer(text) => Written::Text,
        // How `1.10` is written as a text is not known.
        (Wanted::Text, Written::Number) => Written::Hole,
        (Wanted::Text, Written::True | Written::False) => Written::Text,
        (Wanted::Integer | Wanted::Number, Written::Text) if is_plain_integer(text) => Written::Number,
        (Wanted::Number, Written::Text) if is_plain_decimal(text) => Written::Number,
        (Wanted::Boolean, Written::Text) => match truth(text) {
            Some(true) => Written::True,
            Some(false) => Written::False,
            None => written,
        },
        (_, written) => written,
    }
}

/// Whether a text is an integer as JSON writes it.
pub(super) fn is_plain_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_digits && (digits == "0" || !digits.starts_with('0'))
}

/// Whether a text is a decimal number as JSON writes it.
fn is_plain_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, fraction)| {
        is_plain_integer(whole) && !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
    })
}
