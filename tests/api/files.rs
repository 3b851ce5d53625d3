//! Files: taken by what they contain, given to who may see them, attached once, removed when they belong to nothing.

use std::time::{Duration, Instant};

use axum::{body::Body, http::Method};
use futures_util::future::join_all;
use image::{GenericImageView, ImageFormat};
use jiff::SignedDuration;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use trek_tribe::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        files::{
            file::{AttachedTo, Attachment, FileId},
            server::service,
        },
    },
    server::{config::S3Settings, seed},
    shared::{error::AppError, id::Id},
};

use crate::support::{
    Client, Reply, TestApp,
    files::{FILES, PDF, photograph_with_place, picture, pixel_bomb},
    fresh_bucket, fresh_uri,
    leads::text,
};

/// Files that are attached to nothing are kept so long.
const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn stage() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let asha = app.register(Role::User, "Asha Rao").await;
    (app, asha)
}

async fn send(client: &Client, name: &str, content: &[u8]) -> Value {
    client.send_file(name, content).await.expect(201).data().clone()
}

fn path(file: &Value) -> String {
    format!("{FILES}/{}", text(file, "id"))
}

fn id(file: &Value) -> FileId {
    text(file, "id").parse().unwrap()
}

fn header<'a>(reply: &'a Reply, name: &str) -> &'a str {
    reply.headers[name].to_str().unwrap()
}

async fn attach(app: &TestApp, actor: &Actor, ids: &[FileId]) -> Result<Vec<Attachment>, AppError> {
    let to = AttachedTo::Ticket { id: Id::from_bytes([7; 12]), internal: false };
    let write = |mut tx: trek_tribe::server::mongo::Tx| async move {
        let attached = service::attach_files(&mut tx, &app.app, actor, ids, to).await?;
        tx.commit().await?;
        Ok(attached)
    };
    app.app.db.transaction(write).await
}

#[tokio::test]
async fn each_kind_is_taken_and_given_back_with_headers_that_let_nothing_run() {
    let (_app, asha) = stage().await;
    for (name, content, media_type, how) in [
        ("bill.pdf", PDF.to_vec(), "application/pdf", "attachment"),
        ("map.png", picture(ImageFormat::Png), "image/png", "inline"),
        ("camp.jpg", picture(ImageFormat::Jpeg), "image/jpeg", "inline"),
        ("peak.webp", picture(ImageFormat::WebP), "image/webp", "inline"),
    ] {
        let file = send(&asha, name, &content).await;
        assert_eq!((text(&file, "name"), text(&file, "contentType")), (name, media_type));
        let reply = asha.get(&path(&file)).await.expect(200);
        assert_eq!(json!(reply.bytes.len()), file["size"], "{name}");
        assert_eq!(header(&reply, "content-length"), file["size"].to_string());
        assert_eq!(header(&reply, "content-type"), media_type);
        let disposition = format!("{how}; filename=\"{name}\"; filename*=UTF-8''{name}");
        assert_eq!(header(&reply, "content-disposition"), disposition);
        assert!(header(&reply, "content-security-policy").starts_with("sandbox; default-src 'none'"));
        assert_eq!(header(&reply, "x-content-type-options"), "nosniff");
        assert_eq!(header(&reply, "cache-control"), "private, no-store");
        if media_type == "application/pdf" {
            assert_eq!(reply.bytes, content);
        } else {
            assert_eq!(image::load_from_memory(&reply.bytes).unwrap().dimensions(), (64, 32), "{name}");
        }
    }
}

#[tokio::test]
async fn a_part_of_a_file_is_not_given_out() {
    let (_app, asha) = stage().await;
    let file = send(&asha, "bill.pdf", PDF).await;
    let request = asha.request(Method::GET, &path(&file)).header("range", "bytes=1-3").body(Body::empty()).unwrap();
    let reply = asha.send(request).await.expect(200);
    assert_eq!((header(&reply, "accept-ranges"), &reply.bytes[..]), ("none", PDF));
}

#[tokio::test]
async fn what_is_something_else_is_refused_whatever_its_name_says() {
    let (app, asha) = stage().await;
    for (name, content) in [
        ("photo.png", &b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"[..]),
        ("bill.pdf", b"<!DOCTYPE html><title>x</title>"),
        ("photo.jpg", b"MZ\x90\0"),
        ("photo.gif", b"GIF89a\x01\0\x01\0"),
        ("photo.png", b"\x89PNG\r\n\x1a\nand then nothing"),
        ("empty.pdf", b""),
    ] {
        let reply = asha.send_file(name, content).await.refused(422, "invalid_input");
        assert!(reply.body["fields"]["file"].is_array(), "{name}: {}", reply.text);
    }
    assert_eq!(app.count("files", doc! {}).await, 0);
    let file = send(&asha, "../photo.exe", &picture(ImageFormat::Png)).await;
    assert_eq!((text(&file, "name"), text(&file, "contentType")), ("photo.exe.png", "image/png"));
}

#[tokio::test]
async fn a_form_that_is_not_one_file_is_refused() {
    let (app, asha) = stage().await;
    let file: (&str, &[u8]) = ("name=\"file\"; filename=\"a.pdf\"", PDF);
    asha.send_form(&[], &[]).await.refused(422, "invalid_input");
    asha.send_form(&[file, file], &[]).await.refused(422, "invalid_input");
    asha.send_form(&[file, ("name=\"owner\"", b"x")], &[]).await.refused(422, "unknown_field");
    asha.post(FILES, json!({ "file": "x" })).await.refused(415, "unsupported_media_type");
    app.anonymous().send_form(&[file], &[]).await.refused(401, "unauthenticated");
    assert_eq!(app.count("files", doc! {}).await, 0);
}

#[tokio::test]
async fn a_file_has_ten_mebibytes_and_not_a_byte_more() {
    let (app, asha) = stage().await;
    let mut content = PDF.to_vec();
    content.resize(10 * 1024 * 1024, b' ');
    let file = send(&asha, "thick.pdf", &content).await;
    assert_eq!(asha.get(&path(&file)).await.expect(200).bytes, content);
    content.push(b' ');
    asha.send_file("thick.pdf", &content).await.refused(413, "too_large");
    assert_eq!(app.count("files", doc! {}).await, 1);
}

#[tokio::test]
async fn a_small_file_that_unpacks_to_a_huge_picture_is_refused_unread() {
    let (app, asha) = stage().await;
    let reply = asha.send_file("bomb.jpg", &pixel_bomb()).await.refused(422, "invalid_input");
    assert!(reply.body["message"].as_str().unwrap().contains("40 million pixels"), "{}", reply.text);
    assert_eq!(app.count("files", doc! {}).await, 0);
}

#[tokio::test]
async fn a_photograph_loses_its_place_and_stands_upright() {
    let (_app, asha) = stage().await;
    let sent = photograph_with_place();
    assert!(sent.windows(4).any(|word| word == b"Exif"));
    let file = send(&asha, "camp.jpg", &sent).await;
    let kept = asha.get(&path(&file)).await.expect(200).bytes;
    assert!(!kept.windows(4).any(|word| word == b"Exif"));
    let photograph = image::load_from_memory(&kept).unwrap();
    assert_eq!(photograph.dimensions(), (32, 64));
    let [top, bottom] = [photograph.get_pixel(16, 8), photograph.get_pixel(16, 56)];
    assert!(top[0] > 200 && bottom[2] > 200, "{top:?} above {bottom:?}");
}

#[tokio::test]
async fn a_file_that_is_attached_to_nothing_is_there_for_who_sent_it_alone() {
    let (app, asha) = stage().await;
    let file = send(&asha, "bill.pdf", PDF).await;
    let bina = app.register(Role::User, "Bina Iyer").await;
    for client in [&bina, &app.admin().await] {
        client.get(&path(&file)).await.refused(404, "not_found");
    }
    app.anonymous().get(&path(&file)).await.refused(401, "unauthenticated");
    for absent in ["65f1c0ffee00112233445566", "none", "..%2F..%2Fsecret"] {
        asha.get(&format!("{FILES}/{absent}")).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn of_many_who_attach_a_file_at_once_one_does() {
    let (app, asha) = stage().await;
    let file = id(&send(&asha, "bill.pdf", PDF).await);
    let actor = app.actor(&asha).await;
    let outcomes = join_all((0..8).map(|_| attach(&app, &actor, std::slice::from_ref(&file)))).await;
    let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 7));
    assert!(lost.iter().all(|lost| !lost.as_ref().unwrap_err().field_messages("attachments").is_empty()), "{lost:?}");
}

#[tokio::test]
async fn only_own_files_that_are_there_are_attached_and_five_at_most() {
    let (app, asha) = stage().await;
    let actor = app.actor(&asha).await;
    let own: Vec<FileId> = join_all((0..6).map(|_| async { id(&send(&asha, "bill.pdf", PDF).await) })).await;
    let bina = app.register(Role::User, "Bina Iyer").await;
    let foreign = id(&send(&bina, "bill.pdf", PDF).await);
    for ids in [&own[..], &[own[0], own[0]], &[own[0], foreign], &[own[0], Id::from_bytes([9; 12])]] {
        let refusal = attach(&app, &actor, ids).await.unwrap_err();
        assert_eq!(refusal.field_messages("attachments").len(), 1, "{refusal:?}");
    }
    let attached = attach(&app, &actor, &own[..5]).await.unwrap();
    assert_eq!(attached.iter().map(|file| file.id).collect::<Vec<_>>(), own[..5], "what was refused left no trace");
}

#[tokio::test]
async fn what_is_attached_to_nothing_is_removed_after_a_day() {
    let (app, asha) = stage().await;
    let (loose, kept) = (send(&asha, "loose.pdf", PDF).await, send(&asha, "kept.pdf", PDF).await);
    let actor = app.actor(&asha).await;
    attach(&app, &actor, &[id(&kept)]).await.unwrap();
    let rows = app.database_from_outside().await.collection::<Document>("files");
    let row = rows.find_one(doc! { "name": "loose.pdf" }).await.unwrap().unwrap();
    app.clock.advance(DAY - SignedDuration::from_secs(1));
    assert_eq!(service::remove_unattached(&app.app).await, Ok(0));
    app.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(service::remove_unattached(&app.app).await, Ok(1));
    assert_eq!(app.count("files", doc! {}).await, 1);
    assert!(app.app.bucket.get(row.get_str("key").unwrap()).await.is_err(), "its bytes are gone");
    let asha = app.sign_in(&asha.email).await;
    asha.get(&path(&loose)).await.refused(404, "not_found");
    asha.get(&path(&kept)).await.expect(200);
    assert!(attach(&app, &actor, &[id(&loose)]).await.is_err());
}

/// The settings of a server at an address where nobody listens.
async fn nobody() -> S3Settings {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    S3Settings { endpoint: Some(format!("http://{address}")), ..fresh_bucket() }
}

#[tokio::test]
async fn while_the_storage_is_away_nothing_is_kept_and_what_was_begun_goes_away_later() {
    let (uri, away) = (fresh_uri().await, nobody().await);
    let app = TestApp::start_on(uri.clone(), |config| config.s3 = Some(away)).await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let refused = asha.send_file("bill.pdf", PDF).await.refused(503, "unavailable");
    assert_eq!(refused.data(), &Value::Null);
    app.anonymous().get("/readyz").await.refused(503, "unavailable");
    let rows = app.database_from_outside().await.collection::<Document>("files");
    let begun = rows.find_one(doc! {}).await.unwrap().unwrap().get_object_id("_id").unwrap().to_hex();
    asha.get(&format!("{FILES}/{begun}")).await.refused(404, "not_found");
    let actor = app.actor(&asha).await;
    assert!(attach(&app, &actor, &[begun.parse().unwrap()]).await.is_err());
    app.clock.advance(DAY);
    assert_eq!(service::remove_unattached(&app.app).await, Err(AppError::Unavailable));
    let back = TestApp::start_on(uri, |_| {}).await;
    back.clock.advance(DAY);
    assert_eq!(service::remove_unattached(&back.app).await, Ok(1));
    assert_eq!(back.count("files", doc! {}).await, 0);
}

/// A request is given up after that time, whatever it waits for (`middleware/limits.rs`).
const REQUEST: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_storage_that_does_not_answer_is_given_up_before_the_request_is() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = S3Settings { endpoint: Some(format!("http://{}", silent.local_addr().unwrap())), ..fresh_bucket() };
    let app = TestApp::start_with(|config| config.s3 = Some(settings)).await;
    let asha = app.register(Role::User, "Asha Rao").await;
    let start = Instant::now();
    asha.send_file("bill.pdf", PDF).await.refused(503, "unavailable");
    assert!(start.elapsed() < REQUEST, "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_file_sent_twice_under_one_key_is_kept_once() {
    let (app, asha) = stage().await;
    let file: (&str, &[u8]) = ("name=\"file\"; filename=\"a.pdf\"", PDF);
    let first = asha.send_form(&[file], &[("idempotency-key", "bill")]).await.expect(201);
    let second = asha.send_form(&[file], &[("idempotency-key", "bill")]).await.expect(201);
    assert_eq!(first.text, second.text);
    assert_eq!(app.count("files", doc! {}).await, 1);
}

#[tokio::test]
async fn one_person_sends_sixty_files_an_hour_and_no_more() {
    let (app, asha) = stage().await;
    for _ in 0..60 {
        send(&asha, "bill.pdf", PDF).await;
    }
    let refused = asha.send_file("bill.pdf", PDF).await.refused(429, "too_many_requests");
    assert_eq!(header(&refused, "retry-after"), "3600");
    send(&app.register(Role::User, "Bina Iyer").await, "bill.pdf", PDF).await;
}

#[tokio::test]
async fn an_emptied_database_leaves_no_bytes_behind() {
    let (app, asha) = stage().await;
    send(&asha, "bill.pdf", PDF).await;
    let rows = app.database_from_outside().await.collection::<Document>("files");
    let key = rows.find_one(doc! {}).await.unwrap().unwrap().get_str("key").unwrap().to_owned();
    app.app.bucket.get(&key).await.unwrap();
    seed::clear(&app.app).await.unwrap();
    assert!(app.app.bucket.get(&key).await.is_err());
}
