"""One participation in its introduction and one that waits for signatures, both of `own`."""

from catalogue.actions import sub_processors
from catalogue.models import AgreementTemplate, OnboardingTemplateStep, ServicePage
from tests.catalogue.joining.story import Story
from tests.factories.members import World

MADE = {"open_for_new_members": True, "personal_data": "yes"}


def make_joinings(world: World) -> dict[str, str]:
    """Return the things by name: two records, a document, agreements, a step and an answer."""
    service = ServicePage.objects.get(title="Provtjänst")
    waiting = ServicePage(title="Väntande", short_description="Prov.", **MADE)
    service.get_parent().add_child(instance=waiting)
    ServicePage.objects.filter(pk=service.pk).update(**MADE)
    service.refresh_from_db()
    story = Story(world, service)
    row = story.onboarding()
    story.service = waiting
    sent = story.sent()
    change = sub_processors.announce_change(
        by=story.handler,
        service=service,
        text="Nytt underbiträde.",
        object_by=story.start.replace(year=story.start.year + 1),
        takes_effect_on=story.start.replace(year=story.start.year + 1),
    )
    template = AgreementTemplate.objects.get(kind="accession")
    return {
        "template": str(template.pk),
        "template_revision": str(template.save_revision().pk),
        "template_step": str(OnboardingTemplateStep.objects.first().pk),
        "slug_open": service.slug,
        "joined": str(row.pk),
        "paper": str(row.documents.first().pk),
        "signed": str(row.agreements.get(kind="accession").pk),
        "to_sign": str(sent.agreements.get(kind="accession").pk),
        "sent": str(sent.pk),
        "step": str(row.onboarding.first().pk),
        "change": str(change.pk),
        "answer": str(change.answers.get(participation=row).pk),
    }
