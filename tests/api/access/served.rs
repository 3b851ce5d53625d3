//! What the server serves, asked of itself: the router's own list of its routes, and leptos' list of server functions.

use std::collections::{BTreeMap, BTreeSet};

use leptos::server_fn::axum::server_fn_paths;

use crate::support::TestApp;

/// A method and a path.
pub type Route = (String, String);

/// The path behind which all server functions stand.
const FUNCTIONS: &str = "/api/fn/{*name}";

/// Every route.
pub fn served(app: &TestApp) -> BTreeSet<Route> {
    let shown = format!("{:?}", app.router());
    let routes = routes_of(&shown);
    assert!(routes.len() > 40, "the router does not show its routes any more: {shown}");
    let functions = server_fn_paths()
        .map(|(path, method)| (method.to_string(), path.to_owned()))
        // Those that other tests of this program have made.
        .filter(|(_, path)| !path.starts_with("/api/fn/tests/"));
    let files = ("GET".to_owned(), "/{*file}".to_owned());
    routes.into_iter().filter(|(_, path)| path != FUNCTIONS).chain(functions).chain([files]).collect()
}

/// Reads the routes from how the router shows itself: an endpoint by number with the methods that it allows, then the path of each number.
fn routes_of(shown: &str) -> Vec<Route> {
    let router = shown.split("fallback_router: ").next().unwrap();
    let (endpoints, paths) = router.split_once("node: Node { paths: {").unwrap();
    let paths: BTreeMap<&str, &str> = paths.split("RouteId(").skip(1).filter_map(numbered).collect();
    endpoints
        .split("RouteId(")
        .skip(1)
        .flat_map(|endpoint| {
            let (number, _) = endpoint.split_once(')').unwrap();
            let path = paths[number];
            methods_of(endpoint).into_iter().map(move |method| (method, path.to_owned())).collect::<Vec<_>>()
        })
        .collect()
}

/// `7): "/api/trips", ` as number and path.
fn numbered(entry: &str) -> Option<(&str, &str)> {
    let (number, rest) = entry.split_once(')')?;
    Some((number, rest.split('"').nth(1)?))
}

/// The methods of an endpoint; one that takes any is asked by GET.
fn methods_of(endpoint: &str) -> Vec<String> {
    match endpoint.split_once("allow_header: Bytes(b\"") {
        Some((_, allowed)) => {
            let allowed = allowed.split('"').next().unwrap();
            allowed.split(',').filter(|method| *method != "HEAD").map(str::to_owned).collect()
        }
        None => vec!["GET".to_owned()],
    }
}
