"""The site of one hoster, by audience. `HosterMiddleware` mounts it at a domain, below /chez/<slug>/ or at /."""

from django.urls import include, path

handler500 = "hosters.errors.server_error"

urlpatterns = [
    path("", include("config.urls_storefront")),
    path("espace/", include("portal.urls")),
    path("gestion/", include("config.urls_staff")),
    path("compte/", include("allauth.urls")),
    path("", include("hosters.urls")),
    path("", include("config.urls_everywhere")),
]
