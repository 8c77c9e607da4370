//! What COS calls the operations of S3.

/// What COS calls an operation of S3; nothing where both call it alike.
pub(in crate::rules) fn here(theirs: &str) -> Option<&'static str> {
    Some(match theirs {
        "ListBucket" | "ListObjects" | "ListObjectsV2" => "GetBucket",
        "ListAllMyBuckets" | "ListBuckets" => "GetService",
        "ListBucketVersions" | "ListObjectVersions" => "GetBucketObjectVersions",
        "ListBucketMultipartUploads" => "ListMultipartUploads",
        "ListMultipartUploadParts" => "ListParts",
        "CreateBucket" => "PutBucket",
        "CreateMultipartUpload" => "InitiateMultipartUpload",
        "GetObjectVersion" => "GetObject",
        "DeleteObjectVersion" => "DeleteObject",
        "DeleteObjects" => "DeleteMultipleObjects",
        "RestoreObject" => "PostObjectRestore",
        "GetLifecycleConfiguration" => "GetBucketLifecycle",
        "PutLifecycleConfiguration" => "PutBucketLifecycle",
        "GetReplicationConfiguration" => "GetBucketReplication",
        "PutReplicationConfiguration" => "PutBucketReplication",
        "GetEncryptionConfiguration" => "GetBucketEncryption",
        "PutEncryptionConfiguration" => "PutBucketEncryption",
        _ => return None,
    })
}
