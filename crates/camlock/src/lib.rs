//! The policy engine for Tencent Cloud CAM: parse, compile, decide, explain.
