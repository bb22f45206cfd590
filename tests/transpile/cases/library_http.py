"""http.HTTPStatus."""
import http
from http import HTTPStatus
def reason(code: int) -> str:
    try:
        s = HTTPStatus(code)
    except ValueError as e:
        return f"unknown: {e}"
    return f"{s.value} {s.phrase} ({s.name})"
print(HTTPStatus.OK, repr(HTTPStatus.NOT_FOUND), HTTPStatus.OK == 200, int(HTTPStatus.IM_A_TEAPOT), f"{HTTPStatus.OK}")
print(reason(404), reason(299), HTTPStatus.CREATED.description, http.HTTPStatus.GONE.phrase, HTTPStatus.OK < 300)
print(HTTPStatus["ACCEPTED"].value, len(HTTPStatus), [s.value for s in HTTPStatus if s.value >= 500])
