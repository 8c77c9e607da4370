//! Policies as people write them, for the linter: some right, some with mistakes, all from one seed.

use std::fmt::Write as _;

use crate::random::Random;

/// `count` documents of about `bytes` bytes each; the same numbers give the same documents.
pub fn documents(count: usize, bytes: usize) -> Vec<String> {
    let mut random = Random::new(7);
    (0..count).map(|_| document(bytes, &mut random)).collect()
}

fn document(bytes: usize, random: &mut Random) -> String {
    let mut text = String::from("{\n  \"version\": \"2.0\",\n  \"statement\": [");
    let mut first = true;
    while first || text.len() + 300 < bytes {
        text.push_str(if first { "\n" } else { ",\n" });
        statement(&mut text, random);
        first = false;
    }
    text.push_str("\n  ]\n}\n");
    text
}

const ACTIONS: [(&str, &[&str]); 4] = [
    ("cos", &["GetObject", "PutObject", "HeadObject", "Get*", "GetBucket*", "getobject", "*"]),
    ("cvm", &["DescribeInstances", "Describe*", "StartInstances", "StopInstances", "Inquiry*"]),
    ("vpc", &["DescribeVpcs", "Describe*", "DescribeVpcEx", "CreateVpc"]),
    ("cam", &["GetUser", "ListUsers", "PassRole", "Get*", "DescribeRoleList"]),
];

const CONDITIONS: [&str; 5] = [
    "\"ip_equal\": {\"qcs:ip\": [\"10.0.0.0/8\", \"10.1.2.3/24\"]}",
    "\"for_any_value:string_equal\": {\"qcs:resource_tag\": [\"env&prod\", \"team&game\"]}",
    "\"date_less_than\": {\"qcs:current_time\": \"2027-01-01T00:00:00Z\"}",
    "\"string_like_if_exist\": {\"cos:prefix\": \"logs%2F*\"}",
    "\"numeric_less_than\": {\"cos:content-length\": 1048576}",
];

fn statement(text: &mut String, random: &mut Random) {
    let effect = if random.chance(85) { "allow" } else { "deny" };
    let (service, operations) = random.copy(&ACTIONS);
    let actions = list(1 + random.below(7), |_| {
        let prefix = if random.chance(40) { "name/" } else { "" };
        format!("{prefix}{service}:{}", random.pick(operations))
    });
    let resources = if random.chance(30) {
        "\"*\"".to_owned()
    } else {
        list(1 + random.below(4), |_| resource(service, random))
    };
    // Writing to a string cannot fail.
    _ = write!(
        text,
        "    {{\n      \"effect\": \"{effect}\",\n      \"action\": {actions},\n      \"resource\": {resources}"
    );
    if random.chance(25) {
        _ = write!(text, ",\n      \"condition\": {{{}}}", random.pick(&CONDITIONS));
    }
    text.push_str("\n    }");
}

fn resource(service: &str, random: &mut Random) -> String {
    let region = random.copy(&["", "ap-guangzhou", "gz", "ap-shanghai", "*"]);
    let number = random.below(20);
    if service == "cos" {
        format!("qcs::cos:{region}:uid/1250000000:data{number}-1250000000/logs/*")
    } else {
        format!("qcs::{service}:{region}:uin/100000000001:instance/ins-{number:04}")
    }
}

fn list(count: usize, mut one: impl FnMut(usize) -> String) -> String {
    let all: Vec<String> = (0..count).map(|at| format!("\n        \"{}\"", one(at))).collect();
    format!("[{}\n      ]", all.join(","))
}
