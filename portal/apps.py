from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "espace association"

    def ready(self) -> None:
        from hosters.demonstration import register_story  # noqa: PLC0415 - idem
        from hosters.mail import register_composer  # noqa: PLC0415 - models are not loaded before ready()
        from portal.demonstration import association_with_a_space  # noqa: PLC0415 - idem
        from portal.links import send_space_links  # noqa: PLC0415 - idem

        register_composer("space_asked", send_space_links)
        register_story(association_with_a_space)
