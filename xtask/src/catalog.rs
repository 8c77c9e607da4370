//! The catalogue of services and actions, written from the lists beside the project.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

/// Where the catalogue stands.
pub(crate) const FILE: &str = "crates/camlock-catalog/data/catalog.txt";

/// The lists, beside the root of the project.
const LISTS: &str = "../shared/catalog";

/// Regions with current names; facts that no list holds.
const REGIONS: &[&str] = &[
    "ap-bangkok",
    "ap-beijing",
    "ap-beijing-1",
    "ap-beijing-fsi",
    "ap-changsha-ec",
    "ap-chengdu",
    "ap-chongqing",
    "ap-fuzhou-ec",
    "ap-guangzhou",
    "ap-guangzhou-open",
    "ap-hangzhou-ec",
    "ap-hefei-ec",
    "ap-hongkong",
    "ap-jakarta",
    "ap-jinan-ec",
    "ap-mumbai",
    "ap-nanjing",
    "ap-qingyuan",
    "ap-qingyuan-xinan",
    "ap-seoul",
    "ap-shanghai",
    "ap-shanghai-adc",
    "ap-shanghai-fsi",
    "ap-shenyang-ec",
    "ap-shenzhen",
    "ap-shenzhen-fsi",
    "ap-shijiazhuang-ec",
    "ap-singapore",
    "ap-taipei",
    "ap-tianjin",
    "ap-tokyo",
    "ap-wuhan-ec",
    "ap-xian-ec",
    "ap-xibei-ec",
    "ap-zhengzhou-ec",
    "ap-zhongwei",
    "eu-frankfurt",
    "eu-moscow",
    "me-saudi-arabia",
    "na-ashburn",
    "na-siliconvalley",
    "na-toronto",
    "sa-saopaulo",
];

/// Services whose calls do not all stand in the list of the command-line tool, as documents show that
/// name others; besides those of which the list of documented actions shows it.
const INCOMPLETE: &[&str] = &[
    "ame",
    "billing",
    "cat",
    "ci",
    "ckafka",
    "cos",
    "dlc",
    "dts",
    "gme",
    "im",
    "iotexplorer",
    "iotvideo",
    "kms",
    "live",
    "organization",
    "sms",
    "soe",
    "tcb",
    "tcbr",
    "tcm",
    "tiw",
    "vod",
    "waf",
    "wss",
];

/// Services of which every action is known, whatever the lists.
const COMPLETE: &[&str] = &["cam", "sts"];

/// Services that documents name and no list has.
const MORE_SERVICES: &[&str] = &[
    "aa",
    "account",
    "bgpip",
    "cas",
    "cbm",
    "ccb",
    "ccr",
    "cdcs",
    "cosvector",
    "finance",
    "qcisa",
    "shield",
    "snova",
    "trade",
    "voucher",
];

/// Actions that pages of other services name, and no list has; the console calls them.
const MORE_ACTIONS: &[(&str, &str)] = &[
    ("cam", "DescribeServiceLinkedRole"),
    ("cam", "DescribeSubAccountContacts"),
    ("cam", "ListLoginRoles"),
    ("cam", "ListUserTags"),
];

#[derive(Default)]
struct Service {
    actions: BTreeMap<String, Action>,
    /// Whether the command-line tool has it.
    listed: bool,
    /// Whether documents name actions that the tool does not have.
    has_more: bool,
    granularity: Option<char>,
}

#[derive(Default)]
struct Action {
    level: Option<char>,
    granularity: Option<char>,
    forms: BTreeSet<Form>,
    keys: BTreeSet<String>,
}

/// Service, whether there is a region, whether the account is an APPID, last segment.
type Form = (String, bool, bool, String);

/// The text of the catalogue.
pub(crate) fn text(root: &Path) -> Result<String, String> {
    let list = |name: &str| -> Result<Value, String> {
        let path = root.join(LISTS).join(name);
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        serde_json::from_str(&text).map_err(|e| format!("{name}: {e}"))
    };
    let mut services: BTreeMap<String, Service> = BTreeMap::new();
    let date = api_actions(&list("api-actions.json")?, &mut services);
    service_catalog(&list("service-catalog.json")?, &mut services);
    products(&list("services.json")?, &mut services);
    for name in MORE_SERVICES {
        services.entry((*name).to_owned()).or_default();
    }
    for (service, action) in MORE_ACTIONS {
        let service = services.entry((*service).to_owned()).or_default();
        service.actions.entry((*action).to_owned()).or_default();
    }
    Ok(write(&date, &services))
}

/// Every action that the command-line tool has; answers the newest version of an interface in it.
fn api_actions(list: &Value, services: &mut BTreeMap<String, Service>) -> String {
    let mut date = String::new();
    for (name, product) in list.as_object().into_iter().flatten() {
        let service = services.entry(name.clone()).or_default();
        service.listed = true;
        for (version, actions) in product["versions"].as_object().into_iter().flatten() {
            date = date.max(version.clone());
            for action in strings(actions) {
                service.actions.entry(action.to_owned()).or_default();
            }
        }
    }
    date
}

/// What is documented about single actions.
fn service_catalog(list: &Value, services: &mut BTreeMap<String, Service>) {
    for row in list.as_array().into_iter().flatten() {
        let text = |name: &str| row[name].as_str().unwrap_or_default();
        let service = services.entry(text("service").to_owned()).or_default();
        service.has_more |= !service.actions.contains_key(text("action"));
        let action = service.actions.entry(text("action").to_owned()).or_default();
        // Calls of CAM are authorized by object since 2022-12-16; older lists say otherwise.
        let (granularity, forms) = match row["granularity_after_2022_12_16"].as_str() {
            Some(granularity) => (granularity, &row["resource_formats_derived"]),
            None => (text("granularity"), &row["resource_formats"]),
        };
        action.granularity = granularity_of(granularity).or(action.granularity);
        action.level = text("access_level").chars().next().filter(|c| "LRW".contains(*c));
        action.forms.extend(strings(forms).filter_map(form));
        action.keys.extend(strings(&row["condition_keys"]).map(ToOwned::to_owned));
    }
}

/// How fine each product is authorized.
fn products(list: &Value, services: &mut BTreeMap<String, Service>) {
    for row in list.as_array().into_iter().flatten() {
        let Some(name) = row["abbreviation"].as_str().filter(|name| !name.is_empty()) else {
            continue;
        };
        let service = services.entry(name.to_owned()).or_default();
        service.granularity = granularity_of(row["granularity"].as_str().unwrap_or_default());
    }
    // An older list calls CAM itself operation-level, which it is no more.
    if let Some(cam) = services.get_mut("cam") {
        cam.granularity = Some('r');
    }
}

fn granularity_of(word: &str) -> Option<char> {
    word.chars().next().filter(|_| ["resource", "operation", "service"].contains(&word))
}

/// A form of names, what is to be filled in written as `*`.
fn form(text: &str) -> Option<Form> {
    let segments: Vec<&str> = text.splitn(6, ':').collect();
    let [_, _, service, region, account, path] = segments.as_slice() else { return None };
    let path = filled(path);
    let bad = path.contains(|c: char| c.is_whitespace() || !c.is_ascii()) || path.is_empty();
    let named = !service.is_empty()
        && service.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    (named && !bad)
        .then(|| ((*service).to_owned(), !region.is_empty(), account.starts_with("uid/"), path))
}

/// `instance/$id`, `instance/${id}`, `instance/{the id}` and `instance/<id>` as `instance/*`.
fn filled(path: &str) -> String {
    let mut out = String::new();
    let mut chars = path.chars().peekable();
    while let Some(c) = chars.next() {
        let close = match c {
            '$' if chars.peek() == Some(&'{') => '}',
            '{' => '}',
            '<' => '>',
            '$' => {
                while chars.next_if(|c| c.is_ascii_alphanumeric() || *c == '_').is_some() {}
                star(&mut out);
                continue;
            }
            '*' => {
                star(&mut out);
                continue;
            }
            _ => {
                out.push(c);
                continue;
            }
        };
        for c in chars.by_ref() {
            if c == close {
                break;
            }
        }
        star(&mut out);
    }
    out.replace("examplebucket-1250000000", "*").replace("examplebucket-1250000001", "*")
}

fn star(out: &mut String) {
    if !out.ends_with('*') {
        out.push('*');
    }
}

fn write(date: &str, services: &BTreeMap<String, Service>) -> String {
    let actions = || services.values().flat_map(|service| service.actions.values());
    let forms: BTreeSet<&Form> = actions().flat_map(|action| &action.forms).collect();
    let forms: Vec<&Form> = forms.into_iter().collect();
    let mut keys: BTreeSet<&str> = camlock::policy::ConditionKey::well_known().collect();
    keys.extend(actions().flat_map(|action| &action.keys).map(String::as_str));
    let keys: Vec<&str> = keys.into_iter().collect();
    let mut out = String::from(
        "# Facts about services; generated by `cargo xtask catalog`. The form is described in src/read.rs.\n",
    );
    // Writing to a string cannot fail.
    _ = writeln!(out, "D {date}");
    for region in REGIONS {
        _ = writeln!(out, "R {region}");
    }
    for key in &keys {
        _ = writeln!(out, "K {key}");
    }
    for (service, region, app_id, path) in &forms {
        let (region, account) = (if *region { "r" } else { "" }, if *app_id { 'd' } else { 'i' });
        _ = writeln!(out, "F {service} {region}{account} {path}");
    }
    for (name, service) in services {
        let has_gaps = service.has_more || INCOMPLETE.contains(&name.as_str());
        let complete = COMPLETE.contains(&name.as_str()) || (service.listed && !has_gaps);
        let list = if complete { 'c' } else { 'i' };
        _ = writeln!(out, "S {name} {list} {}", service.granularity.unwrap_or('-'));
        for (name, action) in &service.actions {
            let level = action.level.unwrap_or_else(|| level_of(name));
            let granularity = action.granularity.unwrap_or('-');
            let own_forms = places(action.forms.iter().map(|form| forms.binary_search(&form)));
            let own_keys = places(action.keys.iter().map(|key| keys.binary_search(&key.as_str())));
            _ = writeln!(out, "A {name} {level}{granularity} {own_forms} {own_keys}");
        }
    }
    out
}

/// What an action does, from the verb that its name begins with.
fn level_of(name: &str) -> char {
    const LIST: &[&str] = &["List", "list"];
    const READ: &[&str] = &[
        "Describe",
        "Get",
        "Query",
        "Check",
        "Inquire",
        "Inquiry",
        "Search",
        "Head",
        "Pull",
        "Download",
        "Preview",
        "Detect",
        "Recognize",
        "Verify",
        "Count",
        "Estimate",
        "Fetch",
        "View",
        "Show",
        "Validate",
        "Is",
        "Has",
        "get",
        "query",
        "describe",
        "search",
    ];
    let begins = |verbs: &[&str]| verbs.iter().any(|verb| name.starts_with(verb));
    if begins(LIST) {
        'L'
    } else if begins(READ) {
        'R'
    } else {
        'W'
    }
}

fn places(places: impl Iterator<Item = Result<usize, usize>>) -> String {
    let places: Vec<String> = places.flatten().map(|place| place.to_string()).collect();
    if places.is_empty() { "-".to_owned() } else { places.join(",") }
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
