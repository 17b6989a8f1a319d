"""Sign in through another service, by OpenID Connect: there and back, with PKCE, state and nonce."""

import logging

from flask import Blueprint, request
from flask import session as cookie
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, Refused, Unavailable
from app.people import identities
from app.web.addresses import in_mail, url
from app.web.kit import render, station, uncached
from app.web.openid_service import label_of, service_of, vouched_by
from app.web.protection import local_address
from app.web.signin import come_in

log = logging.getLogger(__name__)
blueprint = Blueprint("openid", __name__)

_BACK = "openid_back"  # in the session's cookie: where to go after
_STATES = "_state_gare_"  # as Authlib begins what it keeps there of each attempt


@blueprint.get("/-/signin/openid")
def ask() -> Response:
    """Send somebody to the service; of the attempts before nothing is kept."""
    service = service_of(station().config)
    target = in_mail(url("openid.enter"))
    if target is None:  # who asks chooses the Host, and must not choose where people come back to
        raise Refused(N_("This does not work before the address of the site is among its settings."))
    for name in [name for name in cookie if name.startswith(_STATES)]:
        del cookie[name]
    cookie[_BACK] = local_address(request.args.get("back"))
    response: Response = service.authorize_redirect(target)
    return uncached(response)


@blueprint.get("/-/signin/openid/back")
def enter() -> Response:
    """Sign in whom the service vouches for."""
    config, back = station().config, local_address(cookie.pop(_BACK, ""))
    service = service_of(config)
    from authlib.common.errors import AuthlibBaseError  # loaded by now
    from joserfc.errors import JoseError
    from requests import RequestException

    try:
        vouched = vouched_by(service)
    except RequestException as error:
        log.warning("openid: %s", error)
        raise Unavailable(N_("The service that signs you in does not answer. Try again in a minute.")) from error
    except (AuthlibBaseError, JoseError, ValueError, TypeError, KeyError) as error:
        log.warning("openid: %s: %s", type(error).__name__, error)
        return _told(gettext("You were not signed in there. Try again."), 400)
    with station().truth.begin() as connection:
        account = identities.recognise(connection, vouched, may_make=config.openid_new_accounts)
    if account is None:
        return _told(gettext("Nobody here has your e-mail address of there. Ask for an invitation."), 403)
    return uncached(come_in(account, back))


def _told(sentence: str, code: int) -> Response:
    return uncached(render("signin/elsewhere.html", code, sentence=sentence, service=label_of(station().config)))
