//! The pages that are weighed, who looks at them, and the budgets.

/// A demo login.
#[derive(Debug)]
pub(super) struct Login {
    pub(super) email: &'static str,
    pub(super) password: &'static str,
}

/// One kind of page.
#[derive(Debug)]
pub(super) struct Page {
    /// How the table calls it.
    pub(super) name: &'static str,
    /// Where it is.
    pub(super) place: Place,
    /// Who looks at it; nobody: a public page.
    pub(super) login: Option<&'static Login>,
}

/// Where a page is.
#[derive(Debug)]
pub(super) enum Place {
    /// At this path.
    Path(&'static str),
    /// Behind the first link of a page whose path starts with the prefix: pages with ids.
    FirstLink { on: &'static str, prefix: &'static str },
}

/// What a page may cost, in bytes as they travel.
pub(super) enum Budget {
    /// Everything but pictures, and no script.
    Public { total: usize },
    /// The page and its style sheets; scripts are weighed by themselves.
    SignedIn { html: usize, css: usize },
}

impl Page {
    pub(super) fn budget(&self) -> Budget {
        match self.login {
            None => Budget::Public { total: 60_000 },
            Some(_) => Budget::SignedIn { html: 40_000, css: 20_000 },
        }
    }
}

/// JavaScript and WASM that every signed-in page loads.
pub(super) const CORE: usize = 300_000;
/// What one lazy page adds.
pub(super) const CHUNK: usize = 60_000;
/// Where people sign in.
pub(super) const SIGN_IN: &str = "/sign-in";

const PASSWORD: &str = "trek-tribe demo";
const ORGANIZER: Option<&Login> = Some(&Login { email: "ananya.rawat@example.in", password: PASSWORD });
const ADMIN: Option<&Login> = Some(&Login { email: "kavya.menon@example.in", password: PASSWORD });
const TRAVELLER: Option<&Login> = Some(&Login { email: "traveller.1@example.in", password: PASSWORD });

/// Every page kind.
pub(super) const PAGES: &[Page] = &[
    Page { name: "front", place: Place::Path("/"), login: None },
    Page { name: "trips", place: Place::Path("/trips"), login: None },
    Page { name: "trip", place: Place::FirstLink { on: "/trips", prefix: "/trips/" }, login: None },
    Page { name: "sign in", place: Place::Path(SIGN_IN), login: None },
    Page { name: "register", place: Place::Path("/register"), login: None },
    Page { name: "home of a traveller", place: Place::Path("/home"), login: TRAVELLER },
    Page { name: "today of an organizer", place: Place::Path("/today"), login: ORGANIZER },
    Page { name: "leads: list", place: Place::Path("/leads"), login: ORGANIZER },
    Page { name: "leads: board", place: Place::Path("/leads?layout=board"), login: ORGANIZER },
    Page { name: "lead", place: Place::FirstLink { on: "/leads", prefix: "/leads/6" }, login: ORGANIZER },
    Page { name: "lead: add", place: Place::Path("/leads/new"), login: ORGANIZER },
    Page { name: "leads: import", place: Place::Path("/leads/import"), login: ORGANIZER },
    Page { name: "my trips", place: Place::Path("/my-trips"), login: ORGANIZER },
    Page {
        name: "my trips: edit",
        place: Place::FirstLink { on: "/my-trips", prefix: "/my-trips/6" },
        login: ORGANIZER,
    },
    Page { name: "profile", place: Place::Path("/profile"), login: ORGANIZER },
    Page { name: "sessions", place: Place::Path("/sessions"), login: ORGANIZER },
    Page { name: "today of an admin", place: Place::Path("/today"), login: ADMIN },
    Page { name: "people", place: Place::Path("/admin/people"), login: ADMIN },
    Page { name: "person", place: Place::FirstLink { on: "/admin/people", prefix: "/admin/people/6" }, login: ADMIN },
    Page { name: "mails", place: Place::Path("/admin/outbox"), login: ADMIN },
    Page { name: "audit trail", place: Place::Path("/admin/audit"), login: ADMIN },
];
