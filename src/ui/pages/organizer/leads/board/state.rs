//! What the board holds while it is open: the cards of each column, what is being dragged, and the moves on their way.

use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};

use crate::{
    crm::leads::{
        address::LeadsAddress,
        bulk::{BulkAction, describe_step},
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
        pages::{
            frame::{FrameVersion, use_frame_version},
            organizer::moved::with_way_back,
        },
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

/// A card that somebody is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    /// The card as it is.
    pub(super) line: LeadLine,
    /// Whether it was dropped on "Lost": then only the reason is asked for.
    pub(super) why_lost: bool,
    /// Whether the address of the page asked, which needs no script.
    pub(super) was_linked: bool,
}

/// The board as it is shown now.
#[derive(Debug, Clone, Copy)]
pub(super) struct BoardState {
    address: StoredValue<LeadsAddress>,
    columns: StoredValue<Vec<ColumnState>>,
    dragged: RwSignal<Option<LeadLine>>,
    wanted: RwSignal<Option<Move>>,
    question: RwSignal<Option<Question>>,
    under_way: RwSignal<u32>,
}

impl BoardState {
    /// The board as the server gave it, and its address. `asked` is the card that the address asks about, with its version: one
    /// that has been moved since is not asked about again.
    pub(super) fn new(columns: Vec<BoardColumn>, address: LeadsAddress, asked: &str) -> Self {
        let line = columns.iter().flat_map(|column| &column.lines).find(|line| name_to_move(line) == asked).cloned();
        let question = line.map(|line| Question { line, why_lost: false, was_linked: true });
        let columns = columns.into_iter().map(|column| ColumnState {
            status: column.status,
            lines: RwSignal::new(column.lines),
            count: RwSignal::new(column.count),
            capped: column.capped,
            paise: RwSignal::new(column.paise),
            next: RwSignal::new(column.next),
        });
        Self {
            address: StoredValue::new(address),
            columns: StoredValue::new(columns.collect()),
            dragged: RwSignal::new(None),
            wanted: RwSignal::new(None),
            question: RwSignal::new(question),
            under_way: RwSignal::new(0),
        }
    }

    /// The address of the board.
    pub(super) fn href(self) -> String {
        self.address.with_value(LeadsAddress::href)
    }

    /// The address of a lead's page, which knows the way back to this board.
    pub(super) fn href_of(self, id: LeadId) -> String {
        self.address.with_value(|address| address.lead_href(id))
    }

    /// The address of the board with the sheet that moves a card.
    pub(super) fn href_to_move(self, line: &LeadLine) -> String {
        format!("{}&{MOVE}={}", self.href(), name_to_move(line))
    }

    /// The card that somebody is asked about.
    pub(super) fn question(self) -> RwSignal<Option<Question>> {
        self.question
    }

    /// Opens the sheet about a card, or closes it.
    pub(super) fn ask(self, question: Option<Question>) {
        self.question.set(question);
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

    /// Whether a card is asked about or on its way: until that is over the board must not be made anew.
    pub(super) fn is_busy(self) -> bool {
        self.under_way.get() > 0 || self.question.with(Option::is_some)
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
        let find = |columns: &Vec<ColumnState>| columns.iter().copied().find(|column| column.status == status);
        // A move may be answered when the board is gone.
        self.columns.try_with_value(find).flatten()
    }
}

/// The parameter of the board's address that opens the sheet.
pub(super) const MOVE: &str = "move";

fn name_to_move(line: &LeadLine) -> String {
    format!("{}.{}", line.id, line.version)
}

/// Puts the focus on a card once it lies where it belongs.
pub(super) fn focus_card(id: LeadId) {
    request_animation_frame(move || {
        let card = document().get_element_by_id(&format!("card-{id}"));
        if let Some(card) = card.and_then(|card| card.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A card beyond those that are shown cannot take the focus, which is no error.
            drop(card.focus());
        }
    });
}

fn has_focus(id: LeadId) -> bool {
    document().active_element().is_some_and(|element| element.id() == format!("card-{id}"))
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
        self.board.under_way.update(|count| *count += 1);
        spawn_local(async move {
            let step = BulkAction::Move(to, reason).to_string();
            match move_lead(line.id, step, line.version).await {
                Ok(moved) => self.confirm(&line, moved),
                Err(error) => self.take_back(place, line, to, &error),
            }
            self.board.under_way.try_update(|count| *count -= 1);
        });
    }

    /// The server has moved it: the card gets its new version, and a way back where the lifecycle has one.
    fn confirm(self, before: &LeadLine, moved: LeadLine) {
        self.frame.bump();
        let (from, to) = (before.status, moved.status);
        let toast = Toast::done(describe_step(&moved.name, to));
        let (there, had_focus) = (self.board.column(to), has_focus(moved.id));
        if let Some(column) = there {
            column.lines.update(|lines| {
                lines.iter_mut().filter(|line| line.id == moved.id).for_each(|line| *line = moved.clone());
            });
        }
        if had_focus {
            focus_card(moved.id);
        }
        let take_back = move |back| self.send(Move { line: moved.clone(), to: back, reason: None });
        self.toasts.show(with_way_back(toast, (from, to), take_back));
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
