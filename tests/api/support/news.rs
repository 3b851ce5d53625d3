//! News for the tests of what people are told.

use trek_tribe::{
    crm::{
        accounts::user::UserId,
        notifications::{
            notification::{News, NotificationKind, NotificationPriority, Subject},
            server::service,
        },
    },
    shared::id::Id,
};

use super::TestApp;

/// News of a kind, whose cause is its title.
pub fn news(kind: NotificationKind, title: &str) -> News {
    News {
        kind,
        priority: NotificationPriority::Normal,
        title: title.to_owned(),
        body: "Nothing is lost.".to_owned(),
        link: "/profile".to_owned(),
        subject: Subject::Ticket(Id::from_bytes([7; 12])),
        cause: format!("test:{title}"),
    }
}

impl TestApp {
    /// Tells these people something about the service.
    pub async fn tell(&self, to: &[UserId], title: &str) {
        self.tell_news(None, to, &news(NotificationKind::System, title)).await;
    }

    /// Tells these people news that somebody caused.
    pub async fn tell_news(&self, by: Option<UserId>, to: &[UserId], news: &News) {
        let app = &self.app;
        let told = app.db.transaction(|mut tx| async move {
            service::notify(&mut tx, app, by, to, news).await?;
            tx.commit().await
        });
        told.await.unwrap();
    }
}
