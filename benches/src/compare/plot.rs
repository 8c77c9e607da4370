//! The medians over the number of statements, as a picture.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::compare::numbers::{count, duration, size_float};
use crate::compare::own::CAMLOCK;
use crate::compare::table::Row;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 470.0;
/// Where the axes are: left, right, top, bottom.
const LEFT: f64 = 66.0;
const RIGHT: f64 = 590.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 420.0;
/// What lines of text need so that they do not run into each other.
const LINE: f64 = 15.0;

const STYLE: &str = "\
text{font:13px sans-serif;fill:#333}\
.grid{stroke:#8886;stroke-width:.6}\
.line{fill:none;stroke:#777;stroke-width:1.4}\
.dot{fill:#777}\
.own .line{stroke:#c2410c;stroke-width:2.6}\
.own .dot{fill:#c2410c}\
.own text{fill:#c2410c;font-weight:bold}\
@media(prefers-color-scheme:dark){text{fill:#ccc}.line{stroke:#aaa}.dot{fill:#aaa}\
.own .line{stroke:#fb923c}.own .dot{fill:#fb923c}.own text{fill:#fb923c}}";

/// One line a candidate, both axes logarithmic.
pub(crate) fn svg(rows: &[&Row]) -> String {
    let mut lines: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for row in rows {
        let point = (size_float(row.size).log10(), row.timed.median.log10());
        lines.entry(row.name).or_default().push(point);
    }
    let points = || lines.values().flatten();
    let most = |values: &mut dyn Iterator<Item = f64>| values.fold(1.0, f64::max).ceil();
    let (columns, decades) = (
        most(&mut points().map(|(size, _)| *size)),
        most(&mut points().map(|(_, median)| *median)),
    );
    let across = |size: f64| LEFT + (size - 1.0) / (columns - 1.0).max(1.0) * (RIGHT - LEFT);
    let down = |median: f64| BOTTOM - (median - 1.0) / (decades - 1.0).max(1.0) * (BOTTOM - TOP);

    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n\
         <title>Median time of a decision over the number of statements</title>\n\
         <style>{STYLE}</style>\n\
         <text x=\"{LEFT}\" y=\"20\">median of a decision, all statements visible</text>\n"
    );
    let (mut size, mut label) = (1.0, 10);
    while size <= columns {
        let x = across(size);
        let _ = writeln!(
            text,
            "<path class=\"grid\" d=\"M{x:.1} {TOP}V{BOTTOM}\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            BOTTOM + 20.0,
            count(label)
        );
        (size, label) = (size + 1.0, label * 10);
    }
    let (mut decade, mut label) = (1.0, 10.0);
    while decade <= decades {
        let y = down(decade);
        let _ = writeln!(
            text,
            "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{RIGHT}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + 4.0,
            unit(label)
        );
        (decade, label) = (decade + 1.0, label * 10.0);
    }
    let _ = writeln!(
        text,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">statements</text>",
        f64::midpoint(LEFT, RIGHT),
        BOTTOM + 42.0
    );
    let ends = lines.iter().filter_map(|(name, points)| Some((*name, *points.last()?)));
    let labels = apart(ends.map(|(name, (_, median))| (name, down(median))).collect());
    for (name, points) in &lines {
        let class = if *name == CAMLOCK { " class=\"own\"" } else { "" };
        let _ = write!(text, "<g{class}><polyline class=\"line\" points=\"");
        for (size, median) in points {
            let _ = write!(text, "{:.1},{:.1} ", across(*size), down(*median));
        }
        text.push_str("\"/>");
        for (size, median) in points {
            let (x, y) = (across(*size), down(*median));
            let _ = write!(text, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\"/>");
        }
        let (end, at) = points.last().map_or((RIGHT, BOTTOM), |(x, y)| (across(*x), down(*y)));
        let label = labels.iter().find(|(own, _)| own == name).map_or(at, |(_, y)| *y);
        let _ = writeln!(
            text,
            "<path class=\"grid\" d=\"M{:.1} {at:.1}L{:.1} {label:.1}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{name}</text></g>",
            end + 4.0,
            RIGHT + 12.0,
            RIGHT + 15.0,
            label + 4.0
        );
    }
    text.push_str("</svg>\n");
    text
}

/// Labels moved down until each has its line, then up again if the last went too far.
fn apart(mut labels: Vec<(&str, f64)>) -> Vec<(&str, f64)> {
    labels.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut least = f64::MIN;
    for (_, y) in &mut labels {
        *y = y.max(least);
        least = *y + LINE;
    }
    let mut most = BOTTOM + LINE;
    for (_, y) in labels.iter_mut().rev() {
        *y = y.min(most);
        most = *y - LINE;
    }
    labels
}

/// A round time without digits behind the point.
fn unit(nanoseconds: f64) -> String {
    duration(nanoseconds).replace(".00", "").replace(".0", "")
}
