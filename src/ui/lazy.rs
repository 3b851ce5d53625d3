//! Pages whose code the browser fetches only when one of them is opened: the build tool cuts each group off the core bundle.

/// Makes lazy routes of a group of pages: after `lazy_pages! { office: People => PeoplePage }` a route takes
/// `view={Lazy::<People>::new()}`.
macro_rules! lazy_pages {
    ($vis:vis $group:ident: $($route:ident => $page:path),+ $(,)?) => {
        #[derive(Debug, Clone, Copy)]
        enum LazyPage {
            $($route),+
        }

        #[leptos::lazy($group)]
        fn open_page(page: LazyPage) -> leptos::prelude::AnyView {
            match page {
                $(LazyPage::$route => leptos::prelude::IntoAny::into_any($page())),+
            }
        }

        $(
            /// A page whose code is fetched when it is opened.
            #[derive(Debug)]
            $vis struct $route;

            impl leptos_router::LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_route: Self) -> leptos::prelude::AnyView {
                    open_page(LazyPage::$route).await
                }

                // A page can wake only where its code is there at once.
                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    __preload_open_page().await;
                }
            }
        )+
    };
}

pub(crate) use lazy_pages;
