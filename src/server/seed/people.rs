//! The people of the demo: an admin, the organizers, sixty travellers with accounts, and any number without.

use jiff::SignedDuration;

use super::{
    DEMO_ADMIN, DEMO_PASSWORD,
    chance::Chance,
    content::{self, Names},
};
use crate::{
    crm::accounts::{
        server::{password::Password, service::Account},
        user::{Locale, Role, User, UserId, UserState},
    },
    server::{state::App, zone::INDIA},
    shared::{
        contact::{Email, Phone},
        error::AppError,
        time::Time,
    },
};

/// Travellers with an account.
const TRAVELLERS: u64 = 60;
/// Where the numbers of invented people begin.
const FIRST_NUMBER: u64 = 9_000_000_000;

/// An organizer and their part of the leads.
pub(super) struct Organizer {
    pub(super) id: UserId,
    pub(super) name: String,
    pub(super) email: Email,
    pub(super) share: f64,
}

/// An admin.
#[derive(Clone)]
pub(super) struct Admin {
    pub(super) id: UserId,
    pub(super) name: String,
}

/// Somebody who travels.
#[derive(Clone)]
pub(super) struct Traveller {
    pub(super) user: Option<UserId>,
    pub(super) name: String,
    pub(super) email: Email,
    pub(super) phone: Option<Phone>,
}

/// Admins who share the tickets with the one who signs in: their names, and local parts of their addresses.
const COLLEAGUES: [(&str, &str); 2] = [("Rohan D'Souza", "rohan.dsouza"), ("Farah Khan", "farah.khan")];

/// Everybody.
pub(super) struct People {
    pub(super) accounts: Vec<Account>,
    pub(super) admins: Vec<Admin>,
    pub(super) organizers: Vec<Organizer>,
    pub(super) travellers: Vec<Traveller>,
    names: Vec<Names>,
}

/// The people with accounts. All have the demo's password.
pub(super) async fn make(app: &App, chance: &mut Chance) -> Result<People, AppError> {
    let password = Password::from(DEMO_PASSWORD).hash().await?;
    let now = app.clock.now();
    let mut people = People {
        accounts: Vec::new(),
        admins: Vec::new(),
        organizers: Vec::new(),
        travellers: Vec::new(),
        names: content::people()?.names,
    };
    let admin = Traveller { user: None, name: "Kavya Menon".into(), email: address(DEMO_ADMIN)?, phone: None };
    people.add_admin(account(chance, &admin, Role::Admin, now - days(800), &password));
    let mut chance_of_colleagues = Chance::for_tickets();
    for (name, local) in COLLEAGUES {
        let email = address(&format!("{local}@example.in"))?;
        let admin = Traveller { user: None, name: name.into(), email, phone: None };
        people.add_admin(account(&mut chance_of_colleagues, &admin, Role::Admin, now - days(500), &password));
    }
    for organizer in content::organizers()? {
        let somebody = Traveller {
            user: None,
            name: organizer.business,
            email: address(&organizer.email)?,
            phone: Some(organizer.phone),
        };
        let since = now - days(organizer.onboarded_days_ago);
        let account = account(chance, &somebody, Role::Organizer, since, &password);
        let (id, share) = (account.user.id, organizer.share);
        people.organizers.push(Organizer { id, name: somebody.name, email: somebody.email, share });
        people.accounts.push(account);
    }
    for number in 1..=TRAVELLERS {
        let mut traveller = people.stranger(chance, number)?;
        let since = now - days(chance.number(20, 420)) - SignedDuration::from_mins(chance.number(0, 1_439));
        let account = account(chance, &traveller, Role::User, since, &password);
        traveller.user = Some(account.user.id);
        people.travellers.push(traveller);
        people.accounts.push(account);
    }
    Ok(people)
}

impl People {
    fn add_admin(&mut self, account: Account) {
        self.admins.push(Admin { id: account.user.id, name: account.user.name.clone() });
        self.accounts.push(account);
    }

    /// Somebody without an account; the number keeps addresses apart.
    pub(super) fn stranger(&self, chance: &mut Chance, number: u64) -> Result<Traveller, AppError> {
        let group = self.names.get(chance.weighted(self.names.iter().map(|group| group.weight)));
        let (first, last) =
            group.map_or((None, None), |group| (chance.choose(&group.first), chance.choose(&group.last)));
        let (first, last) = (first.map_or("Asha", String::as_str), last.map_or("Rao", String::as_str));
        let local = if number == 1 { "traveller.1".to_owned() } else { format!("{first}.{last}{number}") };
        let phone = chance.happens(0.8).then(|| format!("+91{}", FIRST_NUMBER + number).parse().ok()).flatten();
        Ok(Traveller {
            user: None,
            name: format!("{first} {last}"),
            email: address(&format!("{local}@example.in"))?,
            phone,
        })
    }
}

fn account(chance: &mut Chance, person: &Traveller, role: Role, since: Time, password: &str) -> Account {
    let user = User {
        id: chance.id(since),
        name: person.name.clone(),
        email: person.email.clone(),
        phone: person.phone.clone(),
        role,
        state: UserState::Active,
        locale: Locale::En,
        time_zone: INDIA.into(),
        email_verified: true,
        created_at: since,
        version: 1,
    };
    Account { user, password: Some(password.to_owned()) }
}

fn address(text: &str) -> Result<Email, AppError> {
    text.to_lowercase().replace(' ', "").parse().map_err(|_| {
        tracing::error!("the demo's content holds a wrong address");
        AppError::Internal
    })
}

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}
