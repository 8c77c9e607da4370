//! The codes of the front end: faults of the text, and of what it means as a policy.
//!
//! A code and its name are permanent; a retired one keeps its row.

use camlock_policy::NameFault;
use camlock_source::Code;

/// A code with its name and meaning, for tables and pages.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a row of a table")]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// The name, in kebab case.
    pub name: &'static str,
    /// What it says, in one line.
    pub summary: &'static str,
}

macro_rules! codes {
    ($vis:vis $table:ident: $($constant:ident $code:literal $name:literal $summary:literal;)*) => {
        $(
            #[doc = $summary]
            $vis const $constant: Code = Code::new($code);
        )*

        /// Every code of one stage, in order.
        pub const $table: &[CodeInfo] = &[
            $(CodeInfo { code: $constant, name: $name, summary: $summary },)*
        ];
    };
}

codes! { pub FILES:
    MALFORMED_TERRAFORM "CAM1004" "malformed-terraform" "a file is not the Terraform that its name says";
    MALFORMED_YAML "CAM1005" "malformed-yaml" "a file is not the YAML that its name says";
}

codes! { pub(crate) TEXT:
    EMPTY_TEXT "CAM1010" "empty-text" "there is nothing in the text";
    TEXT_TOO_LONG "CAM1011" "text-too-long" "the text is longer than the limit";
    TOO_MANY_FAULTS "CAM1012" "too-many-faults" "more faults than are reported";
    NESTED_TOO_DEEP "CAM1013" "nested-too-deep" "objects and lists are nested too deep";
    TOO_MANY_MEMBERS "CAM1014" "too-many-members" "an object or list has too many members";
    DUPLICATE_NAME "CAM1015" "duplicate-name" "a name stands twice in one object";
    TRAILING_COMMA "CAM1016" "trailing-comma" "a comma before a closing bracket";
    MISSING_COMMA "CAM1017" "missing-comma" "a comma is missing between two members";
    MISSING_COLON "CAM1018" "missing-colon" "a colon is missing behind a name";
    MISSING_VALUE "CAM1019" "missing-value" "a value is missing";
    VALUE_WITHOUT_NAME "CAM1020" "value-without-name" "a value without a name in an object";
    COMMENT "CAM1021" "comment" "a comment";
    FOREIGN_QUOTES "CAM1022" "foreign-quotes" "curly, full-width or single quotes";
    FOREIGN_COLON "CAM1023" "full-width-colon" "a full-width colon";
    FOREIGN_COMMA "CAM1024" "foreign-comma" "a full-width or ideographic comma, or a semicolon";
    FOREIGN_BRACKET "CAM1025" "full-width-bracket" "a full-width bracket";
    FOREIGN_BLANK "CAM1026" "foreign-blank" "a no-break space or another blank that JSON does not have";
    BYTE_ORDER_MARK "CAM1027" "byte-order-mark" "a byte order mark";
    UNTERMINATED_STRING "CAM1028" "unterminated-string" "a string is not closed on its line";
    CONTROL_CHARACTER "CAM1029" "control-character" "a control character in a string";
    BAD_ESCAPE "CAM1030" "bad-escape" "an escape that JSON does not have";
    LONE_SURROGATE "CAM1031" "lone-surrogate" "half of a surrogate pair";
    BARE_WORD "CAM1032" "bare-word" "a word that is not in quotes, or a number that JSON does not have";
    BARE_NAME "CAM1033" "bare-name" "a member name that is not in quotes";
    PLACEHOLDER "CAM1034" "placeholder" "text to be filled in, outside of a string";
    UNBALANCED "CAM1035" "unbalanced-bracket" "a bracket is missing or one too many";
    TRAILING_DATA "CAM1036" "trailing-data" "more text behind the end of the document";
    UNEXPECTED_TOKEN "CAM1037" "unexpected-token" "something that has no meaning where it stands";
}

codes! { pub(crate) LOWERING:
    DOCUMENT_NOT_OBJECT "CAM2001" "document-not-object" "the document is not an object";
    DOCUMENT_TOO_LONG "CAM2002" "document-too-long" "the document is longer than its kind allows";
    UNKNOWN_ELEMENT "CAM2003" "unknown-element" "an element that the language does not have";
    NEGATED_ELEMENT "CAM2004" "negated-element" "`notaction`, `notresource` or `notprincipal`, which do not exist";
    ELEMENT_TWICE "CAM2005" "element-in-two-spellings" "one element in two spellings";
    CAPITAL_ELEMENT "CAM2006" "capital-element" "an element with a capital first letter";
    BAD_VERSION "CAM2007" "bad-version" "`version` is not the string \"2.0\"";
    MISSING_VERSION "CAM2008" "missing-version" "`version` is missing";
    BAD_STATEMENT "CAM2009" "bad-statement" "`statement` is not an object or a non-empty list of objects";
    MISSING_STATEMENT "CAM2010" "missing-statement" "`statement` is missing";
    BAD_EFFECT "CAM2011" "bad-effect" "`effect` is neither `allow` nor `deny`";
    MISSING_EFFECT "CAM2012" "missing-effect" "`effect` is missing";
    BAD_ACTION "CAM2013" "bad-action" "`action` is not a string or a list of strings";
    MISSING_ACTION "CAM2014" "missing-action" "`action` is missing or empty";
    BAD_RESOURCE "CAM2015" "bad-resource" "`resource` is not a string or a non-empty list of strings";
    MISSING_RESOURCE "CAM2016" "missing-resource" "`resource` is missing";
    RESOURCE_IN_TRUST "CAM2017" "resource-in-trust-policy" "`resource` in a trust policy";
    BAD_PRINCIPAL "CAM2018" "bad-principal" "`principal` has the wrong shape";
    MISSING_PRINCIPAL "CAM2019" "missing-principal" "`principal` is missing";
    FORBIDDEN_PRINCIPAL "CAM2020" "forbidden-principal" "`principal` in a kind of policy that names nobody";
    PRINCIPAL_TWICE "CAM2021" "principal-at-both-levels" "`principal` in the document and in a statement";
    BAD_CONDITION "CAM2022" "bad-condition" "`condition` has the wrong shape";
    EMPTY_CONDITION "CAM2023" "empty-condition" "an operator without keys or a key without values";
    LIMIT_EXCEEDED "CAM2024" "policy-limit" "a parser limit is exceeded";
    EVERYONE_DENIED "CAM2025" "everyone-deny" "a deny for everyone stops unsigned requests only";
    ACTION_EMPTY "CAM2101" "empty-action" "an action is empty";
    ACTION_WITHOUT_COLON "CAM2102" "action-without-service" "an action names no service";
    ACTION_WITH_DOT "CAM2103" "action-with-dot" "service and operation of an action are separated by a dot";
    ACTION_FULL_WIDTH_COLON "CAM2104" "action-with-full-width-colon" "an action has a full-width colon";
    ACTION_EXTRA_COLON "CAM2105" "action-with-extra-colon" "an action has more than one colon";
    ACTION_BLANK "CAM2106" "action-with-blank" "an action contains a blank";
    ACTION_PART_EMPTY "CAM2107" "action-with-empty-part" "the service or the operation of an action is empty";
    ACTION_SERVICE_CHARACTER "CAM2108" "bad-service-character" "a character that service names do not have";
    ACTION_OPERATION_CHARACTER "CAM2109" "bad-operation-character" "a character that operation names do not have";
    ACTION_SERVICE_WILDCARD "CAM2110" "wildcard-service" "a wildcard in part of the service, or with a concrete operation";
    ACTION_PERMID "CAM2111" "numbered-action-set" "a legacy numbered action set";
    ACTION_NOT_CONCRETE "CAM2112" "wildcard-in-request-action" "a request names an action with a wildcard";
    RESOURCE_SEGMENTS "CAM2113" "not-six-segments" "a resource is not a six-segment name";
    RESOURCE_NOT_QCS "CAM2114" "first-segment-not-qcs" "the first segment of a resource is not `qcs`";
    RESOURCE_ARN "CAM2115" "foreign-resource-name" "a resource name of another cloud";
    RESOURCE_PROJECT "CAM2116" "concrete-project" "a project segment that restricts nothing";
    RESOURCE_SERVICE "CAM2117" "bad-service-segment" "a malformed service segment";
    RESOURCE_REGION "CAM2118" "bad-region-segment" "a malformed region segment";
    RESOURCE_REGION_WILDCARD "CAM2119" "partial-region-wildcard" "a wildcard in part of a region";
    RESOURCE_ACCOUNT "CAM2120" "bad-account-segment" "a malformed account segment";
    RESOURCE_ACCOUNT_PREFIX "CAM2121" "account-without-prefix" "an account id without `uin/` or `uid/`";
    RESOURCE_VARIABLE_PLACE "CAM2122" "misplaced-variable" "a variable outside the last segment";
    RESOURCE_PLACEHOLDER "CAM2123" "placeholder-in-resource" "a fill-in mark was left in a resource";
    RESOURCE_COS_VARIABLE "CAM2124" "variable-in-cos-path" "a variable in the path of a COS resource";
    RESOURCE_VARIABLE "CAM2125" "unknown-variable-in-resource" "an unknown variable in a resource";
    RESOURCE_VARIABLE_OPEN "CAM2126" "unclosed-variable-in-resource" "a variable that nothing closes in a resource";
    PRINCIPAL_EMPTY "CAM2127" "empty-principal" "a principal is empty";
    PRINCIPAL_STAR "CAM2128" "star-as-identity" "`*` where a named identity belongs";
    PRINCIPAL_WILDCARD "CAM2129" "wildcard-in-principal" "a wildcard in a principal";
    PRINCIPAL_FORM "CAM2130" "bad-principal-form" "not a form of principal";
    PRINCIPAL_PLACEHOLDER "CAM2131" "placeholder-in-principal" "a fill-in mark was left in a principal";
    PRINCIPAL_DIGITS "CAM2132" "bad-principal-id" "an id of a principal is not decimal digits";
    PRINCIPAL_SERVICE "CAM2133" "bad-service-principal" "a malformed service principal";
    PRINCIPAL_PROVIDER "CAM2134" "bad-identity-provider" "a malformed identity provider";
    OPERATOR_UNKNOWN "CAM2135" "unknown-condition-operator" "a condition operator that does not exist";
    OPERATOR_FOREIGN "CAM2136" "foreign-condition-operator" "a condition operator of another cloud";
    OPERATOR_SUFFIX "CAM2137" "bad-operator-suffix" "the suffix of an operator is not `_if_exist`";
    OPERATOR_NULL "CAM2138" "decorated-null-operator" "`null_equal` with a qualifier or suffix";
    KEY_EMPTY "CAM2139" "empty-condition-key" "a condition key is empty";
    KEY_BLANK "CAM2140" "condition-key-with-blank" "a condition key contains a blank";
    KEY_VARIABLE "CAM2141" "variable-in-condition-key" "a condition key contains a variable";
    KEY_CASE "CAM2142" "miscased-condition-key" "a well-known condition key in the wrong letter case";
    KEY_TAG_EMPTY "CAM2143" "empty-tag-key" "a per-key condition key names no tag";
    KEY_OPERATOR "CAM2144" "operator-does-not-fit-key" "a well-known condition key does not take the operator";
    KEY_TOO_MANY_VALUES "CAM2145" "too-many-condition-values" "more values than a condition key takes";
    VALUE_TYPE "CAM2146" "condition-value-of-wrong-type" "a condition value of the wrong type";
    VALUE_NUMBER "CAM2147" "bad-number" "a condition value is not a number";
    VALUE_INTEGER "CAM2148" "fraction-under-string-operator" "a fraction or exponent under a string operator";
    VALUE_TIME "CAM2149" "bad-time" "a condition value is not a time in UTC";
    VALUE_BOOL "CAM2150" "bad-boolean" "a condition value is neither `true` nor `false`";
    VALUE_ADDRESS "CAM2151" "bad-address" "a condition value is not an address or range";
    VALUE_INNER_STAR "CAM2152" "inner-wildcard" "a wildcard inside `string_like` text";
    VALUE_VARIABLE "CAM2153" "unknown-variable-in-condition" "an unknown variable in a condition";
    VALUE_VARIABLE_OPEN "CAM2154" "unclosed-variable-in-condition" "a variable that nothing closes in a condition";
    VALUE_TAG_VARIABLE "CAM2155" "tag-variable-outside-string-operator" "a tag variable where no string operator is";
    VALUE_TAG_FORM "CAM2156" "tag-without-ampersand" "a tag value without `&`";
}

/// The code of a malformed string.
pub(crate) fn of_fault(fault: NameFault) -> Code {
    match fault {
        NameFault::ActionEmpty => ACTION_EMPTY,
        NameFault::ActionWithoutColon => ACTION_WITHOUT_COLON,
        NameFault::ActionWithDot => ACTION_WITH_DOT,
        NameFault::ActionFullWidthColon => ACTION_FULL_WIDTH_COLON,
        NameFault::ActionExtraColon => ACTION_EXTRA_COLON,
        NameFault::ActionBlank => ACTION_BLANK,
        NameFault::ActionPartEmpty => ACTION_PART_EMPTY,
        NameFault::ActionServiceCharacter => ACTION_SERVICE_CHARACTER,
        NameFault::ActionOperationCharacter => ACTION_OPERATION_CHARACTER,
        NameFault::ActionServiceWildcard => ACTION_SERVICE_WILDCARD,
        NameFault::ActionPermid => ACTION_PERMID,
        NameFault::ActionNotConcrete => ACTION_NOT_CONCRETE,
        NameFault::ResourceSegments => RESOURCE_SEGMENTS,
        NameFault::ResourceNotQcs => RESOURCE_NOT_QCS,
        NameFault::ResourceArn => RESOURCE_ARN,
        NameFault::ResourceProject => RESOURCE_PROJECT,
        NameFault::ResourceService => RESOURCE_SERVICE,
        NameFault::ResourceRegion => RESOURCE_REGION,
        NameFault::ResourceRegionWildcard => RESOURCE_REGION_WILDCARD,
        NameFault::ResourceAccount => RESOURCE_ACCOUNT,
        NameFault::ResourceAccountPrefix => RESOURCE_ACCOUNT_PREFIX,
        NameFault::ResourceVariablePlace(_) => RESOURCE_VARIABLE_PLACE,
        NameFault::ResourcePlaceholder(_) => RESOURCE_PLACEHOLDER,
        NameFault::ResourceCosVariable => RESOURCE_COS_VARIABLE,
        NameFault::ResourceVariable => RESOURCE_VARIABLE,
        NameFault::ResourceVariableOpen => RESOURCE_VARIABLE_OPEN,
        NameFault::PrincipalEmpty => PRINCIPAL_EMPTY,
        NameFault::PrincipalStar => PRINCIPAL_STAR,
        NameFault::PrincipalWildcard => PRINCIPAL_WILDCARD,
        NameFault::PrincipalForm => PRINCIPAL_FORM,
        NameFault::PrincipalPlaceholder => PRINCIPAL_PLACEHOLDER,
        NameFault::PrincipalDigits => PRINCIPAL_DIGITS,
        NameFault::PrincipalService => PRINCIPAL_SERVICE,
        NameFault::PrincipalProvider => PRINCIPAL_PROVIDER,
        NameFault::OperatorUnknown => OPERATOR_UNKNOWN,
        NameFault::OperatorForeign => OPERATOR_FOREIGN,
        NameFault::OperatorSuffix => OPERATOR_SUFFIX,
        NameFault::OperatorNull => OPERATOR_NULL,
        NameFault::KeyEmpty => KEY_EMPTY,
        NameFault::KeyBlank => KEY_BLANK,
        NameFault::KeyVariable => KEY_VARIABLE,
        NameFault::KeyCase => KEY_CASE,
        NameFault::KeyTagEmpty => KEY_TAG_EMPTY,
        NameFault::KeyOperator => KEY_OPERATOR,
        NameFault::KeyTooManyValues => KEY_TOO_MANY_VALUES,
        NameFault::ValueType => VALUE_TYPE,
        NameFault::ValueNumber => VALUE_NUMBER,
        NameFault::ValueInteger => VALUE_INTEGER,
        NameFault::ValueTime => VALUE_TIME,
        NameFault::ValueBool => VALUE_BOOL,
        NameFault::ValueAddress => VALUE_ADDRESS,
        NameFault::ValueInnerStar => VALUE_INNER_STAR,
        NameFault::ValueVariable => VALUE_VARIABLE,
        NameFault::ValueVariableOpen => VALUE_VARIABLE_OPEN,
        NameFault::ValueTagVariable => VALUE_TAG_VARIABLE,
        NameFault::ValueTagForm => VALUE_TAG_FORM,
        // A fault that this table does not know yet still has to carry a code.
        _ => BAD_STATEMENT,
    }
}
