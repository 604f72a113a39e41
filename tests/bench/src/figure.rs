//! A measured number, what it should be, and under what conditions it was taken.

use serde::Serialize;

/// What a number should be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Nothing in particular: it explains another number.
    None,
    /// Not more than this.
    AtMost(f64),
    /// Not less than this.
    AtLeast(f64),
    /// Not outside of this.
    Between(f64, f64),
}

/// A measured number.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Of what; empty for a ratio.
    pub unit: &'static str,
    /// What it should be.
    pub target: Target,
    /// «ok», «over» or «under» the target; empty without one. What could not be computed is over.
    pub verdict: &'static str,
    /// How it came about, for a person.
    pub conditions: String,
}

impl Figure {
    /// A number of `unit` called `name`.
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str, target: Target) -> Self {
        Self { name: name.into(), value, unit, target, verdict: verdict(value, target), conditions: String::new() }
    }

    /// Says how it came about.
    #[must_use]
    pub fn under(mut self, conditions: impl Into<String>) -> Self {
        self.conditions = conditions.into();
        self
    }

    /// The number with its unit.
    pub fn shown(&self) -> String {
        self.with_unit(self.value)
    }

    /// The target with its unit.
    pub fn target_shown(&self) -> String {
        match self.target {
            Target::None => String::new(),
            Target::AtMost(most) => format!("≤ {}", self.with_unit(most)),
            Target::AtLeast(least) => format!("≥ {}", self.with_unit(least)),
            Target::Between(least, most) => format!("{} – {}", number(least), self.with_unit(most)),
        }
    }

    fn with_unit(&self, value: f64) -> String {
        format!("{} {}", number(value), self.unit).trim_end().to_owned()
    }
}

fn verdict(value: f64, target: Target) -> &'static str {
    match target {
        Target::None => "",
        Target::AtMost(most) if value <= most => "ok",
        Target::AtLeast(least) if value >= least => "ok",
        Target::AtLeast(least) | Target::Between(least, _) if value < least => "under",
        Target::Between(_, most) if value <= most => "ok",
        Target::AtMost(_) | Target::AtLeast(_) | Target::Between(..) => "over",
    }
}

/// Four digits or so, which is more than any of these numbers deserves.
fn number(value: f64) -> String {
    let digits = match value.abs() {
        size if size >= 1000.0 || size == 0.0 => 0,
        size if size >= 100.0 => 1,
        size if size >= 10.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_whether_it_is_what_it_should_be() {
        assert_eq!(verdict(3.0, Target::AtMost(3.0)), "ok");
        assert_eq!(verdict(3.1, Target::AtMost(3.0)), "over");
        assert_eq!(verdict(0.8, Target::Between(0.9, 1.1)), "under");
        assert_eq!(verdict(1.2, Target::Between(0.9, 1.1)), "over");
        assert_eq!(verdict(f64::NAN, Target::AtMost(3.0)), "over");
        assert_eq!(verdict(8.0, Target::AtLeast(8.0)), "ok");
        assert_eq!(verdict(7.9, Target::AtLeast(8.0)), "under");
        assert_eq!(verdict(f64::NAN, Target::AtLeast(8.0)), "over");
        assert_eq!(verdict(9.0, Target::None), "");
    }

    #[test]
    fn numbers_are_as_long_as_they_deserve() {
        let shown = |value| Figure::new("", value, "s", Target::None).shown();
        assert_eq!(
            [0.0, 1.0, 1.0349, 43.21, 123.45, 25_200.0].map(shown),
            ["0 s", "1 s", "1.035 s", "43.21 s", "123.5 s", "25200 s"]
        );
    }
}
