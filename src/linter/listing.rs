//! The inputs of a run, by position and by key.

use std::collections::HashMap;

use crate::inputs::Input;
use crate::source::SourceId;

/// The inputs of a run: what was asked for, in the order of the report, then the files around it.
pub(super) struct Listing<'i> {
    inputs: Vec<&'i Input>,
    positions: HashMap<SourceId, usize>,
}

impl<'i> Listing<'i> {
    /// A list of some inputs, in order.
    pub(super) fn new(inputs: Vec<&'i Input>) -> Listing<'i> {
        let positions = inputs.iter().enumerate().map(|(at, input)| (input.id, at)).collect();
        Listing { inputs, positions }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[&'i Input] {
        &self.inputs
    }

    /// The position of an input in the list.
    pub(super) fn position(&self, id: SourceId) -> usize {
        *self.positions.get(&id).expect("what a run reads is one of its inputs")
    }

    /// An input by its key.
    pub(super) fn input(&self, id: SourceId) -> &'i Input {
        self.inputs[self.position(id)]
    }

    /// Whether the user asked for an input.
    pub(super) fn is_asked(&self, id: SourceId) -> bool {
        self.input(id).role.is_asked()
    }
}
