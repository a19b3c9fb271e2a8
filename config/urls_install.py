"""The root of an install that serves several hosters: the list of them, and the way to one's own."""

from django.urls import include, path

from hosters import install

handler500 = "hosters.errors.server_error"

urlpatterns = [
    path("", install.home),
    path("robots.txt", install.robots, name="robots"),
    path("", include("config.urls_everywhere")),
    path("compte/", include("allauth.urls")),
    path("", include("hosters.urls")),
]
