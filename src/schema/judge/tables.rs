//! The tables of shapes, as `build/shapes.rs` has written them.

use super::limit::{Limit, Pattern, Scalar, Type};
use super::shape::{Demand, InCloudFormation, Key, Others, Shape};

include!(concat!(env!("OUT_DIR"), "/shapes.rs"));
