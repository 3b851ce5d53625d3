//! What somebody wants to be told, and how: for each kind in the app, by e-mail, both or neither.

use serde::{Deserialize, Serialize};

use crate::{
    crm::notifications::notification::NotificationKind,
    shared::{
        checks::{Checks, NOT_POSSIBLE},
        error::AppError,
        patch,
    },
};

/// How somebody is told of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Choice {
    /// By the bell.
    pub in_app: bool,
    /// By mail.
    pub email: bool,
    /// Whether nobody can change it. What is sent here counts for nothing: the kind decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
}

/// How somebody is told of every kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Preferences {
    lead: Choice,
    ticket: Choice,
    chat: Choice,
    verification: Choice,
    payment: Choice,
    subscription: Choice,
    system: Choice,
}

/// Other choices for some kinds; those that are not named stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PreferenceChanges {
    #[serde(default, deserialize_with = "patch::given")]
    lead: Option<Choice>,
    #[serde(default, deserialize_with = "patch::given")]
    ticket: Option<Choice>,
    #[serde(default, deserialize_with = "patch::given")]
    chat: Option<Choice>,
    #[serde(default, deserialize_with = "patch::given")]
    verification: Option<Choice>,
    #[serde(default, deserialize_with = "patch::given")]
    payment: Option<Choice>,
    #[serde(default, deserialize_with = "patch::given")]
    subscription: Option<Choice>,
    #[serde(default, deserialize_with = "patch::given")]
    system: Option<Choice>,
}

impl Choice {
    /// What counts for a kind until its person has chosen: everything on.
    const fn first(kind: NotificationKind) -> Self {
        Self { in_app: true, email: true, locked: kind.is_locked() }
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            lead: Choice::first(NotificationKind::Lead),
            ticket: Choice::first(NotificationKind::Ticket),
            chat: Choice::first(NotificationKind::Chat),
            verification: Choice::first(NotificationKind::Verification),
            payment: Choice::first(NotificationKind::Payment),
            subscription: Choice::first(NotificationKind::Subscription),
            system: Choice::first(NotificationKind::System),
        }
    }
}

impl Preferences {
    /// How they are told of a kind.
    pub const fn of(&self, kind: NotificationKind) -> Choice {
        match kind {
            NotificationKind::Lead => self.lead,
            NotificationKind::Ticket => self.ticket,
            NotificationKind::Chat => self.chat,
            NotificationKind::Verification => self.verification,
            NotificationKind::Payment => self.payment,
            NotificationKind::Subscription => self.subscription,
            NotificationKind::System => self.system,
        }
    }

    const fn set(&mut self, kind: NotificationKind, choice: Choice) {
        let place = match kind {
            NotificationKind::Lead => &mut self.lead,
            NotificationKind::Ticket => &mut self.ticket,
            NotificationKind::Chat => &mut self.chat,
            NotificationKind::Verification => &mut self.verification,
            NotificationKind::Payment => &mut self.payment,
            NotificationKind::Subscription => &mut self.subscription,
            NotificationKind::System => &mut self.system,
        };
        *place = Choice { locked: kind.is_locked(), ..choice };
    }
}

impl PreferenceChanges {
    /// The choices that the boxes of the page say: those that are ticked, such as `lead.email`. Only what the page shows and
    /// somebody can change is meant.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] when a box is none of the page.
    pub fn from_ticked(ticked: &[String]) -> Result<Self, AppError> {
        let (mut changes, mut known) = (Self::default(), 0);
        for kind in NotificationKind::TOLD.iter().copied().filter(|kind| !kind.is_locked()) {
            let [in_app, email] =
                [Channel::InApp, Channel::Email].map(|channel| ticked.contains(&box_of(kind, channel)));
            known += usize::from(in_app) + usize::from(email);
            *changes.place_of(kind) = Some(Choice { in_app, email, locked: false });
        }
        if known == ticked.len() { Ok(changes) } else { Err(AppError::field("on", NOT_POSSIBLE)) }
    }

    /// The preferences after these changes.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for what nobody can switch off.
    pub fn apply_to(mut self, mut preferences: Preferences) -> Result<Preferences, AppError> {
        let mut checks = Checks::new();
        for &kind in NotificationKind::ALL {
            let Some(choice) = *self.place_of(kind) else { continue };
            if let Some(reason) = kind.locked_because() {
                checks.require(kind.as_str(), choice.in_app && choice.email, reason);
            }
            preferences.set(kind, choice);
        }
        checks.finish()?;
        Ok(preferences)
    }

    const fn place_of(&mut self, kind: NotificationKind) -> &mut Option<Choice> {
        match kind {
            NotificationKind::Lead => &mut self.lead,
            NotificationKind::Ticket => &mut self.ticket,
            NotificationKind::Chat => &mut self.chat,
            NotificationKind::Verification => &mut self.verification,
            NotificationKind::Payment => &mut self.payment,
            NotificationKind::Subscription => &mut self.subscription,
            NotificationKind::System => &mut self.system,
        }
    }
}

/// A way to tell somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// By the bell.
    InApp,
    /// By mail.
    Email,
}

/// What the box of a kind and a channel sends when it is ticked.
pub fn box_of(kind: NotificationKind, channel: Channel) -> String {
    let channel = match channel {
        Channel::InApp => "inApp",
        Channel::Email => "email",
    };
    format!("{}.{channel}", kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFF: Choice = Choice { in_app: false, email: false, locked: false };

    #[test]
    fn everything_is_on_until_somebody_chooses() {
        for &kind in NotificationKind::ALL {
            let choice = Preferences::default().of(kind);
            assert_eq!((choice.in_app, choice.email, choice.locked), (true, true, kind.is_locked()), "{kind:?}");
        }
    }

    #[test]
    fn only_what_is_named_changes() {
        let changes = PreferenceChanges { lead: Some(OFF), ..PreferenceChanges::default() };
        let after = changes.apply_to(Preferences::default()).unwrap();
        assert_eq!(after, Preferences { lead: OFF, ..Preferences::default() });
    }

    #[test]
    fn what_is_locked_can_be_sent_back_and_not_be_switched_off() {
        let before = Preferences::default();
        let same =
            PreferenceChanges { system: Some(before.of(NotificationKind::System)), ..PreferenceChanges::default() };
        assert_eq!(same.apply_to(before), Ok(before));
        let off = PreferenceChanges { payment: Some(OFF), system: Some(OFF), ..PreferenceChanges::default() };
        let fields: Vec<String> = off.apply_to(before).unwrap_err().fields().into_keys().collect();
        assert_eq!(fields, ["payment", "system"]);
    }

    #[test]
    fn a_box_that_is_not_ticked_switches_off() {
        let ticked = ["lead.inApp", "ticket.email"].map(str::to_owned);
        let after = PreferenceChanges::from_ticked(&ticked).unwrap().apply_to(Preferences::default()).unwrap();
        let shown = |kind| (after.of(kind).in_app, after.of(kind).email);
        assert_eq!(shown(NotificationKind::Lead), (true, false));
        assert_eq!(shown(NotificationKind::Ticket), (false, true));
        assert_eq!(shown(NotificationKind::System), (true, true));
        assert!(PreferenceChanges::from_ticked(&["system.email".to_owned()]).is_err());
    }
}
