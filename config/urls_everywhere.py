"""Pages about the install itself, the same under every hoster."""

from django.urls import path

from hosters import install

app_name = "install"

urlpatterns = [
    path("chatiere/", install.home, name="home"),
    path("chatiere/gestion/", install.staff, name="staff"),
]
