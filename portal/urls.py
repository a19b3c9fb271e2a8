from django.urls import path

from portal import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("lien/", views.ask, name="ask"),
    path("lien/<str:token>/", views.enter, name="enter"),
    path("fermer/", views.leave, name="leave"),
]
