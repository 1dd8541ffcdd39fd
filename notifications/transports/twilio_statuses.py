"""Ask Twilio what has become of messages and calls it has not spoken of."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from notifications.transports.twilio_client import twilio_client
from notifications.transports.twilio_reports import Report, report_of_call, report_of_sms

if TYPE_CHECKING:
    from twilio.rest import Client

# The transports whose messages can be asked about (`Message.carrier`).
CARRIERS = ("twilio", "twilio-voice")
AT_ONCE = 10
# The worker has other things to do than to wait for a carrier that is slow.
SECONDS_IN_ALL = 20
_CALL = "CA"


def ask(ids: Mapping[int, str]) -> dict[int, Report]:
    """What Twilio says about each of its ids, under our own key for it.

    What could not be asked this time is missing and is asked another time.
    """
    return asyncio.run(_ask(ids))


async def _ask(ids: Mapping[int, str]) -> dict[int, Report]:
    client, free = twilio_client(), asyncio.Semaphore(AT_ONCE)

    async def one(key: int, provider_id: str) -> tuple[int, Report | None]:
        async with free:
            return key, await _report(client, provider_id)

    asking = [asyncio.create_task(one(key, ids[key])) for key in ids]
    try:
        answered, unasked = await asyncio.wait(asking, timeout=SECONDS_IN_ALL)
        for task in unasked:
            task.cancel()
        await asyncio.gather(*unasked, return_exceptions=True)
    finally:
        await client.http_client.close()
    answers = (task.result() for task in answered)
    return {key: report for key, report in answers if report is not None}


async def _report(client: "Client", provider_id: str) -> Report | None:
    try:
        if provider_id.startswith(_CALL):
            call = await client.calls(provider_id).fetch_async()
            return report_of_call(str(call.status), str(call.answered_by or ""))
        sms = await client.messages(provider_id).fetch_async()
        return report_of_sms(str(sms.status), str(sms.error_code or ""))
    except Exception:
        # Asking again changes nothing at the carrier, so no fault here needs to be understood.
        return None
