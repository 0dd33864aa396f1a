"""Limits on guessing, kept in the database so that they hold on many machines. Source: P32."""

import ipaddress
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from trainer.core.errors import TooMany
from trainer.core.names import MAX_LOGIN
from trainer.store.accounts import SignInTry

WINDOW = timedelta(minutes=15)
# Failures only: a class of 60 behind one address signs in without touching a limit, and a
# stranger on another network cannot lock a student out soon.
PER_ACCOUNT_AND_NETWORK = 10
PER_ACCOUNT = 50
PER_NETWORK = 200
# Codes belong to no account. If all who type one shared an account's limit, ten slips of a class
# would shut the class out, and one stranger the whole school.
NOBODYS: Final = frozenset({"invitation"})


def network_of(address: str) -> str:
    """The network an address belongs to: /24 for IPv4, /64 for IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    prefix = 24 if ip.version == 4 else 64
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))


def account_key(login: str) -> str:
    """A typed sign-in name as looked up and counted, whatever somebody typed.

    What no sign-in name can hold becomes a question mark, which no sign-in name holds either.
    """
    key = login.strip().lower()[: MAX_LOGIN + 1]
    return "".join(c if c.isprintable() else "?" for c in key)


def check_limits(session: Session, account: str, network: str, *, now: datetime) -> None:
    """Raises TooMany when this account or network has failed too often of late."""
    recent = (SignInTry.at > now - WINDOW) & SignInTry.succeeded.is_(False)
    here = SignInTry.account_key == account
    same_network = SignInTry.network == network

    def count(condition: object) -> object:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)  # type: ignore[arg-type]

    both, by_account, by_network = session.execute(
        select(count(here & same_network), count(here), count(same_network)).where(  # type: ignore[call-overload]
            recent, here | same_network
        )
    ).one()
    guessed = both >= PER_ACCOUNT_AND_NETWORK or by_account >= PER_ACCOUNT
    if by_network >= PER_NETWORK or (guessed and account not in NOBODYS):
        raise TooMany(
            "Too many tries. Wait 15 minutes, or ask your instructor for a reset code.",
            int(WINDOW.total_seconds()),
        )


def note_try(
    session: Session, account: str, network: str, succeeded: bool, *, now: datetime
) -> None:
    """Remember a try; a success forgets the account's earlier failures from this network."""
    if succeeded:
        session.execute(
            delete(SignInTry).where(
                (SignInTry.at < now - timedelta(days=1))
                | ((SignInTry.account_key == account) & (SignInTry.network == network))
            )
        )
        return
    session.add(SignInTry(account_key=account, network=network, at=now, succeeded=False))
    session.flush()
