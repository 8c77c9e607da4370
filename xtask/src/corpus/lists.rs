//! The lists beside the documents: where each is from, what is wrong with it, what CAM would answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use camlock_policy::PolicyKind;
use serde_json::Value;

use super::classes::CLASSES;

/// Owners of repositories that are the vendor's own.
pub(super) const OFFICIAL: [&str; 6] = [
    "tencentyun",
    "TencentCloud",
    "tencentcloudstack",
    "TencentCloudBase",
    "terraform-tencentcloud-modules",
    "serverless-tencent",
];

/// The documents at hand, and which of them show which mistakes.
pub(super) struct Lists {
    /// In the order of numbers.
    pub(super) documents: Vec<Document>,
    /// By class: the numbers of documents, each with the words that are wrong; one empty word where
    /// none are given.
    mistakes: BTreeMap<&'static str, BTreeMap<String, BTreeSet<String>>>,
}

/// A document, as the lists have it.
pub(super) struct Document {
    pub(super) file: String,
    pub(super) kind: PolicyKind,
    /// `ok`, or the code that CAM answers.
    pub(super) outcome: String,
    owner: String,
    is_verbatim: bool,
    is_template: bool,
    has_mistakes: bool,
    /// In how many files it was seen.
    seen: u64,
}

impl Document {
    /// The number that everybody calls it by.
    pub(super) fn number(&self) -> &str {
        self.file.split('.').next().unwrap_or_default()
    }

    fn is_clean(&self) -> bool {
        OFFICIAL.contains(&self.owner.as_str())
            && self.is_verbatim
            && !self.is_template
            && !self.has_mistakes
            && self.outcome == "ok"
    }
}

impl Lists {
    pub(super) fn read(corpus: &Path) -> Result<Self, String> {
        let index = json(&corpus.join("index.json"))?;
        let expected = json(&corpus.join("expected.json"))?;
        let stats = read(&corpus.join("stats.md"))?;
        let mut lists = Self { documents: Vec::new(), mistakes: BTreeMap::new() };
        for row in index.as_array().into_iter().flatten() {
            let document = document(row, &expected)?;
            for mistake in texts(row, "mistakes") {
                lists.note(&mistake, document.number());
            }
            lists.documents.push(document);
        }
        lists.documents.sort_by(|a, b| a.file.cmp(&b.file));
        lists.note_stats(&stats);
        Ok(lists)
    }

    /// The documents that show a mistake, and the words that are wrong.
    pub(super) fn of_class(&self, key: &str) -> impl Iterator<Item = (&str, &BTreeSet<String>)> {
        let all = self.mistakes.get(key).into_iter().flatten();
        all.map(|(number, details)| (number.as_str(), details))
    }

    /// The clean official documents, those first that were seen in most places.
    pub(super) fn clean(&self) -> Vec<&Document> {
        let mut clean: Vec<&Document> =
            self.documents.iter().filter(|document| document.is_clean()).collect();
        clean.sort_by(|a, b| b.seen.cmp(&a.seen).then(a.file.cmp(&b.file)));
        clean
    }

    /// `class: words`, as the index has it.
    fn note(&mut self, mistake: &str, number: &str) {
        let Some(class) = CLASSES.iter().find(|class| mistake.starts_with(class.key)) else {
            return;
        };
        let rest = mistake.get(class.key.len()..).unwrap_or_default();
        let detail = rest.split_once(": ").map_or("", |(_, detail)| detail);
        self.add(class.key, number, detail);
    }

    /// The end of the statistics: a heading a class, then `NUMBER words` between semicolons.
    fn note_stats(&mut self, stats: &str) {
        let mut key = None;
        for line in stats.lines() {
            if let Some(heading) = line.strip_prefix("**") {
                let class = CLASSES.iter().find(|class| heading.starts_with(class.key));
                key = class.filter(|_| heading.contains("** — ")).map(|class| class.key);
                continue;
            }
            let Some(key) = key.filter(|_| !line.is_empty()) else { continue };
            for item in line.split("; ") {
                let (number, words) = item.split_once(' ').unwrap_or((item, ""));
                let is_number = number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit());
                let detail = words.trim_end_matches(" …").trim_matches('`');
                if is_number && self.documents.iter().any(|own| own.number() == number) {
                    self.add(key, number, detail);
                }
            }
        }
    }

    fn add(&mut self, key: &'static str, number: &str, detail: &str) {
        let documents = self.mistakes.entry(key).or_default();
        let details = documents.entry(number.to_owned()).or_default();
        // Words of the longer list replace those that were cut, and words replace none.
        let shorter = |own: &String| own.starts_with(detail) && own.len() > detail.len();
        if details.iter().any(shorter) {
            return;
        }
        details.retain(|own| !detail.starts_with(own.as_str()));
        details.insert(detail.to_owned());
    }
}

fn document(row: &Value, expected: &Value) -> Result<Document, String> {
    let file = text(row, "file");
    let missing = |what: &str| format!("{file}: no {what} in the lists");
    let own = expected.get(&file).ok_or_else(|| missing("expectation"))?;
    let kind = PolicyKind::parse(&text(own, "kind")).ok_or_else(|| missing("kind"))?;
    let source = text(row, "source_repo_or_url");
    let owner = source.strip_prefix("github:").and_then(|rest| rest.split('/').next());
    Ok(Document {
        kind,
        outcome: text(own, "outcome"),
        owner: owner.unwrap_or_default().to_owned(),
        is_verbatim: text(row, "fidelity") == "verbatim",
        is_template: texts(row, "features").any(|feature| feature == "placeholder"),
        has_mistakes: texts(row, "mistakes").next().is_some(),
        seen: row.get("seen_in").and_then(Value::as_u64).unwrap_or_default(),
        file,
    })
}

fn text(row: &Value, name: &str) -> String {
    row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts<'r>(row: &'r Value, name: &str) -> impl Iterator<Item = String> + use<'r> {
    let list = row.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(ToOwned::to_owned)
}

fn json(path: &Path) -> Result<Value, String> {
    serde_json::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
