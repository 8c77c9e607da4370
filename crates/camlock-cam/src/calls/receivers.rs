//! Message receivers, who have neither keys nor policies.

use serde_json::{Value, json};

use super::common::{done, reply};
use super::{Handler, Reply, users};
use crate::ApiError;
use crate::change::Change;
use crate::context::Context;
use crate::model::Receiver;
use crate::paging::Page;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreateMessageReceiver" => Handler::Write(create),
        "DeleteMessageReceiver" => Handler::Write(delete),
        "ListReceiver" => Handler::Read(list),
        _ => return None,
    })
}

fn create(context: &Context<'_>, change: &mut Change) -> Reply {
    let params = context.params;
    let name = params.needed_text("Name")?;
    if name.is_empty() {
        return Err(ApiError::new("InvalidParameter", "`Name` is empty."));
    }
    if users::is_taken(context, name) {
        return Err(ApiError::invalid("SubUserNameInUse", "The name is in use."));
    }
    if context.state.receivers.len() >= context.quotas().users {
        let message = "There is no room for another message receiver.";
        return Err(ApiError::invalid("ReceiverOverLimit", message));
    }
    let uid = users::next_uid(change);
    change.put(Receiver {
        uid,
        name: name.to_owned(),
        remark: params.text("Remark").unwrap_or_default().to_owned(),
        phone_number: params.needed_text("PhoneNumber")?.to_owned(),
        country_code: params.needed_text("CountryCode")?.to_owned(),
        email: params.needed_text("Email")?.to_owned(),
        created: context.now,
        ..Receiver::default()
    })?;
    done()
}

fn delete(context: &Context<'_>, change: &mut Change) -> Reply {
    let name = context.params.needed_text("Name")?;
    let found = context.state.receivers.values().find(|own| own.name == name);
    let missing = || ApiError::not_found("UserNotExists", "The message receiver does not exist.");
    let uid = found.ok_or_else(missing)?.uid;
    change.remove::<Receiver>(&uid);
    done()
}

fn list(context: &Context<'_>) -> Reply {
    let all = context.state.receivers.values().map(|own| {
        json!({
            "Uid": own.uid,
            "Name": own.name,
            "Remark": own.remark,
            "PhoneNumber": own.phone_number,
            "PhoneFlag": 0,
            "Email": own.email,
            "EmailFlag": 0,
            "IsReceiverOwner": 0,
            "WechatFlag": 0,
            "Uin": 0,
            "CountryCode": own.country_code,
        })
    });
    let (receivers, total) = Page::from_offset(context.params)?.cut(all.collect::<Vec<Value>>());
    reply(json!({ "TotalCount": total, "Receivers": receivers }))
}
