//! The envelope and every documented error.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Where a list stands.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pagination {
    pub(crate) page: u64,
    pub(crate) count_per_page: u64,
    /// None where a bank does not say.
    pub(crate) count_total: Option<u64>,
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) next_page_url: Option<String>,
    pub(crate) previous_page_url: Option<String>,
}

#[derive(Serialize)]
struct Meta<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<&'a Pagination>,
}

#[derive(Serialize)]
struct Success<'a, T> {
    meta: Meta<'a>,
    data: T,
}

/// 200 with a body that is written already.
pub(crate) fn ready(body: String) -> Response {
    json(StatusCode::OK, body.into_bytes())
}

/// 200 with the data in its envelope.
pub(crate) fn data<T: Serialize>(data: T) -> Response {
    written(&Success { meta: Meta { status: "SUCCESS", pagination: None }, data })
}

/// 200 with one page of a list.
pub(crate) fn page<T: Serialize>(data: T, pagination: &Pagination) -> Response {
    written(&Success { meta: Meta { status: "SUCCESS", pagination: Some(pagination) }, data })
}

fn written<T: Serialize>(value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => json(StatusCode::OK, body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            internal()
        }
    }
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = (status, body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// An error as the API words it.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: Option<Box<Detail>>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Detail {
    Text(String),
    Rule { rule: &'static str, field: String, message: String, args: serde_json::Value },
}

impl ApiError {
    /// 422: a field breaks a rule. `title` says where the field stands.
    pub(crate) fn rule(title: &'static str, rule: &'static str, field: &str, args: serde_json::Value) -> Self {
        let message = format!("{rule} validation failed on {field}");
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            code: "REQUEST_VALIDATION_ERROR",
            title,
            detail: Some(Box::new(Detail::Rule { rule, field: field.to_owned(), message, args })),
        }
    }

    /// 422: right in form, wrong in fact.
    pub(crate) fn input(detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            code: "INPUT_DATA_ERROR",
            title: "Wrong input data",
            detail: Some(Box::new(Detail::Text(detail.into()))),
        }
    }

    /// 404: no such thing.
    pub(crate) fn missing(detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "DATA_NOT_FOUND",
            title: "Data not found",
            detail: Some(Box::new(Detail::Text(detail.into()))),
        }
    }

    /// 404: no such address.
    pub(crate) fn no_such_url(path: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "NOT_FOUND",
            title: "URL not found",
            detail: Some(Box::new(Detail::Text(format!("Invalid URL path: {path}")))),
        }
    }

    /// 401 or 403.
    pub(crate) fn auth(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self { status, code, title, detail: None }
    }
}

#[derive(Serialize)]
struct Failure<'a> {
    errors: [ErrorItem<'a>; 1],
    meta: Meta<'a>,
}

#[derive(Serialize)]
struct ErrorItem<'a> {
    code: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: &'a Option<Box<Detail>>,
}

impl ApiError {
    /// Status and body.
    pub(crate) fn written(&self) -> (u16, String) {
        let failure = Failure {
            errors: [ErrorItem { code: self.code, title: self.title, detail: &self.detail }],
            meta: Meta { status: "ERROR", pagination: None },
        };
        (self.status.as_u16(), serde_json::to_string(&failure).unwrap_or_default())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        json(self.status, self.written().1.into_bytes())
    }
}

/// 401 for a token that is no longer, or never was, good.
pub(crate) fn invalid_token() -> ApiError {
    ApiError::auth(StatusCode::UNAUTHORIZED, "INVALID_ACCESS_TOKEN", "Access token is not valid")
}

/// 422: the bank does not answer for so long a time.
pub(crate) fn too_wide() -> ApiError {
    ApiError::input("The bank does not provide transactions of more than 90 days")
}

/// 429 without its header.
pub(crate) fn limited() -> ApiError {
    ApiError::auth(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", "Too many requests")
}

/// 429 with the seconds to wait.
pub(crate) fn too_many(retry_after: u64) -> Response {
    let mut response = limited().into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    response
}

/// 500 as documented: no `meta`.
pub(crate) const INTERNAL: &str = r#"{"type":"bank-login-url","status":"ERROR","errors":[{"code":"INTERNAL_SERVER_ERROR","title":"Internal server problem."}]}"#;

pub(crate) fn internal() -> Response {
    json(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL.as_bytes().to_vec())
}

/// The proxy's page.
pub(crate) fn page_of_proxy(title: &str) -> String {
    format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n"
    )
}

/// What the proxy in front of the API answers: HTML.
pub(crate) fn cloudflare(status: StatusCode) -> Response {
    let title = format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or("Error"));
    let mut response = (status, page_of_proxy(&title)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response.headers_mut().insert(HeaderName::from_static("server"), HeaderValue::from_static("cloudflare"));
    response
}

/// Whether the proxy would refuse the address before the API sees it: too long, or with broken percent-encoding.
pub(crate) fn looks_malformed(uri: &Uri) -> bool {
    let text = uri.path_and_query().map(axum::http::uri::PathAndQuery::as_str).unwrap_or_default();
    let broken = text
        .match_indices('%')
        .any(|(at, _)| !text.get(at + 1..at + 3).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit())));
    text.len() > 8192 || broken
}
