//! What stands around the bytes of an input: few random bytes alone are a file with a definition in it.

/// A file without its middle.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The name of the file, which decides how it is read.
    pub name: &'static str,
    /// What comes before the bytes.
    pub before: &'static str,
    /// What comes after them.
    pub after: &'static str,
}

impl Frame {
    /// A frame that adds nothing.
    pub const fn empty(name: &'static str) -> Frame {
        Frame { name, before: "", after: "" }
    }

    /// The frame that the first byte chooses (a digit, in the seeds), and the file that the others make in it.
    pub fn filled(frames: &[Frame], bytes: &[u8]) -> Option<(&'static str, Vec<u8>)> {
        let (first, middle) = bytes.split_first()?;
        let frame = frames[usize::from(first.wrapping_sub(b'0')) % frames.len()];
        Some((frame.name, [frame.before.as_bytes(), middle, frame.after.as_bytes()].concat()))
    }
}
