//! One request to the API: who asks, what may be asked again, and what an answer means.

use super::paging::{Pages, READINGS};
use super::wire::{self, Envelope};
use super::{Everifin, Listing, PayFailure, RemoteId, Unreadable};
use crate::auth::{AccessToken, Answer, Lost, is_loopback};
use crate::failure::{Failure, FailureKind, Result};
use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::value::RawValue;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::time::Duration;
use url::Url;

/// The longest answer that is read.
const MAX_ANSWER: usize = 16 * 1024 * 1024;
/// How long an access token must be good for when a payment is written: it must not end between the steps.
const WRITE_LIFE: Duration = Duration::from_secs(120);

impl Everifin {
    /// An address under the API base. Each part is one path segment.
    pub(super) fn url<'a>(&self, parts: impl IntoIterator<Item = &'a str>) -> Result<Url> {
        let (client, _) = self.session.way()?;
        let mut url = client.api().clone();
        url.path_segments_mut()
            .map_err(|()| FailureKind::AddressInvalid)?
            .pop_if_empty()
            .push(wire::VERSION)
            .extend(parts);
        Ok(url)
    }

    /// Asks without changing anything. A token that the API does not accept is renewed once.
    pub(super) async fn get(&self, url: Url) -> Result<Answer> {
        self.repeatable(Method::GET, url).await
    }

    /// A request that may be sent twice without harm.
    pub(super) async fn repeatable(&self, method: Method, url: Url) -> Result<Answer> {
        let (_, http) = self.session.way()?;
        let mut renewed = false;
        loop {
            let token = self.session.access(Duration::ZERO).await?;
            let answer = http.send(self.request(method.clone(), url.clone(), &token)?, MAX_ANSWER).await?;
            if answer.status != StatusCode::UNAUTHORIZED {
                return if answer.status.is_success() { Ok(answer) } else { Err(self.meaning(&answer)) };
            }
            self.session.reject(&token);
            if renewed {
                return Err(FailureKind::SignInNeeded.into());
            }
            renewed = true;
        }
    }

    /// A request that moves money: sent once, and never again by itself.
    pub(super) async fn write(
        &self,
        method: Method,
        url: Url,
        body: String,
        headers: &[(&'static str, String)],
    ) -> Result<Answer, PayFailure> {
        let not_sent = PayFailure::NotSent;
        let (_, http) = self.session.way().map_err(not_sent)?;
        let token = self.session.access(WRITE_LIFE).await.map_err(not_sent)?;
        let mut request = self.request(method, url, &token).map_err(not_sent)?.body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let answer = match http.send(request, MAX_ANSWER).await {
            Ok(answer) => answer,
            Err(Lost::NotSent) => return Err(PayFailure::NotSent(FailureKind::Offline.into())),
            Err(Lost::Unknown) => return Err(PayFailure::Unknown),
        };
        match answer.status {
            status if status.is_success() => Ok(answer),
            StatusCode::UNAUTHORIZED => {
                self.session.reject(&token);
                Err(PayFailure::Refused(FailureKind::SignInNeeded.into()))
            }
            // Somebody on the way gave up waiting; whether Everifin did is not said.
            StatusCode::REQUEST_TIMEOUT => Err(PayFailure::Unknown),
            status if status.is_client_error() => Err(PayFailure::Refused(self.payment_meaning(&answer))),
            _ => Err(PayFailure::Unknown),
        }
    }

    /// Reads a list to its end: pages until the last, as many rows as the answer counts, none twice. A list that changes
    /// meanwhile is read again.
    pub(super) async fn list<T>(
        &self,
        url: &Url,
        read: impl Fn(&str) -> Option<T>,
        id_of: impl Fn(&T) -> &RemoteId,
    ) -> Result<Listing<T>> {
        for _ in 0..READINGS {
            if let Some(listing) = self.list_once(url, &read, &id_of).await? {
                return Ok(listing);
            }
            tracing::info!("a list changed while it was read");
        }
        Err(FailureKind::ServiceDown.into())
    }

    async fn list_once<T>(
        &self,
        url: &Url,
        read: &impl Fn(&str) -> Option<T>,
        id_of: &impl Fn(&T) -> &RemoteId,
    ) -> Result<Option<Listing<T>>> {
        let mut pages = Pages::new();
        while let Some(number) = pages.next() {
            let mut url = url.clone();
            url.query_pairs_mut()
                .append_pair(wire::PAGE, &number.to_string())
                .append_pair(wire::PER_PAGE, &wire::ROWS.to_string());
            pages.take(&self.get(url).await?, read)?;
        }
        Ok(pages.whole(id_of))
    }

    fn request(&self, method: Method, url: Url, token: &AccessToken) -> Result<RequestBuilder> {
        let (_, http) = self.session.way()?;
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.token.expose()))
            .map_err(|_| FailureKind::AnswerUnreadable)?;
        bearer.set_sensitive(true);
        let address = own_address(&url).to_string();
        Ok(http
            .request(method, url)
            .header(reqwest::header::AUTHORIZATION, bearer)
            .header(CONTENT_TYPE, "application/json")
            .header(wire::CLIENT_IP, address))
    }

    fn meaning(&self, answer: &Answer) -> Failure {
        meaning(answer, self.clock.now())
    }

    /// The same where a payment is asked about or written.
    pub(super) fn payment_meaning(&self, answer: &Answer) -> Failure {
        match answer.status {
            StatusCode::FORBIDDEN => FailureKind::PaymentsNotAllowed.into(),
            StatusCode::BAD_REQUEST | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY
                if error_code(answer).is_some() =>
            {
                let address = refused_field(answer).as_deref() == Some(wire::RETURN_ADDRESS);
                if address { FailureKind::ReturnAddressRefused.into() } else { FailureKind::PaymentRefused.into() }
            }
            _ => self.meaning(answer),
        }
    }
}

/// What an answer means that is no success and no 401.
pub(super) fn meaning(answer: &Answer, now: DateTime<Utc>) -> Failure {
    let code = error_code(answer);
    match answer.status {
        StatusCode::TOO_MANY_REQUESTS => answer.rate_limit(now),
        StatusCode::FORBIDDEN => FailureKind::AccessDenied.into(),
        StatusCode::NOT_FOUND if code.as_deref() == Some(wire::DATA_NOT_FOUND) => FailureKind::NotFound.into(),
        StatusCode::NOT_FOUND => FailureKind::AddressWrong.into(),
        // Reading asks for nothing else that could be refused: a period.
        StatusCode::UNPROCESSABLE_ENTITY if code.is_some() => FailureKind::PeriodRefused.into(),
        status if status.is_client_error() && code.is_some() => FailureKind::AnswerUnreadable.into(),
        // 5xx, a proxy's page, a redirect to a portal.
        _ => FailureKind::ServiceDown.into(),
    }
}

/// The `data` and `meta` of a success.
pub(super) fn unwrap(answer: &Answer) -> Result<(&RawValue, Option<wire::Meta>)> {
    // A page of HTML or a cut answer is not Everifin's word.
    let envelope = answer.text().and_then(envelope).ok_or(FailureKind::ServiceDown)?;
    if !error_codes(&envelope).is_empty() {
        return Err(FailureKind::ServiceDown.into());
    }
    // Paging that cannot be read must not pass for none: the list would end early.
    let meta = envelope.meta.map(|meta| serde_json::from_str(meta.get())).transpose();
    let meta = meta.map_err(|_| FailureKind::AnswerUnreadable)?;
    envelope.data.map(|data| (data, meta)).ok_or_else(|| FailureKind::AnswerUnreadable.into())
}

fn envelope(text: &str) -> Option<Envelope<'_>> {
    serde_json::from_str(text).ok()
}

fn error_code(answer: &Answer) -> Option<String> {
    answer.text().and_then(envelope).and_then(|envelope| error_codes(&envelope).into_iter().next())
}

fn error_codes(envelope: &Envelope<'_>) -> Vec<String> {
    errors(envelope).into_iter().map(|item| item.code).collect()
}

fn errors<'a>(envelope: &Envelope<'a>) -> Vec<wire::ErrorItem<'a>> {
    envelope.errors.and_then(|errors| serde_json::from_str(errors.get()).ok()).unwrap_or_default()
}

/// The field that Everifin complains about, where it names one.
fn refused_field(answer: &Answer) -> Option<String> {
    let detail = errors(&answer.text().and_then(envelope)?).into_iter().next()?.detail?;
    serde_json::from_str(detail.get()).ok().map(|detail: wire::ErrorDetail| detail.field)
}

pub(super) fn unreadable(raw: &str) -> Unreadable {
    let id = serde_json::from_str::<wire::Named>(raw).ok().map(|row| RemoteId(row.id.0));
    Unreadable { id, raw: raw.to_owned() }
}

/// This computer's address towards the API. Behind a router it is not the one that the world sees, which a desktop cannot
/// know by itself; what Everifin wants then is an open question (everifin-api.md 12.14).
pub(super) fn own_address(api: &Url) -> IpAddr {
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    if is_loopback(api) {
        return here;
    }
    // "Connecting" a datagram socket to an address for documentation sends nothing; it only asks which way it would go.
    let towards = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    towards.map_or(here, |address| address.ip())
}
