//! The trip pictures: landscapes by region and season, drawn by this code and by nobody else. Every run gives the same bytes.
//! A picture is an SVG that follows the theme of the page it stands in: dawn by day, moonlight by night.

use std::io;
use std::path::Path;

mod canvas;
mod geometry;
mod himachal;
mod himalaya;
mod land;
mod marks;
mod northeast;
mod palette;
mod plateau;
mod props;
mod seasons;
mod south;
mod spiti;
mod trees;
mod valleys;
mod water;

use canvas::Canvas;
use marks::{Mark, draw_mark};
use palette::{Ink::*, Palette};

/// A picture of the catalogue.
struct Scene {
    name: &'static str,
    palette: Palette,
    draw: fn(&mut Canvas),
    mark: Mark,
    mirrored: bool,
}

const HERO: (f64, f64) = (1440.0, 560.0);
const TALL: (f64, f64) = (1080.0, 1280.0);

/// Writes every landscape and its mark (`<name>-thumb.svg`) into a folder; returns the file names with their sizes in bytes.
///
/// # Errors
/// When the folder cannot be made or a file cannot be written.
pub fn write_all(dir: &Path) -> io::Result<Vec<(String, u64)>> {
    std::fs::create_dir_all(dir)?;
    let mut written = Vec::new();
    for scene in catalogue() {
        write(dir, format!("{}.svg", scene.name), &draw_scene(&scene), &mut written)?;
        write(dir, format!("{}-thumb.svg", scene.name), &draw_mark(scene.mark, &scene.palette), &mut written)?;
    }
    let mut sign_in = Canvas::new("signin", TALL);
    valleys::sign_in(&mut sign_in);
    write(dir, "signin.svg".into(), &sign_in.finish(&Palette::base()), &mut written)?;
    let mut home = Canvas::new("home", HERO);
    valleys::home(&mut home);
    write(dir, "home.svg".into(), &home.finish(&Palette::base()), &mut written)?;
    Ok(written)
}

fn write(dir: &Path, file: String, text: &str, written: &mut Vec<(String, u64)>) -> io::Result<()> {
    std::fs::write(dir.join(&file), text)?;
    written.push((file, text.len() as u64));
    Ok(())
}

fn draw_scene(scene: &Scene) -> String {
    let mut canvas = Canvas::new(scene.name, HERO);
    canvas.mirrored = scene.mirrored;
    (scene.draw)(&mut canvas);
    canvas.finish(&scene.palette)
}

fn scene(name: &'static str, palette: Palette, draw: fn(&mut Canvas), mark: Mark) -> Scene {
    Scene { name, palette, draw, mark, mirrored: false }
}

fn mirrored(name: &'static str, palette: Palette, draw: fn(&mut Canvas), mark: Mark) -> Scene {
    Scene { name, palette, draw, mark, mirrored: true }
}

fn catalogue() -> Vec<Scene> {
    let mut scenes = mountain_scenes();
    scenes.extend(plateau_scenes());
    scenes.extend(southern_scenes());
    scenes
}

fn mountain_scenes() -> Vec<Scene> {
    use himachal::*;
    use himalaya::*;
    use seasons::*;
    use valleys::*;
    let crimson = spring().with_all(&[(Bloom, (0.6, 0.17, 18.0)), (Leaf, (0.4, 0.07, 150.0))]);
    let flowers =
        monsoon().with_all(&[(Bloom, (0.74, 0.14, 350.0)), (Bloom2, (0.9, 0.09, 95.0)), (Leaf, (0.7, 0.11, 300.0))]);
    let chinar = autumn().with_all(&[(Bloom, (0.58, 0.16, 38.0)), (Water, (0.52, 0.06, 215.0))]);
    vec![
        scene("himachal-winter", winter(), cedars_in_snow, Mark::Peaks),
        scene("himachal-spring", spring(), apple_blossom, Mark::Blossom),
        scene("himachal-summer", summer(), river_meadow, Mark::Meadow),
        scene("himachal-monsoon", monsoon(), terraced_rain, Mark::Rows),
        scene("himachal-autumn", autumn(), larch_autumn, Mark::Peak),
        scene("uttarakhand-winter", Palette::base(), forest_winter, Mark::Peak),
        scene("uttarakhand-winter-2", dusk(), lake_at_dusk, Mark::Lake),
        scene("uttarakhand-spring", crimson.clone(), rhododendrons, Mark::Blossom),
        scene("uttarakhand-summer", summer(), high_meadow, Mark::Massif),
        scene("uttarakhand-monsoon", flowers, valley_of_flowers, Mark::Meadow),
        scene("uttarakhand-autumn", autumn(), temple_autumn, Mark::Massif),
        mirrored("kashmir-winter", winter(), meadow_huts_snow, Mark::Peaks),
        scene("kashmir-spring", spring(), shikara_spring, Mark::Blossom),
        mirrored("kashmir-summer", summer(), alpine_lake, Mark::Lake),
        scene("kashmir-autumn", chinar, chinar_autumn, Mark::Poplars),
        scene("sikkim-winter", winter(), stupas_winter, Mark::Massif),
        mirrored("sikkim-spring", crimson, rhododendrons, Mark::Blossom),
        scene("sikkim-autumn", dusk(), sea_of_clouds, Mark::Clouds),
    ]
}

fn plateau_scenes() -> Vec<Scene> {
    use plateau::*;
    use seasons::*;
    use spiti::*;
    let golden =
        bare().with_all(&[(Leaf, (0.76, 0.14, 78.0)), (Bloom, (0.68, 0.13, 70.0)), (Bloom2, (0.85, 0.12, 85.0))]);
    let apricot =
        bare().with_all(&[(Bloom, (0.86, 0.07, 5.0)), (Bloom2, (0.95, 0.03, 20.0)), (Leaf, (0.6, 0.09, 135.0))]);
    let russet = golden.clone().with_all(&[(SkyTop, (0.6, 0.105, 250.0)), (Leaf, (0.62, 0.15, 50.0))]);
    vec![
        scene("ladakh-winter", bare_winter(), frozen_river, Mark::Gorge),
        scene("ladakh-spring", apricot, apricot_spring, Mark::Blossom),
        scene("ladakh-summer", bare(), monastery_river, Mark::Crag),
        scene("ladakh-summer-2", bare(), salt_lake, Mark::Lake),
        scene("ladakh-autumn", golden.clone(), golden_poplars, Mark::Poplars),
        mirrored("ladakh-autumn-2", golden.with(Leaf, (0.85, 0.07, 76.0)), dunes, Mark::Dunes),
        scene("spiti-winter", bare_winter(), key_winter, Mark::Crag),
        mirrored("spiti-summer", bare(), key_summer, Mark::Crag),
        scene("spiti-autumn", russet, spiti_autumn, Mark::Hills),
    ]
}

fn southern_scenes() -> Vec<Scene> {
    use northeast::*;
    use seasons::*;
    use south::*;
    let violet = southern().with_all(&[(Bloom, (0.66, 0.13, 310.0)), (Bloom2, (0.88, 0.1, 90.0))]);
    let lily = southern().with_all(&[
        (Bloom, (0.82, 0.09, 350.0)),
        (Bloom2, (0.95, 0.03, 100.0)),
        (Leaf, (0.62, 0.11, 140.0)),
    ]);
    vec![
        scene("western-ghats-winter", dry(), fort_dry, Mark::Tableland),
        scene("western-ghats-monsoon", monsoon(), fort_monsoon, Mark::Falls),
        mirrored("western-ghats-monsoon-2", monsoon(), green_peaks, Mark::Hills),
        scene("western-ghats-autumn", violet, plateau_flowers, Mark::Tableland),
        scene("nilgiris-winter", southern(), tea_hills, Mark::Rows),
        scene("nilgiris-summer", southern(), shola_grass, Mark::Hills),
        scene("kerala-winter", southern(), backwaters, Mark::Palms),
        mirrored("kerala-monsoon", monsoon(), tea_rain, Mark::Rows),
        scene("northeast-winter", southern(), root_bridge, Mark::Bridge),
        scene("northeast-summer", lily, rolling_valley, Mark::Hills),
        scene("northeast-monsoon", monsoon(), great_falls, Mark::Falls),
    ]
}
