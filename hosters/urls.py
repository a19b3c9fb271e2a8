from django.urls import path

from hosters import views

app_name = "hosters"

urlpatterns = [
    path("marque.css", views.brand_css, name="brand_css"),
    path("logo", views.logo, name="logo"),
    path("sante/", views.health, name="health"),
    path("sante/vivant/", views.alive, name="alive"),
    path("courriels/", views.mailbox, name="mailbox"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
