//! What several rules ask about texts, and edits that several rules make.

use camlock_catalog::Catalog;
use camlock_policy::{
    BaseOperator, Comparison, Condition, ConditionKey, Operator, PrincipalPattern, Region,
    ResourcePattern,
};
use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};

/// Whether CAM accepts a text as a resource.
pub(in crate::rules) fn is_resource(text: &str) -> bool {
    ResourcePattern::parse(text).is_ok()
}

/// Whether CAM accepts a text under a member of `principal`.
pub(in crate::rules) fn is_principal(member: &str, text: &str) -> bool {
    match member {
        "qcs" => PrincipalPattern::parse_qcs(text).is_ok(),
        "service" => PrincipalPattern::parse_service(text).is_ok(),
        "federated" => PrincipalPattern::parse_federated(text).is_ok(),
        _ => false,
    }
}

/// Whether a text is the name of a region, current or legacy [RES-7].
pub(in crate::rules) fn is_region(catalog: &Catalog, text: &str) -> bool {
    catalog.is_region(Region::new(text).canonical())
}

/// Whether a text is one or more decimal digits.
pub(in crate::rules) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text was to be replaced before use: `<AppId>`, `[UIN]`, `$region`, `100xxx`, `***`.
pub(in crate::rules) fn is_mark(text: &str) -> bool {
    text.contains(['<', '>', '[', ']', '{', '}', '$'])
        || text.contains("xxx")
        || text.contains("***")
        || !text.is_ascii()
}

/// A text without its blanks.
pub(in crate::rules) fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text has a blank in it; in names none belongs.
pub(in crate::rules) fn has_blank(text: &str) -> bool {
    // Most texts are of letters and signs that are a byte each.
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    !is_plain && text.contains(char::is_whitespace)
}

/// Whether the condition is the first one of its operator, for what is said about an operator once.
pub(in crate::rules) fn is_first_of_operator(condition: &ConditionElement<'_>) -> bool {
    condition.index == 0
}

/// The operator that compares alike, of the types that a key takes [CND-25]; the same one where the key
/// takes it.
pub(in crate::rules) fn operator_for(operator: Operator, key: &ConditionKey) -> Option<String> {
    if Condition::check_key(operator, key, 1).is_ok() {
        return Some(operator.to_string());
    }
    let own = operator.base();
    let is_equal = matches!(own.comparison(), Comparison::EqualIgnoreCase | Comparison::Like);
    let wanted = if is_equal { Comparison::Equal } else { own.comparison() };
    let fits = |base: &&BaseOperator| {
        let comparison = base.comparison() == wanted && base.is_negated() == own.is_negated();
        comparison && Condition::check_key(Operator::new(**base), key, 1).is_ok()
    };
    let base = BaseOperator::ALL.iter().find(fits)?;
    let suffix = if operator.if_exist() { "_if_exist" } else { "" };
    let own = operator.to_string();
    let qualifier = own.split_once(':').map_or("", |(qualifier, _)| qualifier);
    let whole = format!("{qualifier}:{}{suffix}", base.name());
    let is_one = !qualifier.is_empty() && Operator::parse(&whole).is_ok();
    Some(if is_one { whole } else { format!("{}{suffix}", base.name()) })
}

/// The service here that is the relative of one of another cloud.
pub(in crate::rules) fn service_here(theirs: &str) -> Option<&'static str> {
    Some(match theirs {
        "s3" | "oss" | "obs" | "gcs" => "cos",
        "ec2" | "ecs" | "compute" => "cvm",
        "iam" | "ram" => "cam",
        "lambda" | "fc" => "scf",
        "rds" => "cdb",
        "elasticloadbalancing" | "elb" | "slb" => "clb",
        "eks" | "cs" => "tke",
        "ecr" | "cr" => "tcr",
        "cloudfront" => "cdn",
        "cloudtrail" | "actiontrail" => "cloudaudit",
        "secretsmanager" => "ssm",
        "elasticache" => "redis",
        "cloudwatch" | "cms" => "monitor",
        "logs" | "log" => "cls",
        "organizations" | "resourcemanager" => "organization",
        "elasticmapreduce" => "emr",
        "opensearch" | "aoss" => "es",
        "elasticfilesystem" | "nas" => "cfs",
        "wafv2" => "waf",
        "acm" => "ssl",
        "route53" | "alidns" => "dnspod",
        "kafka" | "alikafka" => "ckafka",
        "directconnect" => "dc",
        _ => return None,
    })
}

/// Whether a service is one of another cloud. Names that this cloud has too are for the caller to tell.
pub(in crate::rules) fn is_foreign_service(name: &str) -> bool {
    service_here(name).is_some() || WITHOUT_RELATIVE.contains(&name)
}

/// Services of other clouds whose work is done by none here, or by several.
const WITHOUT_RELATIVE: [&str; 61] = [
    "access-analyzer",
    "appconfig",
    "application-autoscaling",
    "apprunner",
    "appsync",
    "athena",
    "aws-marketplace",
    "aws-portal",
    "backup",
    "bedrock",
    "budgets",
    "ce",
    "chatbot",
    "cloudformation",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "cur",
    "detective",
    "dynamodb",
    "ec2messages",
    "elasticbeanstalk",
    "events",
    "execute-api",
    "firehose",
    "globalaccelerator",
    "glue",
    "guardduty",
    "health",
    "identitystore",
    "imagebuilder",
    "inspector",
    "inspector2",
    "kinesis",
    "lakeformation",
    "macie2",
    "mediaconvert",
    "network-firewall",
    "pricing",
    "quicksight",
    "rds-data",
    "rds-db",
    "redshift",
    "resource-groups",
    "route53domains",
    "route53resolver",
    "sagemaker",
    "scheduler",
    "securityhub",
    "servicecatalog",
    "sns",
    "sqs",
    "ssmmessages",
    "sso",
    "states",
    "support",
    "xray",
];

/// The grade of a repair that decides the same in a policy. Elsewhere the engine cannot be asked, and what
/// cannot be read is compared as it is written.
pub(in crate::rules) fn safe_in_policies(cx: &Context<'_>) -> Grade {
    if cx.policy().is_some() { Grade::Safe } else { Grade::Suggestion }
}

/// What a statement does whose condition never holds.
pub(in crate::rules) fn without_effect(statement: &StatementElement<'_>) -> &'static str {
    if statement.is_deny() { "the deny stops nothing" } else { "the allow grants nothing" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_what_people_leave_to_be_filled_in() {
        for mark in ["<AppId>", "[UIN]", "$region", "${x}", "100xxx1", "10****9", "账号"] {
            assert!(is_mark(mark), "{mark}");
        }
        assert!(!is_mark("uin/100000000001") && !is_mark("*"));
    }

    #[test]
    fn regions_have_current_and_legacy_names() {
        let catalog = Catalog::builtin();
        assert!(is_region(catalog, "gz") && is_region(catalog, "ap-guangzhou"));
        assert!(!is_region(catalog, "shanghai") && !is_region(catalog, ""));
    }
}
