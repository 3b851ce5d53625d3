//! Figures of leads for a range of days in somebody's zone, and for the equally long range before it.

use std::collections::BTreeMap;

use super::repository::{self, QUARTER, Span};
use crate::{
    crm::{
        accounts::user::UserId,
        analytics::{
            figures::{Histogram, Tally},
            range::DayRange,
        },
    },
    server::{state::App, zone::Zone},
    shared::{
        error::AppError,
        money::Money,
        time::{Date, Time},
    },
};

/// What is known of the leads of a range.
#[derive(Debug, Clone, Default)]
pub struct LeadFigures {
    /// Leads by day, every day of the range in order.
    pub by_day: Vec<Tally>,
    /// All of them.
    pub total: Tally,
    /// How many minutes enquiries waited for their first answer.
    pub responses: Histogram,
    /// What bookings brought by day, every day of the range in order.
    pub won_by_day: Vec<Money>,
    /// What they brought together.
    pub won: Money,
}

/// The figures of a range, and those of the range before unless nothing at all is known of so early a time.
#[derive(Debug, Clone)]
pub struct ComparedFigures {
    /// In the range.
    pub now: LeadFigures,
    /// In the range before.
    pub before: Option<LeadFigures>,
}

/// Counts the leads of an organizer (`None`: of all). Costs a range of two indexes, not the whole of the leads.
///
/// # Errors
/// When the database is away.
pub async fn compare_leads(
    app: &App,
    zone: &Zone,
    organizer: Option<UserId>,
    range: DayRange,
) -> Result<ComparedFigures, AppError> {
    let earlier = range.before();
    let (known, now, before) = futures_util::try_join!(
        repository::has_earlier(&app.db, organizer, zone.start_of(range.first)),
        count_leads(app, zone, organizer, range),
        count_leads(app, zone, organizer, earlier),
    )?;
    Ok(ComparedFigures { now, before: known.then_some(before) })
}

async fn count_leads(
    app: &App,
    zone: &Zone,
    organizer: Option<UserId>,
    range: DayRange,
) -> Result<LeadFigures, AppError> {
    let span: Span = zone.start_of(range.first)..zone.start_of(range.end());
    let (tallies, responses, won) = futures_util::try_join!(
        repository::tally_by_quarter(&app.db, organizer, &span),
        repository::response_minutes(&app.db, organizer, &span),
        repository::won_by_quarter(&app.db, organizer, &span),
    )?;
    let mut figures = LeadFigures { responses, ..LeadFigures::default() };
    figures.by_day = fold_days(zone, range, tallies, |day: &mut Tally, tally| *day += tally);
    figures.won_by_day = fold_days(zone, range, won, |day: &mut Money, money| day.amount += money.amount);
    figures.by_day.iter().for_each(|day| figures.total += *day);
    figures.won = Money::paise(figures.won_by_day.iter().map(|day| day.amount).sum());
    Ok(figures)
}

/// Adds quarters of an hour up to the days of a zone.
fn fold_days<T: Default + Clone>(
    zone: &Zone,
    range: DayRange,
    quarters: BTreeMap<i64, T>,
    add: impl Fn(&mut T, T),
) -> Vec<T> {
    let mut days: BTreeMap<Date, T> = range.days().into_iter().map(|day| (day, T::default())).collect();
    for (quarter, value) in quarters {
        let day = zone.date_of(Time::from_millis(quarter * QUARTER));
        add(days.entry(day).or_default(), value);
    }
    days.into_values().collect()
}
