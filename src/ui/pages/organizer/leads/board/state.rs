//! What the board holds while it is open: the cards of each column, what is being dragged, and the moves on their way.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    crm::leads::{
        bulk::BulkAction,
        lead::{LeadId, LostReason},
        listing::{BoardColumn, LeadLine},
        server_fns::board::move_lead,
        status::LeadStatus,
    },
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
    },
    ui::{
        components::{Toast, Toasts, use_toasts},
        pages::frame::{FrameVersion, use_frame_version},
    },
};

/// A column as it is shown now.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnState {
    /// The status of its cards.
    pub(super) status: LeadStatus,
    /// Its cards, the first ones of all.
    pub(super) lines: RwSignal<Vec<LeadLine>>,
    /// How many there are.
    pub(super) count: RwSignal<u64>,
    /// Whether there are more than `count`.
    pub(super) capped: bool,
    /// What they are worth together, in paise.
    pub(super) paise: RwSignal<i64>,
    /// The cursor of those that follow.
    pub(super) next: RwSignal<Option<String>>,
}

/// A card that somebody wants elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    /// The card as it was.
    pub(super) line: LeadLine,
    /// Where it shall be.
    pub(super) to: LeadStatus,
    /// Why it is lost, where that is asked for.
    pub(super) reason: Option<LostReason>,
}

/// The board as it is shown now.
#[derive(Debug, Clone, Copy)]
pub(super) struct BoardState {
    columns: StoredValue<Vec<ColumnState>>,
    dragged: RwSignal<Option<LeadLine>>,
    wanted: RwSignal<Option<Move>>,
}

impl BoardState {
    /// The board as the server gave it.
    pub(super) fn new(columns: Vec<BoardColumn>) -> Self {
        let columns = columns.into_iter().map(|column| ColumnState {
            status: column.status,
            lines: RwSignal::new(column.lines),
            count: RwSignal::new(column.count),
            capped: column.capped,
            paise: RwSignal::new(column.paise),
            next: RwSignal::new(column.next),
        });
        Self { columns: StoredValue::new(columns.collect()), dragged: RwSignal::new(None), wanted: RwSignal::new(None) }
    }

    /// The columns in their order.
    pub(super) fn columns(self) -> Vec<ColumnState> {
        self.columns.get_value()
    }

    /// The card that is being dragged.
    pub(super) fn dragged(self) -> RwSignal<Option<LeadLine>> {
        self.dragged
    }

    /// The last move that was asked for.
    pub(super) fn wanted(self) -> RwSignal<Option<Move>> {
        self.wanted
    }

    /// Asks for a move.
    pub(super) fn want(self, wanted: Move) {
        self.wanted.set(Some(wanted));
    }

    /// How many open leads there are, what they are worth, and whether there are more.
    pub(super) fn open_total(self) -> (u64, i64, bool) {
        let open = self.columns().into_iter().filter(|column| column.status.is_open());
        open.fold((0, 0, false), |(count, paise, capped), column| {
            (count + column.count.get(), paise + column.paise.get(), capped || column.capped)
        })
    }

    /// Puts a card at the top of its column.
    fn put(self, line: LeadLine) {
        let Some(column) = self.column(line.status) else { return };
        column.count.update(|count| *count += 1);
        column.paise.update(|paise| *paise += line.paise);
        column.lines.update(|lines| lines.insert(0, line));
    }

    /// Takes a card out of a column; says where it lay.
    fn take(self, id: LeadId, status: LeadStatus) -> Option<(usize, LeadLine)> {
        let column = self.column(status)?;
        let place = column.lines.with_untracked(|lines| lines.iter().position(|line| line.id == id))?;
        let line = column.lines.try_update(|lines| lines.remove(place))?;
        column.count.update(|count| *count = count.saturating_sub(1));
        column.paise.update(|paise| *paise -= line.paise);
        Some((place, line))
    }

    /// Puts a card back where it lay.
    fn put_back(self, place: usize, line: LeadLine) {
        let Some(column) = self.column(line.status) else { return };
        column.count.update(|count| *count += 1);
        column.paise.update(|paise| *paise += line.paise);
        column.lines.update(|lines| lines.insert(place.min(lines.len()), line));
    }

    fn column(self, status: LeadStatus) -> Option<ColumnState> {
        self.columns.with_value(|columns| columns.iter().copied().find(|column| column.status == status))
    }
}

/// Whether a lead may go from one status to another, and what its button says. Organizers and admins take the same steps.
pub(super) fn step_verb(from: LeadStatus, to: LeadStatus) -> Option<&'static str> {
    from.check_step(to, By::Organizer).ok().map(|step| step.verb)
}

/// Shows moves at once, tells the server, and takes back what it refuses.
#[derive(Clone, Copy)]
pub(super) struct Sender {
    board: BoardState,
    toasts: Toasts,
    frame: FrameVersion,
}

impl Sender {
    /// Sends the moves of a board. Made in its view, where toasts and frame are known.
    pub(super) fn new(board: BoardState) -> Self {
        Self { board, toasts: use_toasts(), frame: use_frame_version() }
    }

    /// Carries out a move.
    pub(super) fn send(self, Move { line, to, reason }: Move) {
        let Some((place, line)) = self.board.take(line.id, line.status) else { return };
        self.board.put(LeadLine { status: to, ..line.clone() });
        spawn_local(async move {
            let step = BulkAction::Move(to, reason).to_string();
            match move_lead(line.id, step, line.version).await {
                Ok(moved) => self.confirm(&line, moved),
                Err(error) => self.take_back(place, line, to, &error),
            }
        });
    }

    /// The server has moved it: the card gets its new version, and a way back where the lifecycle has one.
    fn confirm(self, before: &LeadLine, moved: LeadLine) {
        self.frame.bump();
        let (from, to) = (before.status, moved.status);
        let toast = Toast::done(format!("{} is “{}” now", moved.name, to.label()));
        let there = self.board.column(to);
        if let Some(column) = there {
            column.lines.update(|lines| {
                lines.iter_mut().filter(|line| line.id == moved.id).for_each(|line| *line = moved.clone());
            });
        }
        let way_back = step_verb(to, from).filter(|_| from != LeadStatus::Lost);
        let undo = Callback::new(move |()| self.send(Move { line: moved.clone(), to: from, reason: None }));
        self.toasts.show(if way_back.is_some() { toast.with_undo(undo) } else { toast });
    }

    fn take_back(self, place: usize, line: LeadLine, to: LeadStatus, error: &AppError) {
        if self.board.take(line.id, to).is_some() {
            self.board.put_back(place, line);
        }
        self.toasts.show(Toast::failed(error.message()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_goes_only_where_the_lifecycle_leads() {
        assert_eq!(step_verb(LeadStatus::New, LeadStatus::Contacted), Some("Mark contacted"));
        assert_eq!(step_verb(LeadStatus::New, LeadStatus::Converted), None);
        assert_eq!(step_verb(LeadStatus::Converted, LeadStatus::Lost), None);
    }
}
