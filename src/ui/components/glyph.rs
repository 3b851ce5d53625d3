//! The names of the symbols in `public/icons.svg`. A symbol is drawn by [`Icon`](super::Icon); nothing else names the sprite.

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

impl Glyph {
    /// Every symbol, for the components page.
    pub const ALL: [Self; 83] = [
        Self::Activity, Self::Alert, Self::Altitude, Self::ArrowDown, Self::ArrowUp, Self::Attach,
        Self::Audit, Self::Bell, Self::Board, Self::Boot, Self::Calendar, Self::Card, Self::Chart,
        Self::Chat, Self::Check, Self::Clock, Self::Close, Self::Columns, Self::Copy, Self::Down,
        Self::Download, Self::Edit, Self::External, Self::Eye, Self::File, Self::Filter, Self::Flag,
        Self::Group, Self::Inbox, Self::Info, Self::Late, Self::LeadContacted, Self::LeadConverted,
        Self::LeadInterested, Self::LeadLost, Self::LeadNew, Self::LeadNotInterested, Self::Leads,
        Self::Left, Self::List, Self::Lock, Self::Logo, Self::Loop, Self::Mail, Self::Menu,
        Self::Monitor, Self::Moon, Self::More, Self::Note, Self::Offline, Self::Pause, Self::People,
        Self::Phone, Self::Pin, Self::Plus, Self::Printer, Self::Read, Self::Retry, Self::Right,
        Self::Rupee, Self::Search, Self::Send, Self::Server, Self::SignOut, Self::Sort, Self::Star,
        Self::Sun, Self::Tag, Self::Temperature, Self::Tent, Self::Ticket, Self::TierCold,
        Self::TierCool, Self::TierHot, Self::TierWarm, Self::Today, Self::Trash, Self::Trips,
        Self::Undo, Self::Up, Self::Verified, Self::WhatsApp, Self::Zoom,
    ];

    /// The id of the symbol in the sprite.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Alert => "alert",
            Self::Altitude => "elev",
            Self::ArrowDown => "arrowdown",
            Self::ArrowUp => "arrowup",
            Self::Attach => "clip",
            Self::Audit => "audit",
            Self::Bell => "bell",
            Self::Board => "board",
            Self::Boot => "boot",
            Self::Calendar => "calendar",
            Self::Card => "card",
            Self::Chart => "chart",
            Self::Chat => "chat",
            Self::Check => "check",
            Self::Clock => "clock",
            Self::Close => "x",
            Self::Columns => "columns",
            Self::Copy => "copy",
            Self::Down => "down",
            Self::Download => "download",
            Self::Edit => "edit",
            Self::External => "ext",
            Self::Eye => "eye",
            Self::File => "file",
            Self::Filter => "filter",
            Self::Flag => "flag",
            Self::Group => "group",
            Self::Inbox => "inbox",
            Self::Info => "info",
            Self::Late => "late",
            Self::LeadContacted => "st-contacted",
            Self::LeadConverted => "st-converted",
            Self::LeadInterested => "st-interested",
            Self::LeadLost => "st-lost",
            Self::LeadNew => "st-new",
            Self::LeadNotInterested => "st-not",
            Self::Leads => "leads",
            Self::Left => "left",
            Self::List => "list",
            Self::Lock => "lock",
            Self::Logo => "logo",
            Self::Loop => "loop",
            Self::Mail => "mail",
            Self::Menu => "menu",
            Self::Monitor => "monitor",
            Self::Moon => "moon",
            Self::More => "more",
            Self::Note => "note",
            Self::Offline => "wifioff",
            Self::Pause => "pause",
            Self::People => "people",
            Self::Phone => "phone",
            Self::Pin => "pin",
            Self::Plus => "plus",
            Self::Printer => "printer",
            Self::Read => "read",
            Self::Retry => "retry",
            Self::Right => "right",
            Self::Rupee => "rupee",
            Self::Search => "search",
            Self::Send => "send",
            Self::Server => "server",
            Self::SignOut => "signout",
            Self::Sort => "sort",
            Self::Star => "star",
            Self::Sun => "sun",
            Self::Tag => "tag",
            Self::Temperature => "thermo",
            Self::Tent => "tent",
            Self::Ticket => "ticket",
            Self::TierCold => "tier-1",
            Self::TierCool => "tier-2",
            Self::TierHot => "tier-4",
            Self::TierWarm => "tier-3",
            Self::Today => "today",
            Self::Trash => "trash",
            Self::Trips => "trips",
            Self::Undo => "undo",
            Self::Up => "up",
            Self::Verified => "verified",
            Self::WhatsApp => "whatsapp",
            Self::Zoom => "zoom",
        }
    }

    /// Whether the symbol is a filled mark on a 16 grid rather than a stroked icon on a 24 grid.
    #[must_use]
    pub const fn is_mark(self) -> bool {
        matches!(
            self,
            Self::LeadContacted | Self::LeadConverted | Self::LeadInterested | Self::LeadLost | Self::LeadNew | Self::LeadNotInterested | Self::Logo | Self::TierCold | Self::TierCool | Self::TierHot | Self::TierWarm
        )
    }
}
