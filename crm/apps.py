from django.apps import AppConfig


class CrmConfig(AppConfig):
    name = "crm"
    verbose_name = "relations"

    def ready(self) -> None:
        from crm import demonstration, people_met, retention, sources, story, tasks, team_words  # noqa: PLC0415 - models are not loaded before ready()
        from crm.campaigns import demonstration as campaigns_demonstration  # noqa: PLC0415 - idem
        from crm.letters import demonstration as writing_demonstration  # noqa: PLC0415 - idem
        from crm.letters import people, sending  # noqa: PLC0415 - idem
        from crm.models import ImportChunk  # noqa: PLC0415 - idem
        from crm.newsletter import mails as newsletter_mails  # noqa: PLC0415 - idem
        from crm.newsletter import people as subscribed_people  # noqa: PLC0415 - idem
        from crm.outreach import deadlines  # noqa: PLC0415 - idem
        from hosters import work  # noqa: PLC0415 - idem
        from hosters.demonstration import register_story  # noqa: PLC0415 - idem

        deadlines.register()
        newsletter_mails.register()
        subscribed_people.register()
        sending.register()
        people.register()
        sources.register()
        story.register()
        register_story(demonstration.relations)
        work.register(ImportChunk, tasks.import_chunk_task)
        retention.register_kept()
        people_met.register()
        writing_demonstration.register()
        campaigns_demonstration.register()
        team_words.register()
