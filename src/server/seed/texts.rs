//! What people in the demo write: texts that fit the party and the trip, with their gaps filled in.

use super::{
    chance::Chance,
    content::{Party, Text},
};

/// What a text has to fit.
pub(super) struct Occasion<'a> {
    pub(super) trip: &'a str,
    pub(super) settings: &'a [String],
    pub(super) party: u32,
    /// The month they would like to go.
    pub(super) month: &'a str,
}

impl Occasion<'_> {
    /// One of the texts that fit; empty when none does.
    pub(super) fn draw(&self, chance: &mut Chance, texts: &[Text]) -> String {
        let fitting: Vec<&Text> = texts.iter().filter(|text| self.fits(text)).collect();
        chance.choose(&fitting).map(|text| self.fill(&text.text)).unwrap_or_default()
    }

    /// One of some lines.
    pub(super) fn draw_line(&self, chance: &mut Chance, lines: &[String]) -> Option<String> {
        chance.choose(lines).map(|line| self.fill(line))
    }

    fn fits(&self, text: &Text) -> bool {
        let party = match text.party {
            Party::Any => true,
            Party::Solo => self.party == 1,
            Party::Group => self.party >= 2,
            Party::Family => self.party >= 3,
        };
        party && (text.setting == "any" || self.settings.contains(&text.setting))
    }

    fn fill(&self, text: &str) -> String {
        text.replace("{trip}", self.trip).replace("{party}", &self.party.to_string()).replace("{month}", self.month)
    }
}
