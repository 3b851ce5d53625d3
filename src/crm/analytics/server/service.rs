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
    server::{
        state::App,
        zone::{INDIA, Zone},
    },
    shared::{
        error::AppError,
        money::Money,
        time::{Date, Time},
    },
};

/// What is known of the leads of a range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedFigures {
    /// In the range.
    pub now: LeadFigures,
    /// In the range before.
    pub before: Option<LeadFigures>,
}

/// The figures of an organizer (`None`: of all organizers). They come from the totals of days, unless the viewer's days are not
/// those of India: then from the leads.
///
/// # Errors
/// When the database is away.
pub async fn compare_leads(
    app: &App,
    zone: &Zone,
    organizer: Option<UserId>,
    range: DayRange,
) -> Result<ComparedFigures, AppError> {
    if !has_days_of_india(zone, range) {
        return recount_leads(app, zone, organizer, range).await;
    }
    let earlier = range.before();
    let (known, mut days) = futures_util::try_join!(
        repository::has_earlier(&app.db, organizer, range.first),
        repository::days(&app.db, organizer, (earlier.first, range.last)),
    )?;
    let now = days.extract_if(.., |day| day.day >= range.first).collect();
    Ok(ComparedFigures { now: sum_days(range, now), before: known.then(|| sum_days(earlier, days)) })
}

/// The same figures, counted from the leads themselves. Costs, for each of both ranges, the leads that came in it and those that
/// were booked in it: ranges of two indexes.
///
/// # Errors
/// When the database is away.
pub async fn recount_leads(
    app: &App,
    zone: &Zone,
    organizer: Option<UserId>,
    range: DayRange,
) -> Result<ComparedFigures, AppError> {
    let (now, before) = futures_util::try_join!(
        count_leads(app, zone, organizer, range),
        count_leads(app, zone, organizer, range.before()),
    )?;
    let known = repository::has_earlier_lead(&app.db, organizer, zone.start_of(range.first)).await?;
    Ok(ComparedFigures { now, before: known.then_some(before) })
}

/// Whether each day of a range, and of the range before it, begins there when it begins in India.
fn has_days_of_india(zone: &Zone, range: DayRange) -> bool {
    let india = Zone::new(INDIA, zone.now());
    let days = range.before().days().into_iter().chain(range.days()).chain([range.end()]);
    days.into_iter().all(|day| zone.start_of(day) == india.start_of(day))
}

fn sum_days(range: DayRange, days: Vec<repository::Day>) -> LeadFigures {
    let mut by_day: BTreeMap<Date, (Tally, Money)> =
        range.days().into_iter().map(|day| (day, Default::default())).collect();
    let mut responses = Histogram::default();
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    for day in days {
        let (tally, won) = by_day.entry(day.day).or_default();
        *tally += Tally {
            created: count(day.created),
            converted: count(day.converted),
            asked: count(day.asked),
            answered_in_a_day: count(day.answered),
        };
        won.amount += day.won;
        for (minutes, waits) in day.waits.iter().filter(|(_, waits)| **waits > 0) {
            responses.add(minutes.parse().unwrap_or_default(), count(*waits));
        }
    }
    let (by_day, won_by_day) = by_day.into_values().unzip();
    LeadFigures { by_day, responses, won_by_day, ..LeadFigures::default() }.summed()
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
    let by_day = fold_days(zone, range, tallies, |day: &mut Tally, tally| *day += tally);
    let won_by_day = fold_days(zone, range, won, |day: &mut Money, money| day.amount += money.amount);
    Ok(LeadFigures { by_day, responses, won_by_day, ..LeadFigures::default() }.summed())
}

impl LeadFigures {
    /// The same with the sums of its days.
    fn summed(mut self) -> Self {
        self.by_day.iter().for_each(|day| self.total += *day);
        self.won = Money::paise(self.won_by_day.iter().map(|day| day.amount).sum());
        self
    }
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
