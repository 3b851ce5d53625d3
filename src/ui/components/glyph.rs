//! The symbols, named by what they mean. `sprite.rs` knows where each is drawn, [`Icon`](super::Icon) shows it.

/// A symbol of the sprite, named by what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Something happened.
    Activity,
    /// A warning.
    Alert,
    /// Altitude.
    Altitude,
    /// Descending.
    ArrowDown,
    /// Ascending.
    ArrowUp,
    /// An attachment.
    Attach,
    /// The audit trail.
    Audit,
    /// Notifications.
    Bell,
    /// Board layout.
    Board,
    /// Difficulty of a trek.
    Boot,
    /// A date.
    Calendar,
    /// A payment card.
    Card,
    /// Figures.
    Chart,
    /// A conversation.
    Chat,
    /// Done, included.
    Check,
    /// Time, due.
    Clock,
    /// Close, not included.
    Close,
    /// Columns of a table.
    Columns,
    /// Copy to the clipboard.
    Copy,
    /// Open downwards.
    Down,
    /// Download, export.
    Download,
    /// Edit.
    Edit,
    /// Leaves the site.
    External,
    /// Look, show.
    Eye,
    /// A document.
    File,
    /// Filter.
    Filter,
    /// Marked.
    Flag,
    /// Group size.
    Group,
    /// Arrived, import.
    Inbox,
    /// Information.
    Info,
    /// Late, an error.
    Late,
    /// A contacted lead.
    LeadContacted,
    /// A converted lead.
    LeadConverted,
    /// An interested lead.
    LeadInterested,
    /// A lost lead.
    LeadLost,
    /// A new lead.
    LeadNew,
    /// A lead that is not interested.
    LeadNotInterested,
    /// Leads.
    Leads,
    /// Back, previous.
    Left,
    /// List layout.
    List,
    /// Private, closed.
    Lock,
    /// The mark of Trek-Tribe.
    Logo,
    /// Came back.
    Loop,
    /// E-mail.
    Mail,
    /// More places.
    Menu,
    /// As the system decides.
    Monitor,
    /// Dark theme.
    Moon,
    /// More actions.
    More,
    /// A note.
    Note,
    /// Offline.
    Offline,
    /// Paused.
    Pause,
    /// People.
    People,
    /// A call.
    Phone,
    /// A place.
    Pin,
    /// Add.
    Plus,
    /// Print.
    Printer,
    /// Read.
    Read,
    /// Try again.
    Retry,
    /// Forward, next.
    Right,
    /// Money.
    Rupee,
    /// Search.
    Search,
    /// Send.
    Send,
    /// Status of the services.
    Server,
    /// Sign out.
    SignOut,
    /// Sort.
    Sort,
    /// Pinned.
    Star,
    /// Light theme.
    Sun,
    /// A tag.
    Tag,
    /// Temperature.
    Temperature,
    /// A camp.
    Tent,
    /// Tickets.
    Ticket,
    /// A cold score, low priority.
    TierCold,
    /// A cool score, medium priority.
    TierCool,
    /// A hot score, urgent.
    TierHot,
    /// A warm score, high priority.
    TierWarm,
    /// The home of the day.
    Today,
    /// Remove.
    Trash,
    /// Trips.
    Trips,
    /// Undo.
    Undo,
    /// Open upwards.
    Up,
    /// Verified.
    Verified,
    /// WhatsApp.
    WhatsApp,
    /// Larger.
    Zoom,
}
