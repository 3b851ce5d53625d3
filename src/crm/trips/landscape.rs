//! The catalogue of trip pictures: landscapes by region and season that are drawn for this product (`public/landscapes`).
//! A trip's photos are names out of it.

/// A picture that a trip can show.
#[derive(Debug, PartialEq, Eq)]
pub struct Landscape {
    /// The name of its file, without the ending; what a trip's `photos` hold.
    pub name: &'static str,
    /// What is to be seen, for people who do not see it.
    pub description: &'static str,
}

impl Landscape {
    /// The address of the whole picture.
    pub fn url(&self) -> String {
        format!("/landscapes/{}.svg", self.name)
    }

    /// The address of the small mark that stands for it in lists.
    pub fn thumb_url(&self) -> String {
        format!("/landscapes/{}-thumb.svg", self.name)
    }
}

/// The picture of that name.
pub fn find_landscape(name: &str) -> Option<&'static Landscape> {
    LANDSCAPES.iter().find(|landscape| landscape.name == name)
}

/// The picture that stands for a trip: the first of its photos, else one of its region.
pub fn choose_landscape(photos: &[String], region: &str) -> &'static Landscape {
    let of_region = REGIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(region)).map(|(_, landscape)| *landscape);
    photos.iter().map(String::as_str).chain(of_region).find_map(find_landscape).unwrap_or(&ANYWHERE)
}

const fn picture(name: &'static str, description: &'static str) -> Landscape {
    Landscape { name, description }
}

/// For trips without photos, of regions that are not listed.
static ANYWHERE: Landscape = picture("himachal-summer", "A river through a green meadow with tents.");

/// Every picture, region by region.
pub static LANDSCAPES: &[Landscape] = &[
    picture("himachal-winter", "A wooden temple among cedars in falling snow."),
    picture("himachal-spring", "Orchards in blossom before snow peaks."),
    picture("himachal-summer", "A river through a green meadow with tents."),
    picture("himachal-monsoon", "Terraced fields in the rain."),
    picture("himachal-autumn", "Golden trees and a hut below a summit."),
    picture("uttarakhand-winter", "Deodar woods under a high snow summit, with a lit tent."),
    picture("uttarakhand-winter-2", "A half-frozen mountain lake at dusk."),
    picture("uttarakhand-spring", "Rhododendrons in flower above the woods."),
    picture("uttarakhand-summer", "Alpine meadows under a massif."),
    picture("uttarakhand-monsoon", "A valley full of flowers under low clouds."),
    picture("uttarakhand-autumn", "A stone temple on its hill in autumn."),
    picture("kashmir-winter", "Huts on a meadow in deep snow."),
    picture("kashmir-spring", "A lake with boats and almond blossom."),
    picture("kashmir-summer", "A turquoise alpine lake above the trees."),
    picture("kashmir-autumn", "A lake under red chinar trees."),
    picture("sikkim-winter", "Stupas and prayer flags before a snow massif."),
    picture("sikkim-spring", "Rhododendrons in flower before high snow peaks."),
    picture("sikkim-autumn", "Peaks above a sea of clouds at dusk."),
    picture("ladakh-winter", "People on a frozen river between the walls of its gorge."),
    picture("ladakh-spring", "Apricot trees in blossom before bare rock."),
    picture("ladakh-summer", "A monastery above a river in bare mountains."),
    picture("ladakh-summer-2", "A blue lake that mirrors bare mountains."),
    picture("ladakh-autumn", "Golden poplars along a river."),
    picture("ladakh-autumn-2", "Dunes of a cold desert with camels."),
    picture("spiti-winter", "A monastery on its cone in snow."),
    picture("spiti-summer", "A monastery on its cone above green fields."),
    picture("spiti-autumn", "A braided river in a wide valley."),
    picture("western-ghats-winter", "A hill fort in the gold of the dry season."),
    picture("western-ghats-monsoon", "A hill fort between clouds and waterfalls."),
    picture("western-ghats-monsoon-2", "Green summits above clouds."),
    picture("western-ghats-autumn", "A plateau in flower after the rains."),
    picture("nilgiris-winter", "Rows of tea above morning mist."),
    picture("nilgiris-summer", "Grassland with woods in its folds."),
    picture("kerala-winter", "A boat between palms at dawn."),
    picture("kerala-monsoon", "Rows of tea in the rain."),
    picture("northeast-winter", "A living root bridge over a stream."),
    picture("northeast-summer", "Rolling green hills with lilies."),
    picture("northeast-monsoon", "Waterfalls from the edge of a plateau."),
];

/// Which picture stands for a region while a trip has no photos.
const REGIONS: &[(&str, &str)] = &[
    ("Himachal Pradesh", "himachal-summer"),
    ("Uttarakhand", "uttarakhand-winter"),
    ("Kashmir", "kashmir-summer"),
    ("Sikkim", "sikkim-autumn"),
    ("Ladakh", "ladakh-summer"),
    ("Maharashtra", "western-ghats-monsoon"),
    ("Karnataka", "western-ghats-autumn"),
    ("Tamil Nadu", "nilgiris-winter"),
    ("Kerala", "kerala-winter"),
    ("Nagaland", "northeast-summer"),
    ("Meghalaya", "northeast-winter"),
];

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn the_catalogue_is_what_lies_in_the_folder() {
        let folder = Path::new("public/landscapes");
        let files: BTreeSet<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        let drawn: BTreeSet<&str> = files.iter().filter_map(|file| file.strip_suffix("-thumb.svg")).collect();
        let listed: BTreeSet<&str> = LANDSCAPES.iter().map(|landscape| landscape.name).collect();
        assert_eq!(listed, drawn);
        assert!(listed.iter().all(|name| files.contains(&format!("{name}.svg"))));
    }

    #[test]
    fn a_trip_without_photos_shows_its_region() {
        assert_eq!(choose_landscape(&[], "kerala").name, "kerala-winter");
        assert_eq!(choose_landscape(&[], "Atlantis"), &ANYWHERE);
        assert_eq!(choose_landscape(&["spiti-winter".into()], "Kerala").name, "spiti-winter");
    }

    #[test]
    fn every_region_has_a_picture_of_the_catalogue() {
        assert!(REGIONS.iter().all(|(_, name)| find_landscape(name).is_some()));
        assert_eq!(find_landscape(ANYWHERE.name), Some(&ANYWHERE));
    }
}
