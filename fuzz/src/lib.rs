//! What the fuzz targets share, with the ordinary tests too: documents as values, a mutator that crosses
//! them, and the laws that hold whatever comes out.

mod dice;
mod donors;
mod frame;
mod laws;
mod mutation;
mod project;
mod spelling;
mod value;

pub use dice::Dice;
pub use donors::Donors;
pub use frame::Frame;
pub use laws::{Broken, Law, Laws, bear_with, kept, linter, rewritten};
pub use mutation::mutate;
pub use project::{File, Project, joined, seeds, split};
pub use spelling::{Order, Spelling, write};
pub use value::Value;
