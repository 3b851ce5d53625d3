//! Lifecycles are tables: a status lists its steps, and everything reads them there. Pages draw their buttons from the
//! table, services check against it, the API's `allowedNext` and the diagrams in ARCHITECTURE.md come from it.

use std::fmt::Write;

use crate::shared::error::AppError;

/// Who takes a step, as the tables in product.md name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// The organizer whom it belongs to.
    Organizer,
    /// An admin.
    Admin,
    /// The person who asked (tickets).
    Requester,
    /// A job or a consequence of another write.
    System,
}

impl By {
    const fn word(self) -> &'static str {
        match self {
            Self::Organizer => "organizer",
            Self::Admin => "admin",
            Self::Requester => "requester",
            Self::System => "system",
        }
    }
}

/// One row of a lifecycle table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<S: 'static> {
    /// The status it starts from.
    pub from: S,
    /// What a button says.
    pub verb: &'static str,
    /// The status it leads to.
    pub to: S,
    /// Who may take it.
    pub by: &'static [By],
}

/// A status with its table of steps. What is not in the table cannot happen.
pub trait Lifecycle: Copy + Eq + Sized + 'static {
    /// The noun whose life this is (`lead`).
    const NOUN: &'static str;
    /// Every status, in the order in which people think of them.
    const ALL: &'static [Self];
    /// The table.
    const STEPS: &'static [Step<Self>];

    /// The name on the wire and in the database.
    fn as_str(self) -> &'static str;
    /// The name that people read.
    fn label(self) -> &'static str;

    /// The status of that name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.as_str() == name)
    }

    /// Whether no step leads out of it.
    fn is_final(self) -> bool {
        !Self::STEPS.iter().any(|step| step.from == self)
    }

    /// The steps that somebody can take from here.
    fn steps_for(self, by: By) -> impl Iterator<Item = &'static Step<Self>> {
        Self::STEPS.iter().filter(move |step| step.from == self && step.by.contains(&by))
    }

    /// Where those steps lead.
    fn allowed_next(self, by: By) -> Vec<Self> {
        self.steps_for(by).map(|step| step.to).collect()
    }

    /// The step from here to there, if `by` may take it.
    ///
    /// # Errors
    /// [`AppError::StepRefused`] when the table has no such step, [`AppError::Forbidden`] when it is not for `by`.
    fn check_step(self, to: Self, by: By) -> Result<&'static Step<Self>, AppError> {
        match Self::STEPS.iter().find(|step| step.from == self && step.to == to) {
            Some(step) if step.by.contains(&by) => Ok(step),
            Some(_) => Err(AppError::Forbidden),
            None => Err(self.refuse_step(to, by)),
        }
    }

    /// The refusal to go from here to there, with what is possible instead.
    fn refuse_step(self, to: Self, by: By) -> AppError {
        let next = self.allowed_next(by);
        let possible = match next.as_slice() {
            [] => "Nothing can follow it.".to_owned(),
            next => {
                format!("Possible next: {}.", next.iter().map(|status| status.label()).collect::<Vec<_>>().join(", "))
            }
        };
        let message = if self == to {
            format!("This {} is already “{}”. {possible}", Self::NOUN, self.label())
        } else {
            format!("A {} that is “{}” cannot become “{}”. {possible}", Self::NOUN, self.label(), to.label())
        };
        AppError::StepRefused { message, allowed_next: next.iter().map(|status| status.as_str().to_owned()).collect() }
    }
}

/// The table as a Mermaid state diagram, for ARCHITECTURE.md.
pub fn draw_diagram<S: Lifecycle>() -> String {
    let mut diagram = String::from("stateDiagram-v2\n");
    for step in S::STEPS {
        let by: Vec<_> = step.by.iter().map(|by| by.word()).collect();
        let _ =
            writeln!(diagram, "    {} --> {}: {} ({})", step.from.as_str(), step.to.as_str(), step.verb, by.join(", "));
    }
    for status in S::ALL.iter().filter(|status| status.is_final()) {
        let _ = writeln!(diagram, "    {} --> [*]", status.as_str());
    }
    diagram
}
