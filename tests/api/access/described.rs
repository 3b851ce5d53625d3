//! What the description of the API (OpenAPI) says of every answer of the matrix.

use jsonschema::Validator;
use serde_json::{Value, json};

use super::Row;
use crate::support::{Reply, TestApp};

/// The description that the server gives of itself.
#[derive(Debug)]
pub struct Description(Value);

impl Description {
    pub async fn of(app: &TestApp) -> Self {
        Self(app.anonymous().get("/api/openapi.json").await.expect(200).body)
    }

    /// The paths, each with its operations by method.
    pub fn paths(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0["paths"].as_object().unwrap().iter()
    }

    pub fn has(&self, row: &Row) -> bool {
        !self.operation(row).is_null()
    }

    /// Whether a route asks for a token.
    pub fn asks_for_token(&self, row: &Row) -> bool {
        self.operation(row)["security"] == json!([{ "bearer": [] }])
    }

    /// In what an answer is not what is described; nothing for routes that are not described.
    pub fn deviation(&self, row: &Row, reply: &Reply) -> Option<String> {
        let responses = self.operation(row).get("responses")?;
        let status = reply.status.to_string();
        let refusal = if reply.status >= 400 { responses.get("default") } else { None };
        let Some(response) = responses.get(&status).or(refusal) else {
            return Some(format!("{status} is not described"));
        };
        let schema = response.pointer("/content/application~1json/schema")?;
        self.validator(schema).validate(&reply.body).err().map(|error| format!("{error} at {}", error.instance_path()))
    }

    fn operation(&self, row: &Row) -> &Value {
        &self.0["paths"][&row.path][row.method.as_str().to_lowercase()]
    }

    fn validator(&self, schema: &Value) -> Validator {
        let whole = json!({ "components": self.0["components"], "allOf": [schema] });
        jsonschema::draft202012::new(&whole).unwrap()
    }
}
