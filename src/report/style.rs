//! How the report for people looks.

/// How the report for people looks.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// Whether to draw with more than ASCII.
    pub unicode: bool,
    /// Whether the terminal follows links.
    pub links: bool,
    /// The width of the terminal, in characters.
    pub width: usize,
    /// Whether every finding is shown with its source, however many there are.
    pub full: bool,
    /// Whether the findings of each rule are counted and none is shown.
    pub statistics: bool,
    /// Whether the closing lines are left out.
    pub quiet: bool,
}

impl Style {
    /// Neither colours nor links: what the rule pages show, and what a file gets.
    pub const PLAIN: Style = Style {
        color: false,
        unicode: true,
        links: false,
        width: 100,
        full: false,
        statistics: false,
        quiet: false,
    };
}
