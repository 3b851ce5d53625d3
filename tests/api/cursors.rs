//! Cursors that somebody made up: a list never pretends to have ended.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use mongodb::bson::{self, Bson, DateTime, doc, oid::ObjectId};
use trek_tribe::crm::accounts::user::Role;

use crate::support::{Client, TestApp};

const ID: &str = "65f1c0ffee00112233445566";

fn cursor(field: &str, descending: bool, key: &Bson) -> String {
    let id = ObjectId::parse_str(ID).unwrap();
    let cursor = doc! { "field": field, "descending": descending, "key": key, "id": id };
    BASE64_URL_SAFE_NO_PAD.encode(bson::serialize_to_vec(&cursor).unwrap())
}

#[tokio::test]
async fn a_cursor_with_a_key_of_another_kind_is_refused() {
    let app = TestApp::start().await;
    let (admin, organizer) = (app.admin().await, app.register(Role::Organizer, "Deodar Trails").await);
    let trip = app.live_trip(&organizer, "Kedarkantha", &[8]).await;
    organizer.record_lead(&trip, "mira@example.in").await;
    let id = Bson::ObjectId(ObjectId::parse_str(ID).unwrap());
    let (time, text, number) = (Bson::DateTime(DateTime::MAX), Bson::String("z".into()), Bson::Int32(1_000_000));
    let every = [id.clone(), time.clone(), text.clone(), number.clone(), Bson::Null, Bson::MaxKey, Bson::MinKey];
    let lists: [(&Client, &str, &str, bool, &Bson); 8] = [
        (&admin, "/api/admin/users?", "_id", true, &id),
        (&admin, "/api/admin/audit?", "at", true, &time),
        (&organizer, "/api/crm/notifications?", "_id", true, &id),
        (&organizer, "/api/crm/leads?sort=-createdAt&", "createdAt", true, &time),
        (&organizer, "/api/crm/leads?sort=score&", "score", false, &number),
        (&organizer, "/api/trips?sort=price&", "priceKey", false, &number),
        (&organizer, "/api/trips?sort=title&", "titleKey", false, &text),
        (&organizer, "/api/trips?sort=startsOn&", "startsUp", false, &text),
    ];
    for (client, path, field, descending, right) in lists {
        for key in &every {
            let reply = client.get(&format!("{path}cursor={}", cursor(field, descending, key))).await;
            let (status, what) = (if key == right { 200 } else { 400 }, format!("{path} after {key:?}"));
            assert_eq!(reply.status, status, "{what}: {}", reply.text);
        }
    }
}
