//! The rules of the group "correctness"; one line a rule, in the order of codes.

rule_list! {
    cos_account_by_uin: CosAccountByUin,
    cos_account_differs_from_bucket: CosAccountDiffersFromBucket,
    host_bits_in_range: HostBitsInRange,
}

/// The APPID at the end of the name of a bucket, in the path of a COS resource.
fn bucket_app_id(path: &str) -> Option<&str> {
    let bucket = path.split('/').next()?;
    let (name, app_id) = bucket.rsplit_once('-')?;
    // Ids of this platform have nine or ten digits; a shorter run is part of a name.
    let is_id = matches!(app_id.len(), 9..=10) && app_id.bytes().all(|b| b.is_ascii_digit());
    (is_id && !name.is_empty()).then_some(app_id)
}
