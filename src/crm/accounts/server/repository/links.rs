//! The links that were mailed to people, in `links`: each is good once and for a while, and is stored as its fingerprint only.

use mongodb::bson::{Document, doc};
use serde::{Deserialize, Serialize};

use super::{Account, UserDoc};
use crate::{
    crm::accounts::user::UserId,
    server::{
        keys::fingerprint,
        mongo::{Db, Tx},
    },
    shared::{error::AppError, time::Time},
};

const COLLECTION: &str = "links";

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LinkDoc {
    #[serde(rename = "_id")]
    fingerprint: String,
    expires_at: Time,
    user_id: Option<UserId>,
    /// The account that begins when its address is confirmed.
    account: Option<UserDoc>,
}

/// What a link is for.
#[derive(Debug, Clone)]
pub enum Purpose {
    /// Its recipient confirms the address of an account that they have just registered.
    Verify(Box<Account>),
    /// Its recipient sets the password of their account.
    SetPassword(UserId),
    /// Nothing. Written where no mail may be sent, so that this takes as long as if it were.
    Nothing,
}

/// Stores the link of a secret.
///
/// # Errors
/// When the database is away.
pub async fn insert(tx: &mut Tx, secret: &str, expires_at: Time, purpose: &Purpose) -> Result<(), AppError> {
    let (user_id, account) = match purpose {
        Purpose::Verify(account) => (None, Some(UserDoc::from(account.as_ref()))),
        Purpose::SetPassword(user) => (Some(*user), None),
        Purpose::Nothing => (None, None),
    };
    let link = LinkDoc { fingerprint: fingerprint(secret), expires_at, user_id, account };
    tx.collection::<LinkDoc>(COLLECTION).insert_one(link).session(tx.session()).await?;
    Ok(())
}

/// What the link of a secret is for, if it is good at `now`; it stays good.
///
/// # Errors
/// When the database is away.
pub async fn find(db: &Db, secret: &str, now: Time) -> Result<Purpose, AppError> {
    Ok(Purpose::of(db.collection::<LinkDoc>(COLLECTION).find_one(good(secret, now)).await?))
}

/// Uses up the link of a secret, if it is good at `now`.
///
/// # Errors
/// When the database is away.
pub async fn take(tx: &mut Tx, secret: &str, now: Time) -> Result<Purpose, AppError> {
    let links = tx.collection::<LinkDoc>(COLLECTION);
    Ok(Purpose::of(links.find_one_and_delete(good(secret, now)).session(tx.session()).await?))
}

fn good(secret: &str, now: Time) -> Document {
    doc! { "_id": fingerprint(secret), "expiresAt": { "$gt": now } }
}

impl Purpose {
    fn of(link: Option<LinkDoc>) -> Self {
        match link {
            Some(LinkDoc { account: Some(account), .. }) => Self::Verify(Box::new(account.into())),
            Some(LinkDoc { user_id: Some(user), .. }) => Self::SetPassword(user),
            _ => Self::Nothing,
        }
    }
}

/// Makes all links to a person's account useless.
///
/// # Errors
/// When the database is away.
pub async fn delete_all(tx: &mut Tx, user: UserId) -> Result<(), AppError> {
    tx.collection::<Document>(COLLECTION).delete_many(doc! { "userId": user }).session(tx.session()).await?;
    Ok(())
}
