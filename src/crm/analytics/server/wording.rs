//! Figures in words: numbers with their units, how they differ from before, sentences that read them.

use crate::{
    crm::analytics::{
        server::service::{ComparedFigures, LeadFigures},
        today::{Change, Figure},
    },
    shared::{money::Money, page::TOTAL_CAP},
};

/// What stands in place of a comparison when nothing is known of so early a time.
const NO_EARLIER: &str = "no earlier data";

/// The leads in which there is work to do, and what they may bring.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pipeline {
    pub(super) leads: u64,
    pub(super) value: Money,
}

/// The figures of leads, in order.
pub(super) fn cells_of(figures: &ComparedFigures, pipeline: Pipeline) -> Vec<Figure> {
    let (now, before) = (&figures.now, figures.before.as_ref());
    vec![
        new_leads(now, before),
        answered(now, before),
        first_answer(now, before),
        conversion(now, before),
        open(pipeline),
        won(now, before),
    ]
}

fn new_leads(now: &LeadFigures, before: Option<&LeadFigures>) -> Figure {
    let (value, earlier) = (now.total.created, before.map(|before| before.total.created));
    Figure {
        label: "New leads".into(),
        value: vec![(value.to_string(), String::new())],
        change: earlier.and_then(|earlier| grown(value, earlier)),
        note: earlier.map_or_else(|| NO_EARLIER.into(), |earlier| format!("from {earlier}")),
        by_day: now.by_day.iter().map(|day| day.created).collect(),
    }
}

fn answered(now: &LeadFigures, before: Option<&LeadFigures>) -> Figure {
    let (rate, earlier) = (now.total.response(), before.and_then(|before| before.total.response()));
    Figure {
        label: "Answered in 24 h".into(),
        value: rate.map_or_else(nothing, |rate| vec![(whole_per_cent(rate), "%".into())]),
        change: rate.zip(earlier).and_then(|(rate, earlier)| points(rate, earlier)),
        note: match (rate, earlier) {
            (None, _) => "nobody asked".into(),
            (_, None) => NO_EARLIER.into(),
            (_, Some(earlier)) => format!("from {} %", whole_per_cent(earlier)),
        },
        by_day: Vec::new(),
    }
}

fn first_answer(now: &LeadFigures, before: Option<&LeadFigures>) -> Figure {
    let (median, earlier) = (now.responses.median(), before.and_then(|before| before.responses.median()));
    let most = now.responses.percentile(90).map(|minutes| format!("9 of 10 within {}", minutes_in_words(minutes)));
    Figure {
        label: "Median first answer".into(),
        value: median.map_or_else(nothing, minutes_in_parts),
        change: median.zip(earlier).filter(|(median, earlier)| median != earlier).map(|(median, earlier)| Change {
            is_up: median > earlier,
            is_good: median < earlier,
            by: minutes_in_words(median.abs_diff(earlier)),
        }),
        note: match (most, earlier) {
            (None, _) => "nobody was answered".into(),
            (Some(most), None) => format!("{most}, {NO_EARLIER}"),
            (Some(most), Some(_)) => most,
        },
        by_day: Vec::new(),
    }
}

fn conversion(now: &LeadFigures, before: Option<&LeadFigures>) -> Figure {
    let (rate, earlier) = (now.total.conversion(), before.and_then(|before| before.total.conversion()));
    let of = format!("{} of {}", now.total.converted, now.total.created);
    Figure {
        label: "Conversion".into(),
        value: rate.map_or_else(nothing, |rate| vec![(per_cent(rate), "%".into())]),
        change: rate.zip(earlier).and_then(|(rate, earlier)| points(rate, earlier)),
        note: match (rate, earlier) {
            (None, _) => "no leads".into(),
            (Some(_), None) => format!("{of}, {NO_EARLIER}"),
            (Some(_), Some(_)) => of,
        },
        by_day: Vec::new(),
    }
}

fn open(pipeline: Pipeline) -> Figure {
    let leads = if pipeline.leads == 1 { "1 lead".to_owned() } else { format!("{} leads", pipeline.leads) };
    Figure {
        label: "Open pipeline".into(),
        value: vec![(pipeline.value.to_string(), String::new())],
        change: None,
        note: format!("{leads} at this moment"),
        by_day: Vec::new(),
    }
}

fn won(now: &LeadFigures, before: Option<&LeadFigures>) -> Figure {
    let earlier = before.map(|before| before.won);
    let paise = |money: Money| u64::try_from(money.amount).unwrap_or_default();
    Figure {
        label: "Won".into(),
        value: vec![(now.won.to_string(), String::new())],
        change: earlier.and_then(|earlier| grown(paise(now.won), paise(earlier))),
        note: earlier.map_or_else(|| NO_EARLIER.into(), |earlier| format!("from {earlier}")),
        by_day: now.won_by_day.iter().map(|day| paise(*day)).collect(),
    }
}

fn nothing() -> Vec<(String, String)> {
    vec![("–".into(), String::new())]
}

/// By how many per cent something grew; of nothing there is no share.
fn grown(value: u64, earlier: u64) -> Option<Change> {
    let difference = value.abs_diff(earlier);
    let tenths = (u128::from(difference) * 1000 + u128::from(earlier) / 2).checked_div(u128::from(earlier))?;
    (difference > 0).then(|| Change {
        is_up: value > earlier,
        is_good: value > earlier,
        by: format!("{} %", in_tenths(tenths)),
    })
}

/// The difference of two shares in percentage points.
fn points(rate: u32, earlier: u32) -> Option<Change> {
    let difference = rate.abs_diff(earlier);
    (difference > 0).then(|| Change {
        is_up: rate > earlier,
        is_good: rate > earlier,
        by: format!("{} pts", in_tenths(u128::from(difference))),
    })
}

/// `18.0` of 180 per mille.
fn per_cent(per_mille: u32) -> String {
    format!("{}.{}", per_mille / 10, per_mille % 10)
}

/// `96` of 958 per mille, but never 100 when something is missing, and never 0 when something is there.
fn whole_per_cent(per_mille: u32) -> String {
    match per_mille {
        0 | 1000 => (per_mille / 10).to_string(),
        _ => ((per_mille + 5) / 10).clamp(1, 99).to_string(),
    }
}

fn in_tenths(tenths: u128) -> String {
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Two parts at most: `48 min`, `1 h 48 min`, `3 days 4 h`.
fn minutes_in_parts(minutes: u32) -> Vec<(String, String)> {
    const HOUR: u32 = 60;
    const DAY: u32 = 24 * HOUR;
    let part = |count: u32, unit: &str| (count > 0).then(|| (count.to_string(), unit.to_owned()));
    let parts: Vec<_> = match minutes {
        ..HOUR => return vec![(minutes.to_string(), "min".into())],
        ..DAY => [part(minutes / HOUR, "h"), part(minutes % HOUR, "min")],
        _ => [part(minutes / DAY, if minutes / DAY == 1 { "day" } else { "days" }), part(minutes % DAY / HOUR, "h")],
    }
    .into_iter()
    .flatten()
    .collect();
    parts
}

fn minutes_in_words(minutes: u32) -> String {
    minutes_in_parts(minutes).into_iter().map(|(count, unit)| format!("{count} {unit}")).collect::<Vec<_>>().join(" ")
}

/// A number at the start of a sentence: in a word up to twelve, and not more exact than it was counted.
pub(super) fn count_in_words(count: u32) -> String {
    const WORDS: [&str; 13] =
        ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];
    match WORDS.get(count as usize) {
        Some(word) => (*word).to_owned(),
        None if u64::from(count) > TOTAL_CAP => "1,000 or more".to_owned(),
        None => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::analytics::figures::Tally;

    fn figures(created: u64, converted: u64, asked: u64, answered_in_a_day: u64) -> LeadFigures {
        LeadFigures { total: Tally { created, converted, asked, answered_in_a_day }, ..LeadFigures::default() }
    }

    fn change(figure: &Figure) -> Option<(bool, bool, &str)> {
        figure.change.as_ref().map(|change| (change.is_up, change.is_good, change.by.as_str()))
    }

    #[test]
    fn a_figure_is_compared_with_the_range_before() {
        let (now, before) = (figures(128, 23, 100, 96), figures(108, 17, 100, 93));
        let leads = new_leads(&now, Some(&before));
        assert_eq!((change(&leads), leads.note.as_str()), (Some((true, true, "18.5 %")), "from 108"));
        let answers = answered(&now, Some(&before));
        assert_eq!((change(&answers), answers.note.as_str()), (Some((true, true, "3 pts")), "from 93 %"));
        let rate = conversion(&now, Some(&before));
        assert_eq!((rate.value[0].0.as_str(), rate.note.as_str()), ("18.0", "23 of 128"));
    }

    #[test]
    fn without_earlier_data_that_is_said() {
        let now = figures(3, 0, 3, 1);
        for figure in [new_leads(&now, None), answered(&now, None), won(&now, None), conversion(&now, None)] {
            assert!(figure.change.is_none());
            assert!(figure.note.ends_with(NO_EARLIER), "{}", figure.note);
        }
    }

    #[test]
    fn of_nobody_there_is_no_rate() {
        let none = figures(0, 0, 0, 0);
        assert_eq!(answered(&none, None).value, nothing());
        assert_eq!(conversion(&none, None).value, nothing());
        assert_eq!(first_answer(&none, None).note, "nobody was answered");
    }

    #[test]
    fn growth_from_nothing_has_no_share() {
        assert_eq!(grown(5, 0), None);
        assert_eq!(grown(5, 5), None);
        assert_eq!(grown(4, 5).unwrap().by, "20 %");
    }

    #[test]
    fn a_faster_answer_is_good_and_down() {
        let with = |minutes| {
            let mut figures = LeadFigures::default();
            figures.responses.add(minutes, 1);
            figures
        };
        let figure = first_answer(&with(108), Some(&with(130)));
        assert_eq!(change(&figure), Some((false, true, "22 min")));
        assert_eq!((minutes_in_words(108), figure.note.as_str()), ("1 h 48 min".into(), "9 of 10 within 1 h 48 min"));
    }

    #[test]
    fn a_share_is_whole_only_when_it_is() {
        let shown = [0, 1, 4, 5, 958, 996, 1000].map(whole_per_cent);
        assert_eq!(shown, ["0", "1", "1", "1", "96", "99", "100"]);
    }

    #[test]
    fn lengths_have_two_parts_at_most() {
        let shown = [0, 59, 60, 61, 1440, 1500, 4560].map(minutes_in_words);
        assert_eq!(shown, ["0 min", "59 min", "1 h", "1 h 1 min", "1 day", "1 day 1 h", "3 days 4 h"]);
    }

    #[test]
    fn small_numbers_are_words() {
        assert_eq!([0, 1, 7, 12, 13].map(count_in_words), ["No", "One", "Seven", "Twelve", "13"]);
        assert_eq!([1_000, 1_001].map(count_in_words), ["1000", "1,000 or more"]);
    }
}
